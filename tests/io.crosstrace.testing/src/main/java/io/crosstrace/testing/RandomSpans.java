package io.crosstrace.testing;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import java.util.Random;

/** Span tables with something in every column, and their comparison column by column. */
public final class RandomSpans {
	private RandomSpans() {
	}

	/** Extreme values included: a column must carry whatever it can hold. */
	public static SpanTable table(Random random, Dictionary names, int size) {
		SpanTable spans = new SpanTable(names);
		for (int i = 0; i < size; i++) {
			int row = spans.add();
			spans.spanId.set(row, bits(random));
			spans.parentId.set(row, bits(random));
			spans.appSpanId.set(row, bits(random));
			spans.host.set(row, names.id(text(random)));
			spans.traceIdHigh.set(row, bits(random));
			spans.traceIdLow.set(row, bits(random));
			spans.confidence.set(row, random.nextInt(1_000_001));
			spans.kind.set(row, 2 + random.nextInt(4));
			spans.flags.set(row, random.nextInt(32));
			long start = random.nextLong(1L << 60);
			spans.startNanos.set(row, start);
			spans.firstByteNanos.set(row, random.nextInt(4) == 0 ? 0 : start + random.nextLong(1L << 40) - 1000);
			spans.endNanos.set(row, random.nextInt(4) == 0 ? start : start + random.nextLong(1L << 40));
			spans.service.set(row, names.id(text(random)));
			spans.operation.set(row, names.id(text(random)));
			spans.peer.set(row, names.id(text(random)));
			spans.status.set(row, random.nextInt(1000) - 1);
			spans.pid.set(row, random.nextInt());
			spans.tid.set(row, random.nextInt());
			spans.endTid.set(row, random.nextInt());
			spans.connection.set(row, bits(random));
			spans.tuple.set(row, bits(random));
			spans.sequence.set(row, random.nextInt());
			for (int n = random.nextInt(5); n > 0; n--) {
				spans.addAttribute(names.id(text(random)), spans.values.id(text(random)));
			}
			for (int n = random.nextInt(4); n > 0; n--) {
				spans.addToken(bits(random));
			}
			for (int n = random.nextInt(3); n > 0; n--) {
				spans.addLink(bits(random));
			}
		}
		return spans;
	}

	/** One row as text, with its strings written out: equal texts are equal rows. */
	public static String row(SpanTable spans, int row) {
		StringBuilder out = new StringBuilder();
		out.append("span ").append(spans.spanId.get(row)).append(" parent ").append(spans.parentId.get(row))
				.append(" app span ")
				.append(spans.appSpanId.get(row)).append(" host ").append(spans.names.text(spans.host.get(row)))
				.append(" trace ").append(spans.traceIdHigh.get(row)).append(':').append(spans.traceIdLow.get(row))
				.append(" confidence ").append(spans.confidence.get(row)).append(" kind ").append(spans.kind.get(row))
				.append(" flags ").append(spans.flags.get(row)).append(" start ").append(spans.startNanos.get(row))
				.append(" first ").append(spans.firstByteNanos.get(row)).append(" end ").append(spans.endNanos.get(row))
				.append(" service ").append(spans.names.text(spans.service.get(row)))
				.append(" operation ").append(spans.names.text(spans.operation.get(row)))
				.append(" status ").append(spans.status.get(row))
				.append(" peer ").append(spans.names.text(spans.peer.get(row)))
				.append(" pid ").append(spans.pid.get(row)).append(" tid ").append(spans.tid.get(row))
				.append(" endTid ").append(spans.endTid.get(row)).append(" connection ").append(spans.connection.get(row))
				.append(" tuple ").append(spans.tuple.get(row)).append(" sequence ").append(spans.sequence.get(row));
		for (int i = 0; i < spans.attributeCount(row); i++) {
			out.append(' ').append(spans.names.text(spans.attributeKey(row, i))).append('=')
					.append(spans.values.text(spans.attributeValue(row, i)));
		}
		for (int i = 0; i < spans.tokenCount(row); i++) {
			out.append(" token ").append(spans.token(row, i));
		}
		for (int i = 0; i < spans.linkCount(row); i++) {
			out.append(" link ").append(spans.link(row, i));
		}
		return out.toString();
	}

	private static long bits(Random random) {
		return random.nextInt(5) == 0 ? 0 : random.nextLong();
	}

	private static String text(Random random) {
		return switch (random.nextInt(8)) {
			case 0 -> "";
			case 1 -> "Zürich, 東京 🚂 " + random.nextInt(50);
			default -> "text-" + random.nextInt(200);
		};
	}
}
