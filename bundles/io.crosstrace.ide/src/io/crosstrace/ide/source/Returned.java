package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.core.dom.ASTVisitor;
import org.eclipse.jdt.core.dom.AnonymousClassDeclaration;
import org.eclipse.jdt.core.dom.Assignment;
import org.eclipse.jdt.core.dom.CastExpression;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.ConditionalExpression;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.ParenthesizedExpression;
import org.eclipse.jdt.core.dom.ReturnStatement;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.TypeLiteral;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;

/** What a method hands out, by its return statements: asked where its declared type tells too little. */
final class Returned {
	private static final int MAX_DEPTH = 6;

	private Returned() {
	}

	/** Types it makes or names, as targets without a method; methods whose answer it passes on. */
	static List<Facts.Target> by(MethodDeclaration method) {
		Set<Facts.Target> found = new LinkedHashSet<>();
		if (method.getBody() != null) {
			method.getBody().accept(new ASTVisitor() {
				@Override
				public boolean visit(ReturnStatement statement) {
					if (statement.getExpression() != null) {
						add(method, statement.getExpression(), 0, found);
					}
					return false;
				}

				@Override
				public boolean visit(LambdaExpression inner) {
					return false;
				}

				@Override
				public boolean visit(AnonymousClassDeclaration inner) {
					return false;
				}
			});
		}
		return new ArrayList<>(found);
	}

	private static void add(MethodDeclaration method, Expression value, int depth, Set<Facts.Target> out) {
		if (depth > MAX_DEPTH) {
			return;
		}
		if (value instanceof ParenthesizedExpression inner) {
			add(method, inner.getExpression(), depth + 1, out);
		} else if (value instanceof CastExpression cast) {
			out.add(new Facts.Target(FactsReader.typeText(cast.getType()), ""));
			add(method, cast.getExpression(), depth + 1, out);
		} else if (value instanceof ConditionalExpression either) {
			add(method, either.getThenExpression(), depth + 1, out);
			add(method, either.getElseExpression(), depth + 1, out);
		} else if (value instanceof ClassInstanceCreation creation) {
			out.add(new Facts.Target(FactsReader.typeText(creation.getType()), ""));
		} else if (value instanceof TypeLiteral literal) {
			out.add(new Facts.Target(FactsReader.typeText(literal.getType()), ""));
		} else if (value instanceof SimpleName name) {
			out.add(new Facts.Target(Declarations.typeOf(name), ""));
			assigned(method, name.getIdentifier(), depth, out);
		} else if (value instanceof MethodInvocation call) {
			int before = out.size();
			for (Object each : call.arguments()) { // context.getResource(X.class), context.initResource(new X())
				if (each instanceof TypeLiteral || each instanceof ClassInstanceCreation) {
					add(method, (Expression) each, depth + 1, out);
				}
			}
			if (out.size() == before) {
				String on = call.getExpression() == null ? "" : Routes.declaredType(call.getExpression());
				out.add(new Facts.Target(on, call.getName().getIdentifier()));
			}
		}
	}

	private static void assigned(MethodDeclaration method, String variable, int depth, Set<Facts.Target> out) {
		method.getBody().accept(new ASTVisitor() {
			@Override
			public boolean visit(VariableDeclarationFragment fragment) {
				return assigned(fragment.getName(), fragment.getInitializer());
			}

			@Override
			public boolean visit(Assignment assignment) {
				return assigned(assignment.getLeftHandSide(), assignment.getRightHandSide());
			}

			private boolean assigned(Expression name, Expression value) {
				if (value != null && name instanceof SimpleName simple && simple.getIdentifier().equals(variable)) {
					add(method, value, depth + 1, out);
				}
				return true;
			}
		});
	}
}
