package io.crosstrace.wire;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.proto.SpanBatch;
import java.util.Arrays;

/**
 * Turns rows of a span table into a batch. One thread; keeps only scratch space between calls, so batches
 * do not depend on each other. About 100 bytes and 0.5 µs a row.
 */
public final class SpanEncoder {
	private final Strings names = new Strings();
	private final Strings values = new Strings();

	/**
	 * @param firstSpan number of the first row in the agent's stream
	 * @param unixOffsetNanos what to add to the table's times to make them Unix time; 0 if they are already
	 */
	public SpanBatch encode(SpanTable spans, int fromRow, int toRow, long firstSpan, long unixOffsetNanos) {
		if (fromRow < 0 || toRow < fromRow || toRow > spans.size()) {
			throw new IllegalArgumentException("no such rows: [" + fromRow + ", " + toRow + ") of " + spans.size());
		}
		names.begin(spans.names);
		values.begin(spans.values);
		SpanBatch.Builder batch = SpanBatch.newBuilder().setFirstSpan(firstSpan).setSize(toRow - fromRow);
		boolean traceIds = false;
		boolean appSpanIds = false;
		boolean hosts = false;
		boolean links = false;
		for (int row = fromRow; row < toRow; row++) {
			traceIds |= (spans.traceIdHigh.get(row) | spans.traceIdLow.get(row)) != 0;
			appSpanIds |= spans.appSpanId.get(row) != 0;
			hosts |= spans.host.get(row) != 0;
			links |= spans.linkCount(row) != 0;
		}
		long lastStart = 0;
		for (int row = fromRow; row < toRow; row++) {
			batch.addSpanId(spans.spanId.get(row));
			batch.addParentId(spans.parentId.get(row));
			if (traceIds) {
				batch.addTraceIdHigh(spans.traceIdHigh.get(row));
				batch.addTraceIdLow(spans.traceIdLow.get(row));
			}
			if (appSpanIds) {
				batch.addAppSpanId(spans.appSpanId.get(row));
			}
			if (hosts) {
				batch.addHost(names.position(spans.host.get(row)));
			}
			batch.addConfidence(spans.confidence.get(row));
			batch.addKind(spans.kind.get(row));
			batch.addFlags(spans.flags.get(row));

			long start = spans.startNanos.get(row) + unixOffsetNanos;
			batch.addStart(start - lastStart);
			lastStart = start;
			batch.addFirstByte(sinceStart(spans.startNanos.get(row), spans.firstByteNanos.get(row)));
			batch.addEnd(sinceStart(spans.startNanos.get(row), spans.endNanos.get(row)));

			batch.addService(names.position(spans.service.get(row)));
			batch.addOperation(names.position(spans.operation.get(row)));
			batch.addStatus(spans.status.get(row));
			batch.addPeer(names.position(spans.peer.get(row)));
			int pid = spans.pid.get(row);
			batch.addPid(pid);
			batch.addTid(spans.tid.get(row) - pid);
			batch.addEndTid(spans.endTid.get(row) - pid);
			batch.addConnection(spans.connection.get(row));
			batch.addTuple(spans.tuple.get(row));
			batch.addSequence(spans.sequence.get(row));

			int attributes = spans.attributeCount(row);
			batch.addAttributesInRow(attributes);
			for (int i = 0; i < attributes; i++) {
				batch.addAttribute(names.position(spans.attributeKey(row, i)));
				batch.addAttribute(values.position(spans.attributeValue(row, i)));
			}
			int tokens = spans.tokenCount(row);
			batch.addTokensInRow(tokens);
			for (int i = 0; i < tokens; i++) {
				batch.addToken(spans.token(row, i));
			}
			if (links) {
				batch.addLinksInRow(spans.linkCount(row));
				for (int i = 0; i < spans.linkCount(row); i++) {
					batch.addLink(spans.link(row, i));
				}
			}
		}
		for (int i = 0; i < names.count; i++) {
			batch.addNames(spans.names.text(names.used[i]));
		}
		for (int i = 0; i < values.count; i++) {
			batch.addValues(spans.values.text(values.used[i]));
		}
		return batch.build();
	}

	/** 0 stays 0 ("none"), so differences from 0 up move up by one to make room for it. */
	private static long sinceStart(long start, long time) {
		if (time == 0) {
			return 0;
		}
		long since = time - start;
		return since >= 0 ? since + 1 : since;
	}

	/** Which of a dictionary's strings a batch uses, and where it puts them. */
	private static final class Strings {
		/** By id: position in the batch plus one; 0 if not used yet. */
		private int[] positions = new int[64];
		private int[] used = new int[64];
		private int count;

		void begin(Dictionary dictionary) {
			for (int i = 0; i < count; i++) {
				positions[used[i]] = 0;
			}
			count = 0;
			int size = dictionary.size();
			if (size > positions.length) {
				positions = Arrays.copyOf(positions, Math.max(size, positions.length * 2));
			}
			position(0);
		}

		int position(int id) {
			if (id >= positions.length) {
				positions = Arrays.copyOf(positions, Math.max(id + 1, positions.length * 2));
			}
			if (positions[id] == 0) {
				if (count == used.length) {
					used = Arrays.copyOf(used, count * 2);
				}
				used[count++] = id;
				positions[id] = count;
			}
			return positions[id] - 1;
		}
	}
}
