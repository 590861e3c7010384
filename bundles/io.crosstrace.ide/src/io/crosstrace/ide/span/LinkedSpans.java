package io.crosstrace.ide.span;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Traces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The other ends of the messages that a span sent or took through a broker, and the spans that OTLP links join it
 * with. Immutable; any thread.
 *
 * <p>Equal messages have equal keys, so a key alone may name many: who took a message is joined with whoever sent it
 * last before. An exchange with a broker that is watched, too, is two spans: the application's own stands for both.
 *
 * <p>Nothing is kept between questions, so links go when their spans go. A question costs one pass over the table,
 * tens of milliseconds a million rows: off the UI thread.
 *
 * @param newest the linked spans, newest first, at most {@value #MOST}
 * @param total how many there are
 */
public record LinkedSpans(List<Linked> newest, int total) {
	public static final int MOST = 24;

	/** What the linked span is to the one asked about. */
	public enum Role {
		PRODUCER, CONSUMER,
		/** An OTLP link, which does not say. */
		LINK
	}

	/**
	 * @param row of the table of the traces asked about
	 * @param laterNanos from the moment the span asked about sent or took the message to the moment this one did;
	 *        of an OTLP link, from start to start; negative if earlier
	 */
	public record Linked(int row, Role role, long laterNanos) {
	}

	/** Carries OTLP links, as JSON with ids of 16 hexadecimal digits. */
	private static final String OTLP = "otlp:rest";
	private static final Pattern SPAN_ID = Pattern.compile("\"spanId\":\"([0-9a-f]{16})\"");

	/** @param row of {@code traces.spans()} */
	public static LinkedSpans of(Traces traces, int row) {
		return new Search(traces, row).answer();
	}

	/**
	 * When a consumer got its message, by the reference host's clock: what is pushed when its span begins, what is
	 * polled for when the answer does.
	 */
	public static long takenNanos(Traces traces, int row) {
		SpanTable spans = traces.spans();
		long answer = spans.firstByteNanos.get(row);
		if (spans.kind.get(row) == SpanTable.CONSUMER) {
			return traces.startNanos(row);
		}
		return answer == 0 ? traces.endNanos(row) : traces.startNanos(row) + answer - spans.startNanos.get(row);
	}

	/** Who sent and who took messages of one key; rows. */
	private record Ends(List<Integer> producers, List<Integer> consumers) {
	}

	private static final class Search {
		private final Traces traces;
		private final SpanTable spans;
		private final int row;
		/** Links of the row without their direction, sorted, and what was found of each. */
		private final long[] keys;
		private final Ends[] ends;
		private final Map<Integer, Linked> found = new HashMap<>();

		Search(Traces traces, int row) {
			this.traces = traces;
			this.row = row;
			spans = traces.spans();
			keys = new long[spans.linkCount(row)];
			for (int i = 0; i < keys.length; i++) {
				keys[i] = spans.link(row, i) >>> 1;
			}
			Arrays.sort(keys);
			ends = new Ends[keys.length];
			Arrays.setAll(ends, i -> new Ends(new ArrayList<>(), new ArrayList<>()));
		}

		LinkedSpans answer() {
			scan();
			for (int i = 0; i < spans.linkCount(row); i++) {
				long link = spans.link(row, i);
				join(ends[Arrays.binarySearch(keys, link >>> 1)], SpanTable.produced(link));
			}
			List<Linked> all = new ArrayList<>(found.values());
			all.sort(Comparator.comparingLong(Linked::laterNanos).reversed().thenComparingInt(Linked::row));
			return new LinkedSpans(List.copyOf(all.subList(0, Math.min(MOST, all.size()))), all.size());
		}

		private void scan() {
			long[] linked = SPAN_ID.matcher(spans.attribute(row, OTLP)).results()
					.mapToLong(match -> Long.parseUnsignedLong(match.group(1), 16)).sorted().toArray();
			int otlp = spans.names.id(OTLP);
			String own = String.format("\"spanId\":\"%016x\"", spans.spanId.get(row));
			for (int other = 0; other < spans.size(); other++) {
				for (int i = keys.length == 0 ? 0 : spans.linkCount(other); i > 0; i--) {
					long link = spans.link(other, i - 1);
					int at = Arrays.binarySearch(keys, link >>> 1);
					if (at >= 0 && traces.of(other) != null) {
						(SpanTable.produced(link) ? ends[at].producers : ends[at].consumers).add(other);
					}
				}
				int last = spans.attributeCount(other) - 1; // where the reader of OTLP puts it
				boolean links = linked.length > 0 && Arrays.binarySearch(linked, spans.spanId.get(other)) >= 0
						|| last >= 0 && spans.attributeKey(other, last) == otlp
								&& spans.values.text(spans.attributeValue(other, last)).contains(own);
				if (links && traces.of(other) != null) {
					add(other, Role.LINK, traces.startNanos(other) - traces.startNanos(row));
				}
			}
		}

		private void join(Ends message, boolean produced) {
			Map<Integer, Integer> producers = standIns(message.producers);
			Map<Integer, Integer> consumers = standIns(message.consumers);
			TreeMap<Long, Integer> sent = new TreeMap<>();
			producers.values().forEach(producer -> sent.put(traces.startNanos(producer), producer));
			if (produced) {
				int self = producers.getOrDefault(row, row);
				sent.put(traces.startNanos(self), self);
				for (int consumer : consumers.values()) {
					if (sender(sent, consumer) == self) {
						add(consumer, Role.CONSUMER, takenNanos(traces, consumer) - traces.startNanos(row));
					}
				}
			} else if (!sent.isEmpty()) {
				int producer = sender(sent, consumers.getOrDefault(row, row));
				add(producer, Role.PRODUCER, traces.startNanos(producer) - takenNanos(traces, row));
			}
		}

		/** The last that was sent before it was taken; the first if clocks say that it was taken before all. */
		private int sender(TreeMap<Long, Integer> sent, int consumer) {
			Map.Entry<Long, Integer> before = sent.floorEntry(takenNanos(traces, consumer));
			return (before == null ? sent.firstEntry() : before).getValue();
		}

		/** Each row and the one at the application's end of the same exchange. */
		private Map<Integer, Integer> standIns(List<Integer> rows) {
			Map<Long, Integer> byId = new HashMap<>();
			rows.forEach(each -> byId.put(spans.spanId.get(each), each));
			Map<Integer, Integer> standIns = new HashMap<>();
			rows.forEach(each -> standIns.put(each, each));
			for (int request : rows) {
				Integer call = byId.get(spans.parentId.get(request));
				if (call != null && call != request && spans.isRequest(request)) {
					boolean pushed = spans.kind.get(request) == SpanTable.CONSUMER;
					standIns.put(pushed ? call : request, pushed ? request : call);
				}
			}
			return standIns;
		}

		private void add(int other, Role role, long laterNanos) {
			if (other != row) {
				found.put(other, new Linked(other, role, laterNanos));
			}
		}
	}
}
