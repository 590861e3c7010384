package io.crosstrace.ide.source;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ASTVisitor;
import org.eclipse.jdt.core.dom.AbstractTypeDeclaration;
import org.eclipse.jdt.core.dom.Annotation;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.FieldDeclaration;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.RecordDeclaration;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SingleMemberAnnotation;
import org.eclipse.jdt.core.dom.SingleVariableDeclaration;
import org.eclipse.jdt.core.dom.Type;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;
import org.eclipse.jdt.core.dom.VariableDeclarationStatement;

/** What a simple name was declared as in its file: bindings would need the libraries. */
final class Declarations {
	private Declarations() {
	}

	/** The declared type as written; the name itself if it looks like a type's; empty if not found. */
	static String typeOf(SimpleName name) {
		for (ASTNode up = name.getParent(); up != null; up = up.getParent()) {
			String type = "";
			if (up instanceof MethodDeclaration method) {
				type = inParameters(method.parameters(), name);
				type = type.isEmpty() ? inLocals(method, name) : type;
			} else if (up instanceof AbstractTypeDeclaration declaration) {
				type = inFields(declaration, name);
				if (type.isEmpty() && declaration instanceof RecordDeclaration record) {
					type = inParameters(record.recordComponents(), name);
				}
			}
			if (!type.isEmpty()) {
				return type;
			}
		}
		return Character.isUpperCase(name.getIdentifier().charAt(0)) ? name.getIdentifier() : "";
	}

	private static String inParameters(List<?> parameters, SimpleName name) {
		for (Object each : parameters) {
			SingleVariableDeclaration parameter = (SingleVariableDeclaration) each;
			if (same(parameter.getName(), name)) {
				return FactsReader.typeText(parameter.getType());
			}
		}
		return "";
	}

	private static String inLocals(MethodDeclaration method, SimpleName name) {
		String[] found = { "" };
		method.accept(new ASTVisitor() {
			@Override
			public boolean visit(VariableDeclarationStatement statement) {
				String type = inFragments(statement.fragments(), statement.getType(), name);
				found[0] = type.isEmpty() ? found[0] : type;
				return true;
			}
		});
		return found[0];
	}

	private static String inFields(AbstractTypeDeclaration declaration, SimpleName name) {
		for (Object each : declaration.bodyDeclarations()) {
			if (each instanceof FieldDeclaration field) {
				String type = inFragments(field.fragments(), field.getType(), name);
				if (!type.isEmpty()) {
					return type;
				}
			}
		}
		return "";
	}

	private static String inFragments(List<?> fragments, Type type, SimpleName name) {
		for (Object each : fragments) {
			VariableDeclarationFragment fragment = (VariableDeclarationFragment) each;
			if (same(fragment.getName(), name)) {
				return type.toString().equals("var") ? inferred(fragment.getInitializer()) : FactsReader.typeText(type);
			}
		}
		return "";
	}

	/** What {@code var} stands for, where the initializer says it. */
	private static String inferred(Expression initializer) {
		if (initializer instanceof ClassInstanceCreation creation) {
			return FactsReader.typeText(creation.getType());
		}
		// GreeterGrpc.newBlockingStub(channel) makes a GreeterGrpc.GreeterBlockingStub
		if (initializer instanceof MethodInvocation call && call.getExpression() instanceof Name maker
				&& maker.getFullyQualifiedName().endsWith("Grpc")
				&& call.getName().getIdentifier().startsWith("new")) {
			String simple = maker.getFullyQualifiedName().substring(maker.getFullyQualifiedName().lastIndexOf('.') + 1);
			return maker.getFullyQualifiedName() + "." + simple.substring(0, simple.length() - 4)
					+ call.getName().getIdentifier().substring(3);
		}
		return "var";
	}

	/** Simple names of the annotations on the field that a name stands for; empty if it is no field of this file. */
	static Set<String> fieldMarks(SimpleName name) {
		Set<String> marks = new HashSet<>();
		for (ASTNode up = name.getParent(); up != null; up = up.getParent()) {
			if (up instanceof AbstractTypeDeclaration declaration) {
				for (Object each : declaration.bodyDeclarations()) {
					if (each instanceof FieldDeclaration field
							&& !inFragments(field.fragments(), field.getType(), name).isEmpty()) {
						for (Object modifier : field.modifiers()) {
							if (modifier instanceof Annotation mark) {
								String written = mark.getTypeName().getFullyQualifiedName();
								marks.add(written.substring(written.lastIndexOf('.') + 1));
							}
						}
					}
				}
			}
		}
		return marks;
	}

	/** The value of an annotation on the field or parameter that a name stands for, or null. */
	static Facts.Text mark(SimpleName name, String annotation) {
		Facts.Text[] found = { null };
		name.getRoot().accept(new ASTVisitor() {
			@Override
			public boolean visit(SingleMemberAnnotation mark) {
				boolean wanted = mark.getTypeName().getFullyQualifiedName().endsWith(annotation);
				ASTNode marked = mark.getParent();
				if (wanted && (marked instanceof FieldDeclaration field
						&& !inFragments(field.fragments(), field.getType(), name).isEmpty()
						|| marked instanceof SingleVariableDeclaration parameter && same(parameter.getName(), name))) {
					found[0] = Texts.of(mark.getValue());
				}
				return false;
			}
		});
		return found[0];
	}

	private static boolean same(SimpleName a, SimpleName b) {
		return a.getIdentifier().equals(b.getIdentifier());
	}
}
