package io.crosstrace.wire;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.proto.SpanBatch;
import java.util.List;

/** Turns a batch back into a span table. No state; any thread. */
public final class SpanDecoder {
	private SpanDecoder() {
	}

	/**
	 * @param names takes the batch's names; the table's values are its own
	 * @throws ProtocolException if the batch contradicts itself (columns of unequal length, a string that is
	 *         not there); the names may have grown, nothing else happened
	 */
	public static SpanTable decode(SpanBatch batch, Dictionary names) throws ProtocolException {
		check(batch);
		int[] nameIds = ids(batch.getNamesList(), names);
		SpanTable spans = new SpanTable(names);
		int[] valueIds = ids(batch.getValuesList(), spans.values);
		boolean traceIds = batch.getTraceIdHighCount() > 0;
		long start = 0;
		int attribute = 0;
		int token = 0;
		int link = 0;
		for (int i = 0; i < batch.getSize(); i++) {
			int row = spans.add();
			spans.spanId.set(row, batch.getSpanId(i));
			spans.parentId.set(row, batch.getParentId(i));
			if (traceIds) {
				spans.traceIdHigh.set(row, batch.getTraceIdHigh(i));
				spans.traceIdLow.set(row, batch.getTraceIdLow(i));
			}
			if (batch.getAppSpanIdCount() > 0) {
				spans.appSpanId.set(row, batch.getAppSpanId(i));
			}
			if (batch.getHostCount() > 0) {
				spans.host.set(row, at(nameIds, batch.getHost(i)));
			}
			spans.confidence.set(row, batch.getConfidence(i));
			spans.kind.set(row, batch.getKind(i));
			spans.flags.set(row, batch.getFlags(i));

			start += batch.getStart(i);
			spans.startNanos.set(row, start);
			spans.firstByteNanos.set(row, time(start, batch.getFirstByte(i)));
			spans.endNanos.set(row, time(start, batch.getEnd(i)));

			spans.service.set(row, at(nameIds, batch.getService(i)));
			spans.operation.set(row, at(nameIds, batch.getOperation(i)));
			spans.status.set(row, batch.getStatus(i));
			spans.peer.set(row, at(nameIds, batch.getPeer(i)));
			int pid = batch.getPid(i);
			spans.pid.set(row, pid);
			spans.tid.set(row, pid + batch.getTid(i));
			spans.endTid.set(row, pid + batch.getEndTid(i));
			spans.connection.set(row, batch.getConnection(i));
			spans.tuple.set(row, batch.getTuple(i));
			spans.sequence.set(row, batch.getSequence(i));

			int attributeEnd = end(attribute, batch.getAttributesInRow(i), 2, batch.getAttributeCount());
			for (; attribute < attributeEnd; attribute += 2) {
				spans.addAttribute(at(nameIds, batch.getAttribute(attribute)),
						at(valueIds, batch.getAttribute(attribute + 1)));
			}
			int tokenEnd = end(token, batch.getTokensInRow(i), 1, batch.getTokenCount());
			for (; token < tokenEnd; token++) {
				spans.addToken(batch.getToken(token));
			}
			if (batch.getLinksInRowCount() > 0) {
				int linkEnd = end(link, batch.getLinksInRow(i), 1, batch.getLinkCount());
				for (; link < linkEnd; link++) {
					spans.addLink(batch.getLink(link));
				}
			}
		}
		return spans;
	}

	private static void check(SpanBatch batch) throws ProtocolException {
		int size = batch.getSize();
		int[] counts = { batch.getSpanIdCount(), batch.getParentIdCount(), batch.getConfidenceCount(),
				batch.getKindCount(), batch.getFlagsCount(), batch.getStartCount(), batch.getFirstByteCount(),
				batch.getEndCount(), batch.getServiceCount(), batch.getOperationCount(), batch.getStatusCount(),
				batch.getPeerCount(), batch.getPidCount(), batch.getTidCount(), batch.getEndTidCount(),
				batch.getConnectionCount(), batch.getTupleCount(), batch.getSequenceCount(),
				batch.getAttributesInRowCount(), batch.getTokensInRowCount() };
		for (int count : counts) {
			if (count != size) {
				throw new ProtocolException("a batch of " + size + " spans has a column of " + count);
			}
		}
		int[] optional = { batch.getTraceIdHighCount(), batch.getTraceIdLowCount(), batch.getAppSpanIdCount(),
				batch.getHostCount(), batch.getLinksInRowCount() };
		for (int count : optional) {
			if (count != 0 && count != size) {
				throw new ProtocolException("a batch of " + size + " spans has a column of " + count);
			}
		}
		if (optional[0] != optional[1]) {
			throw new ProtocolException("a batch has halves of trace ids");
		}
	}

	private static int[] ids(List<String> texts, Dictionary dictionary) {
		int[] ids = new int[texts.size()];
		for (int i = 0; i < ids.length; i++) {
			ids[i] = dictionary.id(texts.get(i));
		}
		return ids;
	}

	private static int at(int[] ids, int position) throws ProtocolException {
		if (position < 0 || position >= ids.length) {
			throw new ProtocolException("a batch of " + ids.length + " strings uses string " + position);
		}
		return ids[position];
	}

	private static int end(int from, int entries, int width, int available) throws ProtocolException {
		long end = from + (long) width * entries;
		if (entries < 0 || end > available) {
			throw new ProtocolException("a batch of " + available + " pool entries uses entry " + end);
		}
		return (int) end;
	}

	private static long time(long start, long sinceStart) {
		return sinceStart == 0 ? 0 : start + (sinceStart > 0 ? sinceStart - 1 : sinceStart);
	}
}
