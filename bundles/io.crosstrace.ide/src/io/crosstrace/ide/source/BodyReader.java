package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.eclipse.jdt.core.dom.ASTNode;
import org.eclipse.jdt.core.dom.ASTVisitor;
import org.eclipse.jdt.core.dom.AnonymousClassDeclaration;
import org.eclipse.jdt.core.dom.ClassInstanceCreation;
import org.eclipse.jdt.core.dom.Expression;
import org.eclipse.jdt.core.dom.ExpressionMethodReference;
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MarkerAnnotation;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.MethodReference;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.NormalAnnotation;
import org.eclipse.jdt.core.dom.QualifiedName;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SingleMemberAnnotation;
import org.eclipse.jdt.core.dom.StringLiteral;
import org.eclipse.jdt.core.dom.ThisExpression;
import org.eclipse.jdt.core.dom.TypeDeclaration;

/**
 * Finds in the bodies of one type's members the routes they declare and the URIs they may call.
 *
 * <p>It goes by shape, not by library: a call named after an HTTP verb with a path and a handler is a route;
 * any other string that looks like a path is a possible call. What is no call does no harm: no span fits it.
 */
final class BodyReader extends ASTVisitor {
	private static final Set<String> VERBS =
			Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE");
	/** Callers whose argument is a URI even where it is only a constant's name. */
	private static final Set<String> URI_CALLS = Set.of("uri", "target", "create", "newBuilder", "getForObject",
			"getForEntity", "postForObject", "postForEntity", "postForLocation", "patchForObject", "put", "delete",
			"exchange", "execute", "headForHeaders", "fromUriString", "fromPath", "fromHttpUrl", "url", "send");
	private static final Set<String> SEGMENT_CALLS = Set.of("path", "pathSegment", "segment", "addPathSegments");

	final List<Facts.Route> routes = new ArrayList<>();
	final List<Facts.Call> calls = new ArrayList<>();
	private final String type;
	private final Set<ASTNode> used = new HashSet<>();
	private Facts.Place member;

	BodyReader(String type) {
		this.type = type;
	}

	/** Reads one member: a method, an initializer or a field. */
	void read(ASTNode node, Facts.Place place) {
		member = place;
		node.accept(this);
	}

	@Override
	public boolean visit(MethodInvocation call) {
		String name = call.getName().getIdentifier();
		List<?> arguments = call.arguments();
		Expression first = arguments.isEmpty() ? null : (Expression) arguments.get(0);
		if (first == null) {
			return true;
		}
		if (name.equals("createContext") && isPath(first)) {
			Expression handler = arguments.size() > 1 ? (Expression) arguments.get(1) : null;
			route(true, "", call, first, handler);
		} else if (VERBS.contains(name.toUpperCase(Locale.ROOT)) && isPath(first) && handler(call) != null) {
			route(false, name.toUpperCase(Locale.ROOT), call, first, handler(call));
		} else if (SEGMENT_CALLS.contains(name) && !isReceiverOfSegment(call)) {
			segments(call);
		} else if (URI_CALLS.contains(name) && first instanceof Name) {
			addCall(first, Texts.of(first));
		}
		return true;
	}

	@Override
	public boolean visit(ClassInstanceCreation creation) {
		if (creation.getType().toString().matches("UR[IL]") && !creation.arguments().isEmpty()
				&& creation.arguments().get(0) instanceof Name name) {
			addCall(name, Texts.of(name));
		}
		return true;
	}

	@Override
	public boolean preVisit2(ASTNode node) {
		if (node instanceof Expression expression && Texts.isString(expression)) {
			if (!used.contains(node) && looksLikeUri(Texts.of(expression))) {
				addCall(expression, Texts.of(expression));
			}
			return node instanceof MethodInvocation;
		}
		return !(node instanceof TypeDeclaration || node instanceof MarkerAnnotation
				|| node instanceof NormalAnnotation || node instanceof SingleMemberAnnotation);
	}

	private void addCall(Expression uri, Facts.Text text) {
		calls.add(new Facts.Call(verb(uri), text, at(uri)));
	}

	private void route(boolean byPrefix, String verb, MethodInvocation call, Expression path, Expression handler) {
		used.add(path);
		List<Facts.Text> texts = new ArrayList<>();
		texts.add(Texts.of(path));
		ASTNode below = call;
		for (ASTNode up = call.getParent(); up != null; below = up, up = up.getParent()) {
			if (up instanceof MethodInvocation outer && Set.of("path", "nest").contains(outer.getName().getIdentifier())
					&& outer.arguments().size() > 1 && outer.arguments().indexOf(below) > 0) {
				Expression prefix = (Expression) outer.arguments().get(0);
				if (prefix instanceof MethodInvocation predicate && !Texts.isString(predicate)) {
					prefix = predicate.getName().getIdentifier().equals("path") && !predicate.arguments().isEmpty()
							? (Expression) predicate.arguments().get(0) : null; // nest(accept(..), ..) adds no path
				}
				if (prefix != null) {
					used.add(prefix);
					texts.add(0, Texts.of(prefix));
				}
			}
		}
		routes.add(new Facts.Route(byPrefix, verb, texts, target(handler), at(call.getName())));
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
		}
		return null;
	}

	/** Where a handler leads, or null if to the place where it is written. */
	private Facts.Target target(Expression handler) {
		if (handler instanceof LambdaExpression lambda && lambda.getBody() instanceof MethodInvocation call
				&& call.getExpression() instanceof SimpleName) {
			return new Facts.Target(declaredType(call.getExpression()), call.getName().getIdentifier());
		}
		if (handler instanceof ExpressionMethodReference reference) {
			return new Facts.Target(declaredType(reference.getExpression()), reference.getName().getIdentifier());
		}
		if (handler instanceof ClassInstanceCreation creation && creation.getAnonymousClassDeclaration() == null) {
			return new Facts.Target(FactsReader.typeText(creation.getType()), "handle");
		}
		return handler instanceof Name && !declaredType(handler).isEmpty()
				? new Facts.Target(declaredType(handler), "handle") : null;
	}

	/** The type a variable is declared with, as written; empty for {@code this} or if not found in this file. */
	private static String declaredType(Expression expression) {
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

	private static boolean isReceiverOfSegment(MethodInvocation call) {
		return call.getParent() instanceof MethodInvocation outer && outer.getExpression() == call
				&& SEGMENT_CALLS.contains(outer.getName().getIdentifier());
	}

	/** {@code target(base).path("stock").path("{id}")}: one call, its pieces joined with slashes. */
	private void segments(MethodInvocation outermost) {
		List<Facts.Part> parts = new ArrayList<>();
		Expression at = outermost;
		while (at instanceof MethodInvocation call) {
			String name = call.getName().getIdentifier();
			if (SEGMENT_CALLS.contains(name) || URI_CALLS.contains(name)) {
				for (int i = call.arguments().size() - 1; i >= 0; i--) {
					List<Facts.Part> piece = Texts.of((Expression) call.arguments().get(i)).parts();
					parts.addAll(0, piece);
					if (!piece.get(0).value().contains("://")) {
						parts.add(0, new Facts.Part(Facts.Kind.LITERAL, "/"));
					}
				}
			}
			at = call.getExpression();
		}
		if (parts.stream().anyMatch(part -> part.kind() == Facts.Kind.LITERAL && part.value().length() > 1)) {
			addCall(outermost, new Facts.Text(parts));
		}
	}

	private static boolean isPath(Expression expression) {
		if (expression instanceof StringLiteral literal) {
			return literal.getLiteralValue().isEmpty() || literal.getLiteralValue().startsWith("/");
		}
		return Texts.isString(expression) || expression instanceof Name;
	}

	private static boolean looksLikeUri(Facts.Text text) {
		boolean path = false;
		for (int i = 0; i < text.parts().size(); i++) {
			Facts.Part part = text.parts().get(i);
			if (part.kind() == Facts.Kind.LITERAL) {
				path |= i == 0 ? part.value().startsWith("/") && part.value().length() > 1
						|| part.value().contains("://") : part.value().startsWith("/");
				if (part.value().chars().anyMatch(Character::isWhitespace)) {
					return false;
				}
			}
		}
		return path;
	}

	/** The HTTP verb of the call chain around a URI, innermost first; empty if none is named. */
	private static String verb(Expression uri) {
		for (ASTNode at = uri.getParent(); at instanceof Expression && !(at instanceof LambdaExpression)
				|| at instanceof AnonymousClassDeclaration; at = at.getParent()) {
			for (ASTNode call = at; call instanceof MethodInvocation invocation; call = invocation.getExpression()) {
				String verb = verb(invocation);
				if (!verb.isEmpty()) {
					return verb;
				}
			}
		}
		return "";
	}

	private static String verb(MethodInvocation call) {
		for (Object each : call.arguments()) {
			if (each instanceof QualifiedName name && VERBS.contains(name.getName().getIdentifier())) {
				return name.getName().getIdentifier(); // HttpMethod.POST
			}
			if (call.getName().getIdentifier().equals("method") && each instanceof StringLiteral literal) {
				return literal.getLiteralValue().toUpperCase(Locale.ROOT);
			}
		}
		String name = call.getName().getIdentifier().toUpperCase(Locale.ROOT);
		for (String verb : VERBS) {
			if (name.equals(verb) || name.startsWith(verb + "FOR")) {
				return verb;
			}
		}
		return "";
	}

	private Facts.Place at(Expression node) {
		return new Facts.Place(type, member.method(), member.parameters(), node.getStartPosition(), node.getLength());
	}
}
