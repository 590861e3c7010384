package io.crosstrace.ide.source;

import java.util.List;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ASTVisitor;
import org.eclipse.jdt.core.dom.AbstractTypeDeclaration;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.FieldDeclaration;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.RecordDeclaration;
import org.eclipse.jdt.core.dom.SimpleName;
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
				boolean inferred = type.toString().equals("var")
						&& fragment.getInitializer() instanceof ClassInstanceCreation;
				return FactsReader.typeText(inferred
						? ((ClassInstanceCreation) fragment.getInitializer()).getType() : type);
			}
		}
		return "";
	}

	private static boolean same(SimpleName a, SimpleName b) {
		return a.getIdentifier().equals(b.getIdentifier());
	}
}
