package io.crosstrace.ide.filter;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;

/**
 * What a person typed into a filter, read. Close to TraceQL, Grafana Tempo's language:
 * <pre>
 * service = orders &amp;&amp; duration &gt; 200ms        one span that is both
 * { status = error } &amp;&amp; { service = stock }   some span is the one, some span the other
 * http.route =~ "/orders.*" checkout        blanks: both, in any spans; a bare word occurs anywhere
 * !{ service = gateway }                    no span is
 * </pre>
 * Immutable; any thread.
 */
public final class Query {
	/** Lets everything through. */
	public static final Query ALL = new Query("", null);

	/** Tests one trace; made for one {@link Traces}. */
	interface TraceTest {
		boolean test(Trace trace);
	}

	/** Tests one span; made for one {@link Traces}. */
	interface SpanTest {
		boolean test(Trace trace, int row);
	}

	/** A part of a query, not yet bound to spans. */
	sealed interface Node permits OfSpan, OfTrace {
	}

	/** What one span is asked. */
	@FunctionalInterface
	non-sealed interface OfSpan extends Node {
		SpanTest bind(Texts texts);
	}

	/** What a whole trace is asked. */
	@FunctionalInterface
	non-sealed interface OfTrace extends Node {
		TraceTest bind(Texts texts);
	}

	private final String text;
	private final Node root;

	private Query(String text, Node root) {
		this.text = text;
		this.root = root;
	}

	/**
	 * Reads a query.
	 *
	 * @throws QueryProblem if it cannot be read, with what to write instead
	 */
	public static Query of(String text) throws QueryProblem {
		return text.isBlank() ? ALL : new Query(text, new Parser(text).parse());
	}

	/** A query that asks for something more: {@code condition} of the same span, or of its trace. */
	public static String narrowed(String text, String condition) {
		String before = text.strip();
		return before.isEmpty() ? condition : (before.contains("||") ? "(" + before + ")" : before) + " && " + condition;
	}

	/** As it was typed. */
	public String text() {
		return text;
	}

	public boolean isAll() {
		return root == null;
	}

	/** Makes a test of the traces of one session; later {@link Traces} of the same era may be given to it as well. */
	public Tester tester() {
		return new Tester(root);
	}

	/**
	 * Tests traces by a query. Each string is looked at once, however many spans have it; then a span costs a few
	 * array accesses. One thread.
	 */
	public static final class Tester {
		private final Node root;
		private Texts texts;
		private TraceTest traceTest;
		private SpanTest spanTest;

		private Tester(Node root) {
			this.root = root;
		}

		/** Says whose traces come next. */
		public void use(Traces traces) {
			if (root == null) {
				return;
			}
			if (texts == null || !texts.isOf(traces)) {
				texts = new Texts(traces);
				spanTest = root instanceof OfSpan span ? span.bind(texts) : null;
				traceTest = lift(root).bind(texts);
			} else {
				texts.use(traces);
			}
		}

		/** Whether a trace passes. */
		public boolean test(Trace trace) {
			return root == null || traceTest.test(trace);
		}

		/** Whether a trace's root does; what asks for several spans is asked of the trace. */
		public boolean testRoot(Trace trace) {
			return root == null || (spanTest != null ? spanTest.test(trace, trace.rootRow()) : traceTest.test(trace));
		}
	}

	/** Asked of one span: of a trace, whether any of its spans answers yes. */
	static OfTrace lift(Node node) {
		if (node instanceof OfTrace ofTrace) {
			return ofTrace;
		}
		OfSpan ofSpan = (OfSpan) node;
		return texts -> {
			SpanTest test = ofSpan.bind(texts);
			return trace -> {
				for (int i = 0; i < trace.size(); i++) {
					if (test.test(trace, trace.row(i))) {
						return true;
					}
				}
				return false;
			};
		};
	}

	static Node and(Node a, Node b) {
		if (a instanceof OfSpan left && b instanceof OfSpan right) {
			return (OfSpan) texts -> {
				SpanTest first = left.bind(texts);
				SpanTest second = right.bind(texts);
				return (trace, row) -> first.test(trace, row) && second.test(trace, row);
			};
		}
		return both(a, b);
	}

	/** Both, but not necessarily of one span. */
	static OfTrace both(Node a, Node b) {
		return texts -> {
			TraceTest first = lift(a).bind(texts);
			TraceTest second = lift(b).bind(texts);
			return trace -> first.test(trace) && second.test(trace);
		};
	}

	static Node or(Node a, Node b) {
		if (a instanceof OfSpan left && b instanceof OfSpan right) {
			return (OfSpan) texts -> {
				SpanTest first = left.bind(texts);
				SpanTest second = right.bind(texts);
				return (trace, row) -> first.test(trace, row) || second.test(trace, row);
			};
		}
		return (OfTrace) texts -> {
			TraceTest first = lift(a).bind(texts);
			TraceTest second = lift(b).bind(texts);
			return trace -> first.test(trace) || second.test(trace);
		};
	}

	static Node not(Node node) {
		if (node instanceof OfSpan ofSpan) {
			return (OfSpan) texts -> {
				SpanTest test = ofSpan.bind(texts);
				return (trace, row) -> !test.test(trace, row);
			};
		}
		return (OfTrace) texts -> {
			TraceTest test = lift(node).bind(texts);
			return trace -> !test.test(trace);
		};
	}
}
