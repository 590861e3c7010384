package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.resources.IWorkspaceRoot;
import org.eclipse.jdt.core.Flags;
import org.eclipse.jdt.core.IAnnotatable;
import org.eclipse.jdt.core.IAnnotation;
import org.eclipse.jdt.core.IField;
import org.eclipse.jdt.core.IJavaProject;
import org.eclipse.jdt.core.IMemberValuePair;
import org.eclipse.jdt.core.IMethod;
import org.eclipse.jdt.core.IType;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.JavaModelException;
import org.eclipse.jdt.core.Signature;

/** Finds types by JDT that the index did not read: constants' holders and handlers, in sources or libraries. */
final class JdtTypes implements Sources.Outside {
	private final IWorkspaceRoot root;
	private final FactsReader reader;
	private final Map<String, Optional<Sources.Unit>> known = new HashMap<>();

	JdtTypes(IWorkspaceRoot root, FactsReader reader) {
		this.root = root;
		this.reader = reader;
	}

	@Override
	public Sources.Unit find(String project, String qualifiedName) {
		return known.computeIfAbsent(project + "|" + qualifiedName, x -> Optional.ofNullable(read(project, qualifiedName)))
				.orElse(null);
	}

	private Sources.Unit read(String project, String qualifiedName) {
		IJavaProject javaProject = JavaCore.create(root.getProject(project));
		try {
			IType type = javaProject.exists() ? javaProject.findType(qualifiedName) : null;
			if (type == null) {
				return null;
			}
			if (type.getCompilationUnit() != null) {
				Facts.File facts = reader.read(type.getCompilationUnit().getSource().toCharArray(), false);
				return new Sources.Unit(type.getJavaProject().getElementName(), type.getPath().toString(), false, facts);
			}
			return new Sources.Unit(project, type.getPath().toString(), false, binary(type, qualifiedName));
		} catch (JavaModelException e) {
			return null; // a broken class path: the constant stays unknown, as if the library were missing
		}
	}

	private static Facts.File binary(IType type, String name) throws JavaModelException {
		Map<String, Facts.Text> constants = new HashMap<>();
		for (IField field : type.getFields()) {
			if (field.getConstant() instanceof String text) {
				constants.put(field.getElementName(), Facts.Text.literal(text.replaceAll("^\"|\"$", "")));
			}
		}
		List<String> supertypes = new ArrayList<>();
		if (type.getSuperclassName() != null && !type.getSuperclassName().equals("java.lang.Object")) {
			supertypes.add(type.getSuperclassName());
		}
		supertypes.addAll(List.of(type.getSuperInterfaceNames()));
		Facts.Place nowhere = new Facts.Place(name, "", List.of(), 0, 0);
		Facts.Type facts = new Facts.Type(name, type.isInterface(), type.isAnnotation(), false, false, supertypes,
				marks(type), methods(type, name), constants, Map.of(), Facts.Bodies.NONE, nowhere);
		return new Facts.File(Facts.File.EMPTY.imports(), List.of(facts));
	}

	private static List<Facts.Method> methods(IType type, String name) throws JavaModelException {
		List<Facts.Method> methods = new ArrayList<>();
		for (IMethod each : type.getMethods()) {
			List<Facts.Mark> marks = marks(each);
			if (!marks.isEmpty()) {
				List<String> parameters = new ArrayList<>();
				for (String signature : each.getParameterTypes()) {
					parameters.add(Signature.toString(signature));
				}
				boolean hasBody = !Flags.isAbstract(each.getFlags());
				methods.add(new Facts.Method(each.getElementName(), parameters,
						Signature.toString(each.getReturnType()), hasBody, marks, List.of(),
						new Facts.Place(name, each.getElementName(), parameters, 0, 0)));
			}
		}
		return methods;
	}

	private static List<Facts.Mark> marks(IAnnotatable element) throws JavaModelException {
		List<Facts.Mark> marks = new ArrayList<>();
		for (IAnnotation each : element.getAnnotations()) {
			Map<String, List<Facts.Text>> values = new HashMap<>();
			for (IMemberValuePair pair : each.getMemberValuePairs()) {
				List<Facts.Text> texts = new ArrayList<>();
				for (Object value : pair.getValue() instanceof Object[] array ? array : new Object[] { pair.getValue() }) {
					texts.add(pair.getValueKind() == IMemberValuePair.K_QUALIFIED_NAME
							? new Facts.Text(List.of(new Facts.Part(Facts.Kind.REFERENCE, (String) value)))
							: Facts.Text.literal(String.valueOf(value)));
				}
				values.put(pair.getMemberName(), texts);
			}
			marks.add(new Facts.Mark(each.getElementName(), values));
		}
		return marks;
	}
}
