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
import org.eclipse.jdt.core.dom.FieldAccess;
import org.eclipse.jdt.core.dom.LambdaExpression;
import org.eclipse.jdt.core.dom.MarkerAnnotation;
import org.eclipse.jdt.core.dom.MethodInvocation;
import org.eclipse.jdt.core.dom.Name;
import org.eclipse.jdt.core.dom.NormalAnnotation;
import org.eclipse.jdt.core.dom.QualifiedName;
import org.eclipse.jdt.core.dom.SimpleName;
import org.eclipse.jdt.core.dom.SingleMemberAnnotation;
import org.eclipse.jdt.core.dom.StringLiteral;
import org.eclipse.jdt.core.dom.TypeDeclaration;

import io.crosstrace.ide.source.Endpoint.Kind;

/**
 * Finds in the bodies of one type's members the routes they declare and what they may call.
 *
 * <p>It goes by shape, not by library: a call named after an HTTP verb with a path and a handler is a route; any
 * other string that looks like a path is a possible call. What is no call does no harm: no span fits it.
 */
final class BodyReader extends ASTVisitor {
	/** Callers whose argument is a URI even where it is only a constant's name. */
	private static final Set<String> URI_CALLS = Set.of("uri", "target", "create", "newBuilder", "getForObject",
			"getForEntity", "postForObject", "postForEntity", "postForLocation", "patchForObject", "put", "delete",
			"exchange", "execute", "headForHeaders", "fromUriString", "fromPath", "fromHttpUrl", "url", "send");
	private static final Set<String> SEGMENT_CALLS = Set.of("path", "pathSegment", "segment", "addPathSegments");
	/** Callers whose first argument names where a message goes to. */
	private static final Set<String> SENDS = Set.of("send", "convertAndSend", "basicPublish", "sendAndReceive",
			"convertSendAndReceive", "syncSend", "asyncSend", "sendOneWay", "publish", "sendMessage", "sendAsync", "sendAndForget", "sendAndAwait");
	/** Callers whose first argument names where messages come from. */
	private static final Set<String> RECEIVES = Set.of("subscribe", "basicConsume", "receiveAndConvert", "basicGet");

	/** Callers whose first argument is a statement even where it is only a constant's name. */
	private static final Set<String> STATEMENT_CALLS = Set.of("query", "update", "batchUpdate", "execute", "queryForObject",
			"queryForList", "queryForMap", "queryForStream", "queryForRowSet", "prepareStatement", "prepareCall",
			"executeQuery", "executeUpdate", "addBatch", "sql", "createQuery", "createNativeQuery", "preparedQuery",
			"createStatement", "createUpdate");

	final List<Facts.Route> routes = new ArrayList<>();
	final List<Facts.Call> calls = new ArrayList<>();
	final List<Facts.Prefix> prefixes = new ArrayList<>();
	final List<Facts.Mount> mounts = new ArrayList<>();
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
		stub(call, name);
		List<?> arguments = call.arguments();
		Expression first = arguments.isEmpty() ? null : (Expression) arguments.get(0);
		if (first != null && route(call)) {
			return true;
		}
		mounts.addAll(Mounts.of(call, at(call.getName())));
		if (first == null) {
			return true;
		}
		if (name.equals("addPathPrefix") && arguments.size() == 2) {
			used.add(first);
			prefixes.add(new Facts.Prefix(Texts.of(first), arguments.get(1).toString()));
		} else if (SEGMENT_CALLS.contains(name) && !isReceiverOfSegment(call)) {
			segments(call);
		} else if (URI_CALLS.contains(name) && first instanceof Name) {
			addCall(first, Texts.of(first));
		}
		if (STATEMENT_CALLS.contains(name) && first instanceof Name) {
			calls.add(new Facts.Call(Kind.DATABASE, "", Texts.of(first), at(first)));
		}
		Facts.Text channel = SENDS.contains(name) && call.getExpression() instanceof SimpleName on
				? Declarations.mark(on, "Channel") : null;
		if (channel != null) {
			calls.add(new Facts.Call(Kind.MESSAGE, "send", channel, at(call.getName())));
		} else if (name.equals("setHeader") && first instanceof Name header && arguments.size() == 2
				&& header.getFullyQualifiedName().endsWith("TOPIC")) {
			message("send", (Expression) arguments.get(1)); // a message that names its topic itself
		} else if (SENDS.contains(name)) {
			message("send", first);
		} else if (RECEIVES.contains(name)) {
			message("receive", first instanceof MethodInvocation list && !list.arguments().isEmpty()
					? (Expression) list.arguments().get(0) : first); // subscribe(List.of("orders"))
		}
		return true;
	}

	private boolean route(MethodInvocation call) {
		List<Routes.Found> all = Routes.of(call);
		for (Routes.Found found : all) {
			used.addAll(found.used());
			for (List<Facts.Text> path : found.paths()) {
				routes.add(new Facts.Route(found.framework(), found.style(), found.verb(), path, found.target(), at(found.at())));
			}
		}
		return !all.isEmpty();
	}

	@Override
	public boolean visit(ClassInstanceCreation creation) {
		Expression first = creation.arguments().isEmpty() ? null : (Expression) creation.arguments().get(0);
		String name = FactsReader.typeText(creation.getType()).replaceFirst("<.*", "");
		if (name.matches("UR[IL]") && first instanceof Name uri) {
			addCall(uri, Texts.of(uri));
		} else if (name.equals("ProducerRecord") && first != null) {
			message("send", first);
		} else if (name.equals("ServletRegistrationBean") && creation.arguments().size() > 1) {
			Expression path = (Expression) creation.arguments().get(1);
			used.add(path);
			routes.add(new Facts.Route("Servlet", PathPattern.Style.SERVLET, "", List.of(Texts.of(path)),
					Routes.servlet(first), at(path)));
		}
		return true;
	}

	@Override
	public boolean preVisit2(ASTNode node) {
		if (node instanceof Expression expression && Texts.isString(expression)) {
			Facts.Text text = Texts.of(expression);
			if (Statements.isSql(text)) {
				calls.add(new Facts.Call(Kind.DATABASE, "", text, at(expression)));
			} else if (!used.contains(node) && looksLikeUri(text)) {
				addCall(expression, text);
			}
			return node instanceof MethodInvocation;
		}
		return !(node instanceof TypeDeclaration || node instanceof MarkerAnnotation
				|| node instanceof NormalAnnotation || node instanceof SingleMemberAnnotation);
	}

	private void addCall(Expression uri, Facts.Text text) {
		calls.add(new Facts.Call(Kind.HTTP, verb(uri), text, at(uri)));
	}

	private void message(String verb, Expression destination) {
		Facts.Text text = Texts.of(destination);
		if (Texts.isString(destination) || destination instanceof Name || destination instanceof FieldAccess
				|| destination instanceof MethodInvocation) {
			calls.add(new Facts.Call(Kind.MESSAGE, verb, text, at(destination)));
		}
	}

	/** {@code stub.sayHello(request)}, where the stub's type names the service: gRPC's and Dubbo's way to call. */
	private void stub(MethodInvocation call, String name) {
		Expression on = call.getExpression();
		while (on instanceof MethodInvocation inner && inner.getName().getIdentifier().startsWith("with")) {
			on = inner.getExpression(); // withDeadlineAfter
		}
		SimpleName variable = on instanceof SimpleName simple ? simple
				: on instanceof FieldAccess field ? field.getName() : null;
		if (variable == null || name.startsWith("with")) {
			return;
		}
		String stub = Routes.declaredType(on);
		Facts.Text service = null;
		if (stub.contains("Grpc.") || stub.endsWith("Stub")) {
			service = Rpc.serviceOfStub(stub);
		} else if (!stub.isEmpty() && Declarations.fieldMarks(variable).stream().anyMatch(Rpc.CLIENT_MARKS::contains)) {
			service = new Facts.Text(List.of(new Facts.Part(Facts.Kind.REFERENCE, Rpc.TYPE + stub)));
		}
		if (service != null) {
			List<Facts.Part> parts = new ArrayList<>(service.parts());
			parts.add(new Facts.Part(Facts.Kind.LITERAL, "/" + name));
			calls.add(new Facts.Call(Kind.RPC, "", new Facts.Text(parts), at(call.getName())));
		}
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
		for (ASTNode at = uri.getParent(); at instanceof Expression
				&& !(at instanceof LambdaExpression)
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
			if (each instanceof QualifiedName name && Routes.VERBS.contains(name.getName().getIdentifier())) {
				return name.getName().getIdentifier(); // HttpMethod.POST
			}
			if (call.getName().getIdentifier().equals("method") && each instanceof StringLiteral literal) {
				return literal.getLiteralValue().toUpperCase(Locale.ROOT);
			}
		}
		String name = call.getName().getIdentifier().toUpperCase(Locale.ROOT);
		for (String verb : Routes.VERBS) {
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
