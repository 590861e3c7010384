package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.dom.AST;
import org.eclipse.jdt.core.dom.ASTParser;
import org.eclipse.jdt.core.dom.ASTVisitor;
import org.eclipse.jdt.core.dom.AbstractTypeDeclaration;
import org.eclipse.jdt.core.dom.Annotation;
import org.eclipse.jdt.core.dom.AnnotationTypeDeclaration;
import org.eclipse.jdt.core.dom.AnnotationTypeMemberDeclaration;
import org.eclipse.jdt.core.dom.ArrayInitializer;
import org.eclipse.jdt.core.dom.BodyDeclaration;
import org.eclipse.jdt.core.dom.CompilationUnit;
import org.eclipse.jdt.core.dom.EnumDeclaration;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldDeclaration;
import org.eclipse.jdt.core.dom.IExtendedModifier;
import org.eclipse.jdt.core.dom.ImportDeclaration;
import org.eclipse.jdt.core.dom.MemberValuePair;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.Modifier;
import org.eclipse.jdt.core.dom.NormalAnnotation;
import org.eclipse.jdt.core.dom.RecordDeclaration;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SingleMemberAnnotation;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.eclipse.jdt.core.dom.Type;
import org.eclipse.jdt.core.dom.TypeDeclaration;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;

/**
 * Reads {@link Facts} from source text with JDT's parser, without bindings: about a millisecond a file, and
 * right even when libraries are missing. Source that does not compile gives what could be read. Any thread.
 */
final class FactsReader {
	private final Map<String, String> options = new HashMap<>(JavaCore.getOptions());

	FactsReader() {
		JavaCore.setComplianceOptions(JavaCore.latestSupportedJavaVersion(), options);
		options.put(JavaCore.COMPILER_PB_ENABLE_PREVIEW_FEATURES, JavaCore.DISABLED);
	}

	/** @param bodies whether method bodies matter: routes and calls are written there */
	Facts.File read(char[] source, boolean bodies) {
		ASTParser parser = ASTParser.newParser(AST.getJLSLatest());
		parser.setKind(ASTParser.K_COMPILATION_UNIT);
		parser.setCompilerOptions(options);
		parser.setIgnoreMethodBodies(!bodies);
		parser.setSource(source);
		CompilationUnit unit = (CompilationUnit) parser.createAST(null);
		List<Facts.Type> types = new ArrayList<>();
		String packageName = unit.getPackage() == null ? "" : unit.getPackage().getName().getFullyQualifiedName();
		unit.accept(new ASTVisitor() {
			@Override
			public boolean visit(TypeDeclaration node) {
				types.add(type(packageName, node, bodies));
				return true;
			}

			@Override
			public boolean visit(RecordDeclaration node) {
				types.add(type(packageName, node, bodies));
				return true;
			}

			@Override
			public boolean visit(EnumDeclaration node) {
				types.add(type(packageName, node, bodies));
				return true;
			}

			@Override
			public boolean visit(AnnotationTypeDeclaration node) {
				types.add(type(packageName, node, bodies));
				return true;
			}
		});
		return new Facts.File(imports(packageName, unit), types);
	}

	private static Facts.Imports imports(String packageName, CompilationUnit unit) {
		Map<String, String> types = new HashMap<>();
		List<String> packages = new ArrayList<>();
		Map<String, String> members = new HashMap<>();
		List<String> memberTypes = new ArrayList<>();
		for (Object each : unit.imports()) {
			ImportDeclaration declaration = (ImportDeclaration) each;
			String name = declaration.getName().getFullyQualifiedName();
			int dot = name.lastIndexOf('.');
			if (declaration.isStatic() && declaration.isOnDemand()) {
				memberTypes.add(name);
			} else if (declaration.isStatic() && dot > 0) {
				members.put(name.substring(dot + 1), name.substring(0, dot));
			} else if (declaration.isOnDemand()) {
				packages.add(name);
			} else {
				types.put(name.substring(dot + 1), name);
			}
		}
		return new Facts.Imports(packageName, types, packages, members, memberTypes);
	}

	private static Facts.Type type(String packageName, AbstractTypeDeclaration node, boolean bodies) {
		String name = qualifiedName(packageName, node);
		List<String> supertypes = new ArrayList<>();
		boolean isInterface = false;
		boolean isAbstract = Modifier.isAbstract(node.getModifiers());
		if (node instanceof TypeDeclaration declaration) {
			isInterface = declaration.isInterface();
			if (declaration.getSuperclassType() != null) {
				supertypes.add(typeText(declaration.getSuperclassType()));
			}
			addTypes(declaration.superInterfaceTypes(), supertypes);
		} else if (node instanceof RecordDeclaration declaration) {
			addTypes(declaration.superInterfaceTypes(), supertypes);
		} else if (node instanceof EnumDeclaration declaration) {
			addTypes(declaration.superInterfaceTypes(), supertypes);
		}
		List<Facts.Method> methods = new ArrayList<>();
		Map<String, Facts.Text> constants = new HashMap<>();
		Map<String, String> aliases = new HashMap<>();
		boolean hasMain = false;
		BodyReader body = new BodyReader(name);
		for (Object each : node.bodyDeclarations()) {
			BodyDeclaration member = (BodyDeclaration) each;
			if (member instanceof MethodDeclaration method) {
				Facts.Method facts = method(name, isInterface, method);
				methods.add(facts);
				hasMain |= facts.name().equals("main") && Modifier.isStatic(method.getModifiers());
				if (method.isConstructor()) {
					constants(method, constants);
				}
				body.read(method, facts.place());
			} else if (member instanceof FieldDeclaration field) {
				constants(field, isInterface, constants);
				for (Object fragment : field.fragments()) {
					Expression value = ((VariableDeclarationFragment) fragment).getInitializer();
					if (value != null && !Texts.isString(value)) { // a constant is no call; its users are
						body.read(value, place(name, "", List.of(), node.getName()));
					}
				}
			} else if (member instanceof AnnotationTypeMemberDeclaration attribute) {
				alias(attribute, aliases);
			} else if (!(member instanceof AbstractTypeDeclaration)) {
				body.read(member, place(name, "", List.of(), node.getName()));
			}
		}
		return new Facts.Type(name, isInterface, node instanceof AnnotationTypeDeclaration, isAbstract, hasMain,
				supertypes, marks(node.modifiers()), methods, constants, aliases,
				new Facts.Bodies(body.routes, body.calls, body.prefixes, body.mounts), place(name, "", List.of(), node.getName()));
	}

	private static void addTypes(List<?> types, List<String> out) {
		for (Object each : types) {
			out.add(typeText((Type) each));
		}
	}

	private static Facts.Method method(String type, boolean inInterface, MethodDeclaration node) {
		List<String> parameters = new ArrayList<>();
		for (Object each : node.parameters()) {
			SingleVariableDeclaration parameter = (SingleVariableDeclaration) each;
			parameters.add(typeText(parameter.getType()) + (parameter.isVarargs() ? "[]" : "")
					+ "[]".repeat(parameter.getExtraDimensions()));
		}
		String name = node.getName().getIdentifier();
		boolean hasBody = !Modifier.isAbstract(node.getModifiers())
				&& (!inInterface || Modifier.isDefault(node.getModifiers()) || Modifier.isStatic(node.getModifiers()));
		String returnType = node.getReturnType2() == null ? "" : typeText(node.getReturnType2());
		List<Facts.Mark> marks = marks(node.modifiers());
		boolean locates = returnType.equals("Object") || returnType.startsWith("Class<")
				|| marks.stream().anyMatch(mark -> mark.name().endsWith("Path"));
		return new Facts.Method(name, List.copyOf(parameters), returnType, hasBody, marks,
				locates ? Returned.by(node) : List.of(), place(type, name, parameters, node.getName()));
	}

	private static void constants(FieldDeclaration field, boolean inInterface, Map<String, Facts.Text> out) {
		Facts.Text injected = injected(field.modifiers());
		for (Object each : field.fragments()) {
			VariableDeclarationFragment fragment = (VariableDeclarationFragment) each;
			if (injected != null) {
				out.put(fragment.getName().getIdentifier(), injected);
			} else if (fragment.getInitializer() != null && (inInterface || Modifier.isFinal(field.getModifiers()))) {
				out.put(fragment.getName().getIdentifier(), Texts.of(fragment.getInitializer()));
			}
		}
	}

	/** What a constructor is given from the settings: fields are mostly named as the parameters are. */
	private static void constants(MethodDeclaration constructor, Map<String, Facts.Text> out) {
		for (Object each : constructor.parameters()) {
			SingleVariableDeclaration parameter = (SingleVariableDeclaration) each;
			Facts.Text injected = injected(parameter.modifiers());
			if (injected != null) {
				out.putIfAbsent(parameter.getName().getIdentifier(), injected);
			}
		}
	}

	/** {@code @Value("${key}")}, {@code @ConfigProperty(name = "key")}: a value from the settings; null if none is. */
	private static Facts.Text injected(List<?> modifiers) {
		for (Facts.Mark mark : marks(modifiers)) {
			String name = mark.name().substring(mark.name().lastIndexOf('.') + 1);
			if (name.equals("Value") && !mark.texts("value").isEmpty()) {
				return mark.texts("value").get(0);
			}
			if ((name.equals("ConfigProperty") || name.equals("Property")) && !mark.texts("name").isEmpty()) {
				List<Facts.Part> parts = new ArrayList<>(List.of(new Facts.Part(Facts.Kind.LITERAL, "${")));
				parts.addAll(mark.texts("name").get(0).parts());
				if (!mark.texts("defaultValue").isEmpty()) {
					parts.add(new Facts.Part(Facts.Kind.LITERAL, ":"));
					parts.addAll(mark.texts("defaultValue").get(0).parts());
				}
				parts.add(new Facts.Part(Facts.Kind.LITERAL, "}"));
				return new Facts.Text(parts);
			}
		}
		return null;
	}

	/** {@code @AliasFor(annotation = RequestMapping.class, attribute = "path")} on an annotation's member. */
	private static void alias(AnnotationTypeMemberDeclaration member, Map<String, String> out) {
		String name = member.getName().getIdentifier();
		for (Facts.Mark mark : marks(member.modifiers())) {
			if (mark.name().endsWith("AliasFor")) {
				for (String key : List.of("attribute", "value")) {
					mark.texts(key).stream().flatMap(text -> text.parts().stream())
							.filter(part -> part.kind() == Facts.Kind.LITERAL)
							.forEach(part -> out.put(name, part.value()));
				}
				out.putIfAbsent(name, name);
			}
		}
	}

	private static List<Facts.Mark> marks(List<?> modifiers) {
		List<Facts.Mark> marks = new ArrayList<>();
		for (Object each : modifiers) {
			if (((IExtendedModifier) each).isAnnotation()) {
				marks.add(mark((Annotation) each));
			}
		}
		return marks;
	}

	private static Facts.Mark mark(Annotation node) {
		Map<String, List<Facts.Text>> values = new HashMap<>();
		members("", node, values);
		return new Facts.Mark(node.getTypeName().getFullyQualifiedName(), values);
	}

	private static void members(String prefix, Annotation node, Map<String, List<Facts.Text>> out) {
		if (node instanceof SingleMemberAnnotation single) {
			member(prefix + "value", single.getValue(), out);
		} else if (node instanceof NormalAnnotation normal) {
			for (Object each : normal.values()) {
				MemberValuePair pair = (MemberValuePair) each;
				member(prefix + pair.getName().getIdentifier(), pair.getValue(), out);
			}
		}
	}

	private static void member(String name, Expression value, Map<String, List<Facts.Text>> out) {
		if (value instanceof ArrayInitializer array) {
			array.expressions().forEach(each -> member(name, (Expression) each, out));
		} else if (value instanceof Annotation inner) {
			members(name + ".", inner, out);
		} else {
			out.computeIfAbsent(name, x -> new ArrayList<>()).add(Texts.of(value));
		}
	}

	static Facts.Place place(String type, String method, List<String> parameters, SimpleName name) {
		return new Facts.Place(type, method, List.copyOf(parameters), name.getStartPosition(), name.getLength());
	}

	/** A type as written, without annotations. */
	static String typeText(Type type) {
		return type.toString().replaceAll("@[\\w.]+(\\([^)]*\\))?\\s*", "");
	}

	private static String qualifiedName(String packageName, AbstractTypeDeclaration node) {
		String name = node.getName().getIdentifier();
		for (var up = node.getParent(); up != null; up = up.getParent()) {
			if (up instanceof AbstractTypeDeclaration outer) {
				name = outer.getName().getIdentifier() + "." + name;
			}
		}
		return packageName.isEmpty() ? name : packageName + "." + name;
	}
}
