package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.ExpressionMethodReference;
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.MethodReference;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.QualifiedName;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.StringLiteral;
import org.eclipse.jdt.core.dom.ThisExpression;
import org.eclipse.jdt.core.dom.TypeLiteral;

/**
 * Routes written as calls. Understood are, by shape: {@code GET("/x", handler)} with its nestings (Spring's
 * functional routers, Javalin, Helidon, Spark), {@code router.get("/x").handler(h)} (Vert.x),
 * {@code createContext} (the JDK's server), {@code addServlet}, and {@code route("id", r -> r.path("/x").uri(..))}
 * (Spring Cloud Gateway).
 */
final class Routes {
	static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE");
	private static final Set<String> NESTS = Set.of("path", "nest", "andNest");
	private static final Set<String> LATER_HANDLERS = Set.of("handler", "blockingHandler", "respond", "coHandler");

	private Routes() {
	}

	/**
	 * A call that declares routes.
	 *
	 * @param paths one for each route, in pieces, outermost first
	 * @param used expressions that are no URIs of calls
	 * @param handler null if the route leads to where it is written
	 */
	record Found(String framework, PathPattern.Style style, String verb, List<List<Facts.Text>> paths,
			List<Expression> used, Expression handler, Expression at) {
	}

	/** Null if the call, which has arguments, is no route. */
	static Found of(MethodInvocation call) {
		String name = call.getName().getIdentifier();
		List<?> arguments = call.arguments();
		Expression first = (Expression) arguments.get(0);
		Expression last = (Expression) arguments.get(arguments.size() - 1);
		if (name.equals("createContext") && isPath(first)) {
			return new Found("HttpServer", PathPattern.Style.PREFIX, "", List.of(List.of(Texts.of(first))),
					List.of(first), arguments.size() > 1 ? last : null, call.getName());
		}
		if (name.equals("addServlet") && arguments.size() == 2 && Texts.isString(last)) {
			return new Found("Servlet", PathPattern.Style.SERVLET, "", List.of(List.of(Texts.of(last))), List.of(last),
					first, call.getName());
		}
		if (name.equals("route") && last instanceof LambdaExpression lambda) {
			return gateway(call, lambda);
		}
		String verb = name.toUpperCase(Locale.ROOT);
		if (!VERBS.contains(verb) || !isPath(first)) {
			return null;
		}
		Expression handler = handler(call);
		if (handler == null) {
			return null;
		}
		List<Expression> used = new ArrayList<>(List.of(first));
		List<Facts.Text> path = new ArrayList<>(List.of(Texts.of(first)));
		nesting(call, path, used);
		return new Found(Mapping.Family.ROUTER.label, PathPattern.Style.SPRING, verb, List.of(path), used, handler,
				call.getName());
	}

	private static void nesting(MethodInvocation call, List<Facts.Text> path, List<Expression> used) {
		ASTNode below = call;
		for (ASTNode up = call.getParent(); up != null; below = up, up = up.getParent()) {
			if (up instanceof MethodInvocation outer && NESTS.contains(outer.getName().getIdentifier())
					&& outer.arguments().size() > 1 && outer.arguments().indexOf(below) > 0) {
				Expression prefix = prefix((Expression) outer.arguments().get(0));
				if (prefix != null) {
					used.add(prefix);
					path.add(0, Texts.of(prefix));
				}
			}
		}
	}

	/** The path of {@code "/x"}, {@code path("/x")} and {@code path("/x").and(..)}; null if there is none. */
	private static Expression prefix(Expression predicate) {
		Expression at = predicate;
		while (at instanceof MethodInvocation call && !Texts.isString(call)) {
			if (call.getName().getIdentifier().equals("path") && !call.arguments().isEmpty()) {
				return (Expression) call.arguments().get(0);
			}
			at = call.getExpression();
		}
		return at == null || at instanceof MethodInvocation && !Texts.isString(at) ? null : at;
	}

	/** {@code r -> r.path("/a/**", "/b").and().method(GET).filters(..).uri("lb://a")}. */
	private static Found gateway(MethodInvocation route, LambdaExpression lambda) {
		boolean forwards = false;
		String verb = "";
		List<List<Facts.Text>> paths = new ArrayList<>();
		List<Expression> used = new ArrayList<>();
		for (ASTNode at = lambda.getBody(); at instanceof MethodInvocation call; at = call.getExpression()) {
			String name = call.getName().getIdentifier();
			forwards |= name.equals("uri");
			for (Object each : call.arguments()) {
				if (name.equals("path") && isPath((Expression) each)) {
					used.add((Expression) each);
					paths.add(List.of(Texts.of((Expression) each)));
				} else if (name.equals("method") && each instanceof QualifiedName method) {
					verb = method.getName().getIdentifier();
				}
			}
		}
		return forwards && !paths.isEmpty()
				? new Found(ProjectRoutes.GATEWAY, PathPattern.Style.SPRING, verb, paths, used, null, route.getName())
				: null;
	}

	/** The handler of {@code GET("/x", h)}, or of the {@code route(GET("/x"), h)} around it, or null. */
	private static Expression handler(MethodInvocation call) {
		Expression last = (Expression) call.arguments().get(call.arguments().size() - 1);
		if (call.arguments().size() > 1) {
			return last instanceof LambdaExpression || last instanceof MethodReference
					|| Character.isUpperCase(call.getName().getIdentifier().charAt(0)) ? last : null;
		}
		ASTNode below = call;
		for (ASTNode up = call.getParent(); up instanceof MethodInvocation outer; below = up, up = up.getParent()) {
			String name = outer.getName().getIdentifier();
			if (name.equals("route") || name.equals("andRoute")) {
				return outer.arguments().size() > 1 && outer.arguments().get(0) == below
						? (Expression) outer.arguments().get(1) : null;
			}
			if (LATER_HANDLERS.contains(name) && outer.getExpression() == below && !outer.arguments().isEmpty()) {
				Expression handler = (Expression) outer.arguments().get(0);
				if (handler instanceof LambdaExpression || handler instanceof MethodReference) {
					return handler;
				}
			}
		}
		return null;
	}

	/** Where a handler leads, or null if to the place where it is written. */
	static Facts.Target target(Expression handler) {
		if (handler instanceof LambdaExpression lambda && lambda.getBody() instanceof MethodInvocation call
				&& call.getExpression() instanceof SimpleName) {
			return new Facts.Target(declaredType(call.getExpression()), call.getName().getIdentifier());
		}
		if (handler instanceof ExpressionMethodReference reference) {
			return new Facts.Target(declaredType(reference.getExpression()), reference.getName().getIdentifier());
		}
		if (handler instanceof ClassInstanceCreation || handler instanceof TypeLiteral) {
			return servlet(handler);
		}
		return handler instanceof Name && !declaredType(handler).isEmpty()
				? new Facts.Target(declaredType(handler), "handle") : null;
	}

	/** The methods of {@code new X()}, {@code X.class} or a variable, without a name: all that serve. */
	static Facts.Target servlet(Expression servlet) {
		if (servlet instanceof TypeLiteral literal) {
			return new Facts.Target(FactsReader.typeText(literal.getType()), "");
		}
		if (servlet instanceof ClassInstanceCreation creation) {
			if (creation.getAnonymousClassDeclaration() != null) {
				return null;
			}
			String type = FactsReader.typeText(creation.getType());
			return type.endsWith("ServletHolder") && !creation.arguments().isEmpty()
					? servlet((Expression) creation.arguments().get(0)) : new Facts.Target(type, "handle");
		}
		String type = servlet instanceof Name ? declaredType(servlet) : "";
		return type.isEmpty() ? null : new Facts.Target(type, "");
	}

	/** The type a variable is declared with, as written; empty for {@code this} or if not found in this file. */
	static String declaredType(Expression expression) {
		Expression bare = expression instanceof FieldAccess field ? field.getName() : expression;
		if (bare instanceof ThisExpression) {
			return "";
		}
		if (bare instanceof ClassInstanceCreation creation) {
			return FactsReader.typeText(creation.getType());
		}
		if (!(bare instanceof SimpleName name)) {
			return bare instanceof QualifiedName qualified ? qualified.getFullyQualifiedName() : "";
		}
		return Declarations.typeOf(name);
	}

	private static boolean isPath(Expression expression) {
		if (expression instanceof StringLiteral literal) {
			return literal.getLiteralValue().isEmpty() || literal.getLiteralValue().startsWith("/");
		}
		return Texts.isString(expression) || expression instanceof Name;
	}
}
