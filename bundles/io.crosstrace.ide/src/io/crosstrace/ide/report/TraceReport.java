package io.crosstrace.ide.report;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.span.AttributeGroups;
import io.crosstrace.ide.span.TraceId;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.TimelineRows;
import io.crosstrace.ide.timeline.WhereTimeWent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Writes traces as one web page without scripts, pictures or other files, or as text. What spans carry is shown as it is,
 * never run. Repeated steps are one line that says how often. Not for the UI thread: linear in the spans.
 */
public final class TraceReport {
	/** What nobody would read makes a page too large to attach. */
	static final int MOST_TRACES = 50;
	static final int MOST_ROWS = 3_000;
	private static final int MOST_SHARES = 8;
	private static final int MOST_VALUE = 500;
	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS xxx")
			.withZone(ZoneId.systemDefault());
	private static final String STYLE = """
			:root{color-scheme:light dark}
			body{font:14px/1.45 system-ui,sans-serif;margin:1.5em;max-width:90em}
			h1{font-size:1.35em;margin:1.6em 0 .2em}h2{font-size:1.05em;margin:1.2em 0 .3em}
			.q{opacity:.7}.e{color:#c4201c;font-weight:600}
			@media(prefers-color-scheme:dark){.e{color:#ff7a6e}}
			table{border-collapse:collapse}td{padding:.1em 1em .1em 0}td.n{text-align:right;white-space:nowrap}
			summary,.r{display:grid;grid-template-columns:minmax(18em,38%) 1fr 6em;align-items:center;gap:.6em;padding:1px 0;\
			border-bottom:1px solid #8882;cursor:default}
			summary:hover,.r:hover{background:#8881}
			.s{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.b{position:relative;height:1em}
			.b i{position:absolute;top:.1em;bottom:.1em;min-width:2px;border-radius:2px}.b i.c{top:.35em;bottom:.35em}
			.d{text-align:right;font-variant-numeric:tabular-nums}
			dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1em;margin:.2em 0 .6em 2em;font-size:.92em}
			dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}
			""";

	private final Writer out;
	private final Traces traces;
	private final SpanTable spans;
	private final UnaryOperator<String> colour;

	private TraceReport(Writer out, Traces traces, UnaryOperator<String> colour) {
		this.out = out;
		this.traces = traces;
		this.spans = traces.spans();
		this.colour = colour;
	}

	/**
	 * Writes a web page.
	 *
	 * @param some the first of them are written, if they are many
	 * @param colour of a service, as CSS writes it
	 */
	public static void page(Path file, Traces traces, List<Trace> some, UnaryOperator<String> colour) throws IOException {
		try (BufferedWriter out = Files.newBufferedWriter(file)) {
			new TraceReport(out, traces, colour).page(some);
		}
	}

	/** Writes text, indented as the steps called each other. */
	public static void text(Path file, Traces traces, List<Trace> some) throws IOException {
		try (BufferedWriter out = Files.newBufferedWriter(file)) {
			new TraceReport(out, traces, service -> "").text(some);
		}
	}

	private void page(List<Trace> some) throws IOException {
		out.write("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
		out.write(escaped(some.isEmpty() ? "CrossTrace" : name(some.get(0).rootRow())));
		out.write("</title>\n<style>\n" + STYLE + "</style>\n</head>\n<body>\n");
		for (Trace trace : first(some)) {
			page(new TimelineLayout(traces, trace));
		}
		if (some.size() > MOST_TRACES) {
			out.write("<p class=\"q\">" + left(some.size() - MOST_TRACES, "traces") + "</p>\n");
		}
		out.write("</body>\n</html>\n");
	}

	private void page(TimelineLayout layout) throws IOException {
		Trace trace = layout.trace();
		out.write("<h1>" + escaped(name(trace.rootRow())) + "</h1>\n<p><span class=\"q\">" + escaped(summary(layout)) + "</span>");
		if (trace.errors() > 0) {
			out.write(" · <span class=\"e\">" + trace.errors() + (trace.errors() == 1 ? " error" : " errors") + "</span>");
		}
		out.write("<br><span class=\"q\">Trace " + TraceId.of(spans, trace) + "</span></p>\n<h2>Where the time went</h2>\n<table>\n");
		WhereTimeWent went = layout.whereTimeWent();
		for (WhereTimeWent.Share share : went.shares().subList(0, Math.min(MOST_SHARES, went.shares().size()))) {
			out.write("<tr><td class=\"n\">" + Durations.text(share.nanos()) + "</td><td class=\"n\">" + percent(share.of(went.totalNanos()))
					+ "</td><td>" + escaped(name(share)) + "</td></tr>\n");
		}
		out.write("</table>\n<h2>Steps</h2>\n");
		TimelineRows rows = layout.rows();
		int[] depths = trace.depths();
		for (int i = 0; i < Math.min(rows.size(), MOST_ROWS); i++) {
			row(layout, rows, rows.index(i), depths[rows.index(i)]);
		}
		if (rows.size() > MOST_ROWS) {
			out.write("<p class=\"q\">" + left(rows.size() - MOST_ROWS, "steps") + "</p>\n");
		}
	}

	private void row(TimelineLayout layout, TimelineRows rows, int index, int depth) throws IOException {
		int row = layout.trace().row(index);
		boolean repeated = rows.folded(index);
		List<AttributeGroups.Attribute> attributes = repeated ? List.of()
				: AttributeGroups.of(spans, row).values().stream().flatMap(List::stream).toList();
		TimelineLayout.Repeated all = repeated ? layout.repeated(index) : null;
		boolean failed = repeated ? all.errors() > 0 : spans.has(row, SpanTable.ERROR);
		boolean call = !spans.isRequest(row);
		double whole = Math.max(1, layout.durationNanos());
		long nanos = layout.endNanos(index) - layout.startNanos(index);
		out.write(attributes.isEmpty() ? "<div class=\"r\">" : "<details><summary>");
		out.write(String.format(Locale.ROOT, "<span class=\"s\" style=\"padding-left:%.1fem\">", Math.min(depth, 40) * 0.9));
		out.write((failed ? "<span class=\"e\">! </span>" : "") + (call ? "<span class=\"q\">calls " : "")
				+ escaped(call ? spans.names.text(spans.operation.get(row)) : name(row)) + (call ? "</span>" : "")
				+ (repeated ? " <b>× " + all.count() + "</b>" : "") + "</span>");
		out.write(String.format(Locale.ROOT,
				"<span class=\"b\"><i%s style=\"left:%.3f%%;width:%.3f%%;background:%s\"></i></span><span class=\"d\">%s</span>",
				call ? " class=\"c\"" : "", 100 * layout.startNanos(index) / whole, 100 * nanos / whole,
				escaped(colour.apply(spans.names.text(spans.service.get(row)))),
				Durations.text(repeated ? all.sumNanos() : nanos)));
		if (attributes.isEmpty()) {
			out.write("</div>\n");
			return;
		}
		out.write("</summary><dl>");
		for (AttributeGroups.Attribute attribute : attributes) {
			out.write("<dt>" + escaped(attribute.name()) + "</dt><dd>" + escaped(cut(attribute.value())) + "</dd>");
		}
		out.write("</dl></details>\n");
	}

	private void text(List<Trace> some) throws IOException {
		for (Trace trace : first(some)) {
			TimelineLayout layout = new TimelineLayout(traces, trace);
			out.write(name(trace.rootRow()) + "\n" + summary(layout) + (trace.errors() > 0 ? " · " + trace.errors()
					+ (trace.errors() == 1 ? " error" : " errors") : "") + "\nTrace " + TraceId.of(spans, trace) + "\n\n");
			TimelineRows rows = layout.rows();
			int[] depths = trace.depths();
			for (int i = 0; i < Math.min(rows.size(), MOST_ROWS); i++) {
				int index = rows.index(i);
				int row = trace.row(index);
				boolean repeated = rows.folded(index);
				TimelineLayout.Repeated all = repeated ? layout.repeated(index) : null;
				out.write("  ".repeat(Math.min(depths[index], 40)) + (spans.isRequest(row) ? "" : "-> ") + name(row) + "  "
						+ (repeated ? "x " + all.count() + "  " + Durations.text(all.sumNanos())
								: Durations.text(layout.endNanos(index) - layout.startNanos(index)))
						+ ((repeated ? all.errors() > 0 : spans.has(row, SpanTable.ERROR)) ? "  FAILED" : "") + "\n");
			}
			out.write(rows.size() > MOST_ROWS ? left(rows.size() - MOST_ROWS, "steps") + "\n\n" : "\n");
		}
		if (some.size() > MOST_TRACES) {
			out.write(left(some.size() - MOST_TRACES, "traces") + "\n");
		}
	}

	private static List<Trace> first(List<Trace> some) {
		return some.subList(0, Math.min(MOST_TRACES, some.size()));
	}

	private static String left(int count, String what) {
		return String.format(Locale.ROOT, "%,d more %s are left out.", count, what);
	}

	private String name(int row) {
		return spans.names.text(spans.service.get(row)) + "  " + spans.names.text(spans.operation.get(row));
	}

	private static String name(WhereTimeWent.Share share) {
		return share.onTheWay() ? "on the way from " + share.service() + " to " + share.operation()
				: share.service() + "  " + share.operation();
	}

	private static String summary(TimelineLayout layout) {
		Trace trace = layout.trace();
		return DATE.format(Instant.ofEpochSecond(0, trace.startNanos())) + " · " + Durations.text(layout.durationNanos()) + " · "
				+ String.format(Locale.ROOT, "%,d", trace.size()) + (trace.size() == 1 ? " span · " : " spans · ")
				+ trace.services() + (trace.services() == 1 ? " service" : " services");
	}

	private static String percent(double share) {
		return String.format(Locale.ROOT, share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
	}

	private static String cut(String value) {
		return value.length() > MOST_VALUE ? value.substring(0, MOST_VALUE) + "…" : value;
	}

	private static String escaped(String text) {
		StringBuilder safe = new StringBuilder(text.length() + 16);
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '<' -> safe.append("&lt;");
				case '>' -> safe.append("&gt;");
				case '&' -> safe.append("&amp;");
				case '"' -> safe.append("&quot;");
				case '\'' -> safe.append("&#39;");
				default -> safe.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
			}
		}
		return safe.toString();
	}
}
