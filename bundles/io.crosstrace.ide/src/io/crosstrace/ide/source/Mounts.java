package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ASTVisitor;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.CreationReference;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.ExpressionMethodReference;
import org.eclipse.jdt.core.dom.ExpressionStatement;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodDeclaration;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.VariableDeclarationFragment;

/**
 * Calls that put the routes of another method or class below a path: {@code register("/x", new Greetings())}
 * (Helidon), {@code path("/x", this::routes)} and {@code nest(path("/x"), routes())} (Javalin, Spring),
 * {@code mountSubRouter("/x", sub)} and {@code route("/x/*").subRouter(sub)} (Vert.x).
 */
final class Mounts {
	private static final int MAX_DEPTH = 5;

	private Mounts() {
	}

	/** None if the call, which may have no arguments, mounts nothing. */
	static List<Facts.Mount> of(MethodInvocation call, Facts.Place place) {
		String name = call.getName().getIdentifier();
		List<?> arguments = call.arguments();
		List<Facts.Mount> out = new ArrayList<>();
		if (name.equals("register") && arguments.size() > 1 && Texts.isString((Expression) arguments.get(0))) {
			for (Object each : arguments.subList(1, arguments.size())) {
				add(call, (Expression) arguments.get(0), type((Expression) each), place, out);
			}
		} else if (name.equals("mountSubRouter") && arguments.size() == 2) {
			add(call, (Expression) arguments.get(0), maker((Expression) arguments.get(1)), place, out);
		} else if (name.equals("subRouter") && arguments.size() == 1
				&& call.getExpression() instanceof MethodInvocation route && !route.arguments().isEmpty()) {
			add(call, (Expression) route.arguments().get(0), maker((Expression) arguments.get(0)), place, out);
		} else if (Routes.NESTS.contains(name) && arguments.size() > 1) {
			Expression last = (Expression) arguments.get(arguments.size() - 1);
			Expression prefix = Routes.prefix((Expression) arguments.get(0));
			if (prefix != null) {
				add(call, prefix, last instanceof ExpressionMethodReference ? Routes.target(last) : maker(last), place, out);
			}
		} else if (call.getParent() instanceof ExpressionStatement
				&& (call.getExpression() == null || call.getExpression() instanceof Name)) {
			add(call, null, maker(call), place, out); // path("/x", () -> { userRoutes(); })
		}
		return out;
	}

	private static void add(MethodInvocation call, Expression prefix, Facts.Target target, Facts.Place place,
			List<Facts.Mount> out) {
		List<Facts.Text> path = new ArrayList<>();
		if (prefix != null) {
			path.add(Texts.of(prefix));
		}
		Routes.nesting(call, path, new ArrayList<>());
		subRouters(call, path);
		if (target != null && !path.isEmpty()) {
			out.add(new Facts.Mount(path, target, place));
		}
	}

	/** The class of {@code new X()}, {@code X::new}, {@code () -> new X()} or a variable. */
	private static Facts.Target type(Expression service) {
		Expression made = service instanceof LambdaExpression lambda && lambda.getBody() instanceof Expression body ? body
				: service;
		String type = made instanceof CreationReference reference ? FactsReader.typeText(reference.getType())
				: made instanceof ClassInstanceCreation creation ? FactsReader.typeText(creation.getType())
				: made instanceof Name ? Routes.declaredType(made) : "";
		return type.isEmpty() ? null : new Facts.Target(type, "");
	}

	/** The method that makes a router: {@code routes()}, {@code new Users(db).router()}, or a variable set so. */
	private static Facts.Target maker(Expression router) {
		Expression made = router instanceof SimpleName name ? initializer(name) : router;
		if (!(made instanceof MethodInvocation call)) {
			return null;
		}
		Expression on = call.getExpression();
		return new Facts.Target(on == null ? "" : Routes.declaredType(on), call.getName().getIdentifier());
	}

	private static Expression initializer(SimpleName variable) {
		Expression[] found = { null };
		MethodDeclaration method = method(variable);
		if (method != null) {
			method.accept(new ASTVisitor() {
				@Override
				public boolean visit(VariableDeclarationFragment fragment) {
					if (fragment.getName().getIdentifier().equals(variable.getIdentifier())) {
						found[0] = fragment.getInitializer();
					}
					return true;
				}
			});
		}
		return found[0];
	}

	/** Puts before the path of a call on a router's variable what that router is mounted at in the same method. */
	static void subRouters(MethodInvocation call, List<Facts.Text> path) {
		String router = receiver(call);
		MethodDeclaration method = method(call);
		for (int depth = 0; !router.isEmpty() && method != null && depth < MAX_DEPTH; depth++) {
			String[] outer = { "" };
			String wanted = router;
			method.accept(new ASTVisitor() {
				@Override
				public boolean visit(MethodInvocation each) {
					Expression at = mountedAt(each, wanted);
					if (at != null && outer[0].isEmpty()) {
						path.add(0, Texts.of(at));
						outer[0] = receiver(each);
					}
					return true;
				}
			});
			router = outer[0].equals(router) ? "" : outer[0];
		}
	}

	private static Expression mountedAt(MethodInvocation call, String router) {
		String name = call.getName().getIdentifier();
		int count = call.arguments().size();
		boolean names = count > 0 && call.arguments().get(count - 1) instanceof SimpleName last
				&& last.getIdentifier().equals(router);
		if (names && name.equals("mountSubRouter") && count == 2) {
			return (Expression) call.arguments().get(0);
		}
		return names && name.equals("subRouter") && call.getExpression() instanceof MethodInvocation route
				&& !route.arguments().isEmpty() ? (Expression) route.arguments().get(0) : null;
	}

	/** The variable that a chain of calls begins with; empty if it begins with none. */
	private static String receiver(MethodInvocation call) {
		Expression at = call;
		while (at instanceof MethodInvocation inner) {
			at = inner.getExpression();
		}
		return at instanceof SimpleName name ? name.getIdentifier() : "";
	}

	private static MethodDeclaration method(ASTNode node) {
		ASTNode up = node;
		while (up != null && !(up instanceof MethodDeclaration)) {
			up = up.getParent();
		}
		return (MethodDeclaration) up;
	}
}
