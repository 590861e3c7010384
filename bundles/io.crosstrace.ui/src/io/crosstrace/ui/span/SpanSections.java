package io.crosstrace.ui.span;

import io.crosstrace.core.correlate.Explanation;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.span.AttributeGroups;
import io.crosstrace.ide.span.LinkedSpans;
import io.crosstrace.ide.span.WhyThisParent;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ide.timeline.Gaps;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.WhereTimeWent;
import io.crosstrace.ui.timeline.GapText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All that is known of a span, in words, in sections. Pure; any thread. */
final class SpanSections {
	/** More gaps, calls or shares than these are counted, not listed. */
	private static final int MOST_LISTED = 12;
	/** Evidence below it decides nothing; natural logarithm. */
	private static final double LEAST_WEIGHT = 0.05;
	private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.nnnnnnnnn", Locale.ROOT)
			.withZone(ZoneId.systemDefault());

	/** @param items never empty */
	record Section(String title, List<Item> items) {
	}

	/**
	 * @param row the span that this is about, of any trace, or {@link Trace#NONE} if it is about the chosen one
	 */
	record Item(String name, String value, int row) {
	}

	private final TimelineLayout layout;
	private final Traces traces;
	private final Traces latest;
	private final Trace trace;
	private final SpanTable spans;
	private final int index;
	private final int row;
	private final List<Section> sections = new ArrayList<>();
	private List<Item> items = new ArrayList<>();

	private SpanSections(TimelineLayout layout, int index, Traces latest) {
		this.layout = layout;
		this.index = index;
		this.latest = latest;
		traces = layout.traces();
		trace = layout.trace();
		spans = traces.spans();
		row = trace.row(index);
	}

	/** @param latest of the same era as the layout's: what the span is linked to may have come later */
	static List<Section> of(TimelineLayout layout, int index, Traces latest) {
		SpanSections all = new SpanSections(layout, index, latest);
		all.times();
		all.parent();
		if (index == 0) {
			all.whereTimeWent();
		}
		all.gaps();
		all.calls();
		all.links();
		AttributeGroups.of(all.spans, all.row).forEach((group, attributes) -> {
			attributes.forEach(attribute -> all.item(attribute.name(), attribute.value()));
			all.end(title(group));
		});
		all.place();
		return List.copyOf(all.sections);
	}

	private void times() {
		long duration = layout.endNanos(index) - layout.startNanos(index);
		item(Messages.duration, Durations.text(duration));
		item(Messages.self, Durations.text(layout.selfNanos(index)));
		if (spans.firstByteNanos.get(row) > 0) {
			item(Messages.firstByte, Durations.text(spans.firstByteNanos.get(row) - spans.startNanos.get(row)));
		}
		long held = layout.criticalNanos(index);
		item(Messages.heldUp, held == 0 ? Messages.heldUpNothing
				: Durations.text(held) + percent(held, layout.durationNanos()));
		item(Messages.start, CLOCK.format(Instant.ofEpochSecond(0, traces.startNanos(row))));
		item(Messages.startInTrace, Durations.text(layout.startNanos(index)));
		item(Messages.rawStart, String.valueOf(spans.startNanos.get(row)));
		item(Messages.rawFirstByte, spans.firstByteNanos.get(row) == 0 ? Messages.notSeen
				: String.valueOf(spans.firstByteNanos.get(row)));
		item(Messages.rawEnd, spans.endNanos.get(row) == 0 ? Messages.notSeen
				: String.valueOf(spans.endNanos.get(row)));
		long ahead = traces.clocks().ahead(spans.host.get(row));
		if (ahead != 0) {
			item(Messages.clock, Messages.bind(Messages.clockAhead, Durations.text(ahead)));
		}
		end(Messages.times);
	}

	private void parent() {
		if (index == 0) {
			item(Messages.parentOf, spans.parentId.get(row) == 0 ? Messages.rootKnown : Messages.rootMissing);
			end(Messages.parent);
			return;
		}
		int parent = trace.parent(index);
		items.add(new Item(Messages.parentOf, name(parent), trace.row(parent)));
		boolean proven = spans.has(row, SpanTable.PARENT_PROVEN);
		boolean wire = spans.isRequest(row);
		int millionths = spans.confidence.get(row);
		item(Messages.certainty, proven || wire || millionths >= 1_000_000 ? Messages.certain
				: String.format(Locale.ROOT, "%.1f %%", millionths / 10_000.0));
		item(Messages.evidence, proven ? Messages.evidenceContext : wire ? Messages.evidenceWire
				: millionths >= 1_000_000 ? Messages.evidenceOnly : Messages.evidenceInferred);
		if (!proven && !wire) {
			candidates(trace.row(parent));
		}
		end(Messages.parent);
	}

	/** Who else could have made the call, and what speaks for whom. */
	private void candidates(int parentRow) {
		WhyThisParent why = WhyThisParent.of(spans, row);
		item(Messages.rivals, why.possible() <= 1 ? Messages.rivalsNone
				: Messages.bind(Messages.rivalsSome, why.possible() - 1));
		for (WhyThisParent.Candidate candidate : why.candidates()) {
			StringBuilder text = new StringBuilder();
			text.append(String.format(Locale.ROOT, "%.0f %%", 100 * candidate.share())).append("  ").append(Messages
					.bind(Messages.candidateStart, Durations.text(spans.startNanos.get(row)
							- spans.startNanos.get(candidate.row()))));
			for (Explanation.Evidence evidence : candidate.evidence()) {
				if (Math.abs(evidence.weight()) >= LEAST_WEIGHT) {
					text.append(String.format(Locale.ROOT, "; %+.1f ", evidence.weight())).append(evidence.kind().text);
				}
			}
			items.add(new Item(candidate.row() == parentRow ? Messages.candidateParent
					: spans.names.text(spans.operation.get(candidate.row())), text.toString(), candidate.row()));
		}
	}

	private void whereTimeWent() {
		WhereTimeWent went = layout.whereTimeWent();
		long rest = went.totalNanos();
		for (WhereTimeWent.Share share : went.shares().subList(0, Math.min(MOST_LISTED, went.shares().size()))) {
			rest -= share.nanos();
			String name = share.onTheWay() ? Messages.bind(Messages.onTheWay, share.service(), share.operation())
					: share.service() + "  " + share.operation();
			items.add(new Item(name, Durations.text(share.nanos()) + percent(share.nanos(), went.totalNanos())
					+ (share.spans() > 1 ? ", " + Messages.bind(Messages.inSpans, share.spans()) : ""),
					trace.row(share.longest())));
		}
		if (rest > 0) {
			item(Messages.others, Durations.text(rest) + percent(rest, went.totalNanos()));
		}
		end(Messages.whereTimeWent);
	}

	private void gaps() {
		List<Gaps.Gap> gaps = new ArrayList<>(Gaps.of(layout, index));
		gaps.sort((a, b) -> Long.compare(b.nanos(), a.nanos()));
		for (Gaps.Gap gap : gaps.subList(0, Math.min(MOST_LISTED, gaps.size()))) {
			item(Messages.bind(Messages.gapAt, Durations.text(gap.fromNanos() - layout.startNanos(index)),
					GapText.kind(gap.kind())), GapText.of(layout, gap));
		}
		end(Messages.gaps);
	}

	private void calls() {
		int count = 0;
		for (int child = index + 1; child < layout.subtreeEnd(index); child = layout.subtreeEnd(child)) {
			if (count++ < MOST_LISTED) {
				items.add(new Item(name(child), Durations.text(layout.endNanos(child) - layout.startNanos(child)),
						trace.row(child)));
			}
		}
		if (count > MOST_LISTED) {
			item(Messages.others, Messages.bind(Messages.moreCalls, count - MOST_LISTED));
		}
		end(spans.isRequest(row) ? Messages.calls : Messages.servedBy);
	}

	/** Who took what it sent through a broker, or sent what it took. */
	private void links() {
		SpanTable all = latest.spans();
		LinkedSpans links = LinkedSpans.of(latest, row);
		for (LinkedSpans.Linked linked : links.newest()) {
			boolean later = linked.laterNanos() >= 0;
			String words = switch (linked.role()) {
				case CONSUMER -> later ? Messages.consumedLater : Messages.consumedEarlier;
				case PRODUCER -> later ? Messages.producedLater : Messages.producedEarlier;
				case LINK -> later ? Messages.beganLater : Messages.beganEarlier;
			};
			items.add(new Item(all.names.text(all.service.get(linked.row())) + "  "
					+ all.names.text(all.operation.get(linked.row())),
					Messages.bind(words, Durations.text(Math.abs(linked.laterNanos()))), linked.row()));
		}
		if (links.total() > links.newest().size()) {
			item(Messages.others, Messages.bind(Messages.moreLinks, links.total() - links.newest().size()));
		}
		end(Messages.links);
	}

	private void place() {
		text(Messages.peer, spans.peer.get(row));
		text(Messages.host, spans.host.get(row));
		number(Messages.pid, spans.pid.get(row));
		number(Messages.thread, spans.tid.get(row));
		if (spans.endTid.get(row) != spans.tid.get(row)) {
			number(Messages.endThread, spans.endTid.get(row));
		}
		hex(Messages.connection, spans.connection.get(row));
		hex(Messages.spanId, spans.spanId.get(row));
		hex(Messages.parentId, spans.parentId.get(row));
		if (spans.traceIdHigh.get(row) != 0 || spans.traceIdLow.get(row) != 0) {
			item(Messages.traceId, String.format("%016x%016x", spans.traceIdHigh.get(row), spans.traceIdLow.get(row)));
		}
		hex(Messages.appSpanId, spans.appSpanId.get(row));
		end(Messages.place);
	}

	private String name(int of) {
		int at = trace.row(of);
		return (spans.isRequest(at) ? spans.names.text(spans.service.get(at)) + "  " : "→ ")
				+ spans.names.text(spans.operation.get(at));
	}

	private static String percent(long part, long whole) {
		double percent = 100.0 * part / Math.max(1, whole);
		return String.format(Locale.ROOT, percent < 10 ? " (%.1f %%)" : " (%.0f %%)", percent);
	}

	private static String title(AttributeGroups.Group group) {
		return switch (group) {
			case HTTP -> Messages.http;
			case RPC -> Messages.rpc;
			case DATABASE -> Messages.database;
			case MESSAGING -> Messages.messaging;
			case ERROR -> Messages.error;
			case NETWORK -> Messages.network;
			case CODE -> Messages.code;
			case OTHER -> Messages.attributes;
			case RESOURCE -> Messages.resource;
		};
	}

	private void item(String name, String value) {
		items.add(new Item(name, value, Trace.NONE));
	}

	private void text(String name, int id) {
		if (id != 0) {
			item(name, spans.names.text(id));
		}
	}

	private void number(String name, int number) {
		if (number != 0) {
			item(name, String.valueOf(number));
		}
	}

	private void hex(String name, long id) {
		if (id != 0) {
			item(name, String.format("%016x", id));
		}
	}

	private void end(String title) {
		if (!items.isEmpty()) {
			sections.add(new Section(title, List.copyOf(items)));
			items = new ArrayList<>();
		}
	}
}
