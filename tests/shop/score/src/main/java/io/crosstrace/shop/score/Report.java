package io.crosstrace.shop.score;

import io.crosstrace.shop.score.Judgement.Mistake;
import io.crosstrace.shop.score.Tally.Verdict;
import java.io.PrintStream;
import java.util.Locale;

/** Writes a judgement down, for programs and for people. */
final class Report {
	private final PrintStream out;
	private final Judgement judgement;
	private final Ledgers ledgers;

	Report(PrintStream out, Judgement judgement, Ledgers ledgers) {
		this.ledgers = ledgers;
		this.out = out;
		this.judgement = judgement;
	}

	/** One JSON object on one line. */
	void json(long spans, long badLines, long foreign) {
		StringBuilder json = new StringBuilder();
		append(json, "{\"score\":\"shop\",\"spans\":%d,\"traces\":%d,\"whole_traces\":%d,\"unanswered_calls\":%d,"
				+ "\"bad_lines\":%d,\"foreign_spans\":%d", spans, judgement.traces(), judgement.wholeTraces(),
				judgement.unanswered(), badLines, foreign);
		append(json, ",\"written\":{\"calls\":%d,\"missing\":%d,\"invented\":%d},\"links\":%s", ledgers.calls(), ledgers.missing(),
				ledgers.invented(), json(judgement.links()));
		append(json, ",\"cross\":%s,\"intra\":%s,\"roots\":{\"right\":%d,\"wrong\":%d},\"services\":{",
				json(judgement.across()), json(judgement.inside()), judgement.roots().of(Verdict.RIGHT),
				judgement.roots().of(Verdict.WRONG));
		String separator = "";
		for (var service : judgement.services().entrySet()) {
			append(json, "%s\"%s\":{\"cross\":%s,\"intra\":%s}", separator, escaped(service.getKey()),
					json(service.getValue().across()), json(service.getValue().inside()));
			separator = ",";
		}
		json.append("},\"calibration\":[");
		separator = "";
		Calibration calibration = judgement.calibration();
		for (int row = 0; row < calibration.rows(); row++) {
			if (calibration.edges(row) > 0) {
				append(json, "%s{\"edges\":%d,\"promised\":%.2f,\"right\":%.2f}", separator, calibration.edges(row),
						calibration.promised(row), calibration.kept(row));
				separator = ",";
			}
		}
		out.println(json.append("]}"));
	}

	private static String json(Tally tally) {
		return String.format(Locale.ROOT, "{\"edges\":%d,\"right\":%d,\"wrong\":%d,\"none\":%d,\"lost\":%d,\"right_percent\":%.3f}",
				tally.all(), tally.of(Verdict.RIGHT), tally.of(Verdict.WRONG), tally.of(Verdict.NONE),
				tally.of(Verdict.LOST), tally.percent(Verdict.RIGHT));
	}

	private static String escaped(String name) {
		return name.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
	}

	private static void append(StringBuilder json, String format, Object... values) {
		json.append(String.format(Locale.ROOT, format, values));
	}

	void people(long spans, long badLines, long foreign) {
		line("%d spans in %d traces, the largest of %d spans; %d traces (%.1f %%) are right as a whole", spans,
				judgement.traces(), judgement.largestTrace(), judgement.wholeTraces(),
				100.0 * judgement.wholeTraces() / Math.max(1, judgement.traces()));
		if (badLines + foreign + judgement.unanswered() > 0) {
			line("  %d unreadable lines, %d spans of something else than the shop, %d calls without their server span",
					badLines, foreign, judgement.unanswered());
		}
		if (ledgers.calls() > 0) {
			line("%d calls that services wrote down: %d have no span, %d spans are no call", ledgers.calls(), ledgers.missing(),
					ledgers.invented());
		}
		line("%-26s %9s  %8s %8s %8s %8s", "edges", "", "right %", "wrong %", "none %", "lost %");
		edges("across services", judgement.across());
		edges("across the broker", judgement.links());
		edges("inside services", judgement.inside());
		judgement.services().forEach((name, service) -> {
			edges("  to " + name, service.across());
			edges("  inside " + name, service.inside());
		});
		line("%-26s %9d  of which %d were given to somebody", "calls that nobody caused", judgement.roots().all(),
				judgement.roots().of(Verdict.WRONG));
		Calibration calibration = judgement.calibration();
		for (int row = 0; row < calibration.rows(); row++) {
			if (calibration.edges(row) > 0) {
				line("  promised %6.2f %% on %8d edges, right %6.2f %%", calibration.promised(row), calibration.edges(row),
						calibration.kept(row));
			}
		}
		for (Mistake mistake : judgement.mistakes()) {
			line("  wrong: %s %s %s has parent %016x, %s", mistake.span().service(), mistake.span().kind(),
					mistake.span().call().readable(), mistake.span().parent(), mistake.given() == null
							? "which was not recorded"
							: mistake.given().service() + ' ' + mistake.given().kind() + ' ' + mistake.given().call().readable());
		}
	}

	private void edges(String name, Tally tally) {
		if (tally.all() > 0) {
			line("%-26s %9d  %8.2f %8.2f %8.2f %8.2f", name, tally.all(), tally.percent(Verdict.RIGHT),
					tally.percent(Verdict.WRONG), tally.percent(Verdict.NONE), tally.percent(Verdict.LOST));
		}
	}

	private void line(String format, Object... values) {
		out.println(String.format(Locale.ROOT, format, values));
	}
}
