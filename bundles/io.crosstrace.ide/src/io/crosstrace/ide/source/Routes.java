package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ASTVisitor;
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
 * Routes written as calls. Understood are, by shape: {@code GET("/x", handler)} with its nestings and
 * {@code route(path("/x"), handler)} (Spring's functional routers, Javalin, Helidon, Spark),
 * {@code router.get("/x").handler(h)} and {@code router.route(GET, "/x").handler(h)} (Vert.x), {@code crud},
 * {@code createContext} (the JDK's server), {@code addServlet}, and {@code route("id", r -> r.path("/x").uri(..))}
 * (Spring Cloud Gateway). What is put in front from elsewhere is {@link Mounts}' business.
 */
final class Routes {
	static final Set<String> VERBS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE");
	static final Set<String> NESTS = Set.of("path", "nest", "andNest", "prefix");
	/** In place of a framework's name: the path is an operation's id in the project's OpenAPI document. */
	static final String OPERATION = "OpenAPI";
	private static final Set<String> LATER_HANDLERS = Set.of("handler", "blockingHandler", "respond", "coHandler");

	private Routes() {
	}

	/**
	 * A call that declares routes.
	 *
	 * @param paths one for each route, in pieces, outermost first
	 * @param used expressions that are no URIs of calls
	 * @param target null if the route leads to where it is written
	 */
	record Found(String framework, PathPattern.Style style, String verb, List<List<Facts.Text>> paths,
			List<Expression> used, Facts.Target target, Expression at) {
	}

	/** None if the call, which has arguments, is no route. */
	static List<Found> of(MethodInvocation call) {
		if (call.getName().getIdentifier().equals("crud") && call.arguments().size() > 1) {
			return crud(call);
		}
		Found found = one(call);
		return found == null ? List.of() : List.of(found);
	}

	private static Found one(MethodInvocation call) {
		String name = call.getName().getIdentifier();
		List<?> arguments = call.arguments();
		Expression first = (Expression) arguments.get(0);
		Expression last = (Expression) arguments.get(arguments.size() - 1);
		if (name.equals("createContext") && isPath(first)) {
			return new Found("HttpServer", PathPattern.Style.PREFIX, "", List.of(List.of(Texts.of(first))),
					List.of(first), arguments.size() > 1 ? target(last) : null, call.getName());
		}
		if (name.equals("addServlet") && arguments.size() == 2 && Texts.isString(last)) {
			return new Found("Servlet", PathPattern.Style.SERVLET, "", List.of(List.of(Texts.of(last))), List.of(last),
					target(first), call.getName());
		}
		if (name.equals("addHandler") && arguments.size() == 2 && isPath(last) && Texts.isString(last)) {
			return found(call, "GET", last, first); // a web socket
		}
		if (name.equals("addEndpoint") && Texts.isString(first) && isPath(first)) {
			return found(call, "GET", first, null);
		}
		if (name.equals("addExactPath") && arguments.size() == 2 && isPath(first)) {
			return found(call, "", first, last);
		}
		if (name.equals("operation") || name.equals("addHandlerByOperationId")) {
			Expression handler = arguments.size() > 1 ? last : laterHandler(call);
			return handler == null || !Texts.isString(first) ? null : new Found(OPERATION, PathPattern.Style.SPRING, "",
					List.of(List.of(Texts.of(first))), List.of(first), target(handler), call.getName());
		}
		if (name.equals("route") && last instanceof LambdaExpression lambda && gateway(call, lambda) != null) {
			return gateway(call, lambda);
		}
		if ((name.equals("route") || name.equals("andRoute")) && arguments.size() == 2
				&& first instanceof MethodInvocation predicate) {
			return predicated(call, predicate, last);
		}
		if (name.equals("any") && arguments.size() > 1 && isPath(first)) {
			return last instanceof LambdaExpression || last instanceof MethodReference ? found(call, "", first, last) : null;
		}
		String verb = name.toUpperCase(Locale.ROOT);
		if (!VERBS.contains(verb)) {
			return anyVerb(call, name, arguments, first, last);
		}
		boolean nested = nested(call);
		if (nested && arguments.size() == 1 && (first instanceof LambdaExpression || first instanceof MethodReference)) {
			return found(call, verb, null, first); // path("/x", () -> get(handler))
		}
		if (!isPath(first) && !(nested && Texts.isString(first))) {
			return null;
		}
		Expression handler = handler(call);
		return handler == null ? null : found(call, verb, first, handler);
	}

	/** {@code route(GET, "/x").handler(h)}, {@code route("/x").method(GET).handler(h)}, {@code route(GET, "/x", h)}. */
	private static Found anyVerb(MethodInvocation call, String name, List<?> arguments, Expression first, Expression last) {
		String named = first instanceof Name verb ? lastWord(verb) : "";
		if (VERBS.contains(named) && arguments.size() > 1 && isText((Expression) arguments.get(1))) {
			Expression handler = arguments.size() > 2 ? last : name.equals("route") ? laterHandler(call) : null;
			boolean leads = handler instanceof LambdaExpression || handler instanceof MethodReference
					|| handler instanceof ClassInstanceCreation || handler instanceof Name && arguments.size() == 2;
			return leads ? found(call, named, (Expression) arguments.get(1), handler) : null;
		}
		if (!name.equals("route") || arguments.size() != 1 || !isText(first)) {
			return null;
		}
		String verb = "";
		for (ASTNode at = call.getParent(); at instanceof MethodInvocation outer; at = outer.getParent()) {
			if (outer.getName().getIdentifier().equals("method") && outer.arguments().size() == 1
					&& outer.arguments().get(0) instanceof Name method) {
				verb = lastWord(method);
			}
		}
		Expression handler = laterHandler(call);
		boolean filter = verb.isEmpty() && first instanceof StringLiteral text && text.getLiteralValue().endsWith("*");
		return handler == null || filter ? null : found(call, verb, first, handler);
	}

	/** {@code route(path("/x").and(method(GET)), handler)}; {@code route(GET("/x"), handler)} is the inner call's. */
	private static Found predicated(MethodInvocation call, MethodInvocation predicate, Expression handler) {
		Expression[] path = { null };
		String[] verb = { "" };
		boolean[] own = { false };
		predicate.accept(new ASTVisitor() {
			@Override
			public boolean visit(MethodInvocation part) {
				String name = part.getName().getIdentifier();
				Expression first = part.arguments().isEmpty() ? null : (Expression) part.arguments().get(0);
				own[0] |= VERBS.contains(name) && first != null && isPath(first);
				path[0] = name.equals("path") && path[0] == null && first != null && isPath(first) ? first : path[0];
				verb[0] = name.equals("method") && first instanceof Name method ? lastWord(method) : verb[0];
				return true;
			}
		});
		return own[0] || path[0] == null ? null : found(call, verb[0], path[0], handler);
	}

	/** {@code crud("/users/{id}", new Users())}: a collection and its items. */
	private static List<Found> crud(MethodInvocation call) {
		Expression path = (Expression) call.arguments().get(0);
		Expression handler = (Expression) call.arguments().get(call.arguments().size() - 1);
		String whole = path instanceof StringLiteral literal ? literal.getLiteralValue() : "";
		int item = whole.lastIndexOf('/');
		Facts.Target target = target(handler);
		if (item < 0 || target == null) {
			return List.of();
		}
		List<Found> all = new ArrayList<>();
		for (String[] each : new String[][] { { "GET", whole.substring(0, item), "getAll" }, { "GET", whole, "getOne" },
				{ "POST", whole.substring(0, item), "create" }, { "PATCH", whole, "update" },
				{ "DELETE", whole, "delete" } }) {
			Found found = found(call, each[0], path, handler);
			List<Facts.Text> pieces = new ArrayList<>(found.paths().get(0));
			pieces.set(pieces.size() - 1, Facts.Text.literal(each[1]));
			all.add(new Found(found.framework(), found.style(), found.verb(), List.of(pieces), found.used(),
					new Facts.Target(target.type(), each[2]), found.at()));
		}
		return all;
	}

	private static Found found(MethodInvocation call, String verb, Expression own, Expression handler) {
		List<Expression> used = new ArrayList<>();
		List<Facts.Text> path = new ArrayList<>();
		if (own != null) {
			used.add(own);
			path.add(Texts.of(own));
		}
		nesting(call, path, used);
		Mounts.subRouters(call, path);
		return new Found(Mapping.Family.ROUTER.label, PathPattern.Style.SPRING, verb, List.of(path), used, target(handler),
				call.getName());
	}

	private static String lastWord(Name name) {
		String whole = name.getFullyQualifiedName();
		return whole.substring(whole.lastIndexOf('.') + 1);
	}

	/** Whether a call stands inside of {@code path("/x", () -> ..)}. */
	private static boolean nested(MethodInvocation call) {
		List<Facts.Text> around = new ArrayList<>();
		nesting(call, around, new ArrayList<>());
		return !around.isEmpty();
	}

	static void nesting(MethodInvocation call, List<Facts.Text> path, List<Expression> used) {
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
	static Expression prefix(Expression predicate) {
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
		if (call.arguments().size() > 1) {
			for (Object each : call.arguments().subList(1, call.arguments().size())) {
				if (each instanceof LambdaExpression || each instanceof MethodReference) {
					return (Expression) each; // what comes after it documents the route, or renders its result
				}
			}
			if (Character.isUpperCase(call.getName().getIdentifier().charAt(0))) {
				return (Expression) call.arguments().get(call.arguments().size() - 1);
			}
			// get("/x", Users.LIST), get("/x", Users.LIST, new Template()): a handler kept as a constant
			boolean plain = call.getExpression() == null
					|| call.getExpression() instanceof SimpleName type && Character.isUpperCase(type.getIdentifier().charAt(0));
			return plain && call.arguments().get(1) instanceof QualifiedName constant ? constant : null;
		}
		ASTNode below = call;
		for (ASTNode up = call.getParent(); up instanceof MethodInvocation outer; below = up, up = up.getParent()) {
			String name = outer.getName().getIdentifier();
			if (name.equals("route") || name.equals("andRoute")) {
				return outer.arguments().size() > 1 && outer.arguments().get(0) == below
						? (Expression) outer.arguments().get(1) : null;
			}
		}
		return laterHandler(call);
	}

	/** The last of {@code router.get("/x").handler(first).handler(second)}: those before it let requests through. */
	private static Expression laterHandler(MethodInvocation call) {
		Expression last = null;
		ASTNode below = call;
		for (ASTNode up = call.getParent(); up instanceof MethodInvocation outer && outer.getExpression() == below;
				below = up, up = up.getParent()) {
			if (LATER_HANDLERS.contains(outer.getName().getIdentifier()) && !outer.arguments().isEmpty()) {
				Expression handler = (Expression) outer.arguments().get(0);
				boolean leads = handler instanceof LambdaExpression || handler instanceof MethodReference;
				boolean mayLead = handler instanceof ClassInstanceCreation || handler instanceof Name;
				last = leads || mayLead && (last == null || !(last instanceof LambdaExpression)
						&& !(last instanceof MethodReference)) ? handler : last;
			}
		}
		return last;
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

	private static boolean isText(Expression expression) {
		return Texts.isString(expression) || expression instanceof Name;
	}

	private static boolean isPath(Expression expression) {
		if (expression instanceof StringLiteral literal) {
			return literal.getLiteralValue().isEmpty() || literal.getLiteralValue().startsWith("/");
		}
		return Texts.isString(expression) || expression instanceof Name;
	}
}
