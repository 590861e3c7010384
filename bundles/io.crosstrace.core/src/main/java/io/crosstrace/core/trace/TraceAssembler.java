package io.crosstrace.core.trace;

import java.util.Arrays;
import io.crosstrace.core.span.IntColumn;
import io.crosstrace.core.span.SpanTable;

/**
 * Links spans into traces as they arrive, in any order, from any number of hosts.
 *
 * <p>A span hangs below the row that bears its parentId. A request whose parentId is unknown or has not arrived hangs
 * below the other end of its connection ({@link WireJoin}), until the row it names arrives. Loops and missing parents
 * are normal: a loop is cut at its earliest span, and a span without parent is a root.
 *
 * <p>One thread; what {@link #snapshot} answers is for all. Cost: O(1) a row, and each snapshot O(spans of traces
 * that changed + number of traces + 4 bytes copied a row). About 90 bytes a row beyond the table.
 */
public final class TraceAssembler {
	private static final int NONE = -1;

	private SpanTable spans;
	private Forest forest;
	private WireJoin wire;
	private final ClockSkew skew = new ClockSkew();
	private final LongIntMap rowOfId = new LongIntMap();
	private final LongIntMap lastWaiting = new LongIntMap();
	private final IntColumn waitingRow = new IntColumn();
	private final IntColumn beforeWaiting = new IntColumn();
	private int waitings;
	private int freeWaiting = NONE;
	private final IntColumn lastService = new IntColumn();
	private final IntColumn rebuilt = new IntColumn();
	private int[] changed = new int[256];
	private int changes;
	private int seen;
	private long duplicates;
	private int round;
	private int builds;
	private Traces latest;

	/**
	 * Takes in the rows appended since the last call.
	 *
	 * @param spans always the same table
	 * @throws IllegalArgumentException if it is another table
	 */
	public void update(SpanTable spans) {
		if (this.spans == null) {
			this.spans = spans;
			forest = new Forest(spans.startNanos);
			wire = new WireJoin(spans);
		} else if (this.spans != spans) {
			throw new IllegalArgumentException("another table, of " + spans.size() + " rows");
		}
		while (seen < spans.size()) {
			add(seen++);
		}
	}

	/** The row with a span id among those taken in, or -1. O(1). */
	public int row(long spanId) {
		return spanId == 0 ? NONE : rowOfId.get(spanId);
	}

	/** Says that the parentId of a row, taken in before, was written again. */
	public void revised(int row) {
		int above = forest.parent(row);
		if (above != NONE) {
			changed(above);
			forest.unlink(row);
		}
		hang(row);
		changed(row);
	}

	/** The traces as they are now; the same object as before if nothing changed. */
	public Traces snapshot() {
		if (spans == null) {
			throw new IllegalStateException("no table yet: update comes first");
		}
		if (changes == 0 && latest != null) {
			return latest;
		}
		round++;
		forest.refresh();
		ClockSkew.Offsets clocks = skew.offsets();
		Trace[] fresh = new Trace[16];
		int count = 0;
		for (int i = 0; i < changes; i++) { // grows while loops are cut
			int root = forest.top(changed[i]);
			if (rebuilt.get(root) == round) {
				continue;
			}
			rebuilt.set(root, round);
			if (count == fresh.length) {
				fresh = Arrays.copyOf(fresh, count * 2);
			}
			fresh[count++] = build(root, clocks);
		}
		changes = 0;
		Arrays.sort(fresh, 0, count, (a, b) -> order(spans, a.rootRow(), b.rootRow()));
		latest = new Traces(spans.frozen(), merge(fresh, count), roots(), clocks, duplicates);
		return latest;
	}

	static int order(SpanTable spans, int a, int b) {
		int byStart = Long.compare(spans.startNanos.get(a), spans.startNanos.get(b));
		return byStart != 0 ? byStart : Integer.compare(a, b);
	}

	private void add(int row) {
		long id = spans.spanId.get(row);
		if (id != 0) {
			if (rowOfId.get(id) != NONE) {
				duplicates++;
				rebuilt.set(row, -1);
				return;
			}
			rowOfId.put(id, row);
		}
		int other = wire.add(row);
		hang(row);
		if (id != 0) {
			adopt(id, row);
		}
		if (other != NONE && !spans.isRequest(row) && forest.parent(other) == NONE) {
			hang(other); // a request that came before its call, and has no better parent
			changed(other);
		}
		changed(row);
	}

	/** Links a row that has no parent, if its parent is here; otherwise it waits. */
	private void hang(int row) {
		long parentId = spans.parentId.get(row);
		int above = row(parentId);
		if (above == NONE && parentId != 0) {
			await(parentId, row);
		}
		if (above == NONE && spans.isRequest(row)) {
			above = wire.other(row);
		}
		if (above == NONE || above == row) {
			return;
		}
		forest.link(row, above);
		if (spans.host.get(row) != spans.host.get(above) && spans.isRequest(row) && !spans.isRequest(above)) {
			skew.sample(spans.host.get(above), spans.host.get(row), spans.startNanos.get(above),
					spans.startNanos.get(row), spans.endNanos.get(row), spans.endNanos.get(above));
		}
	}

	/** Gives a row the children that waited for its id. */
	private void adopt(long id, int row) {
		int waiting = lastWaiting.get(id);
		if (waiting == NONE) {
			return;
		}
		lastWaiting.put(id, NONE);
		while (waiting != NONE) {
			int child = waitingRow.get(waiting);
			int before = beforeWaiting.get(waiting);
			beforeWaiting.set(waiting, freeWaiting);
			freeWaiting = waiting;
			waiting = before;
			if (spans.parentId.get(child) == id) { // not revised since
				revised(child);
			}
		}
	}

	private void await(long parentId, int row) {
		int waiting = freeWaiting;
		if (waiting == NONE) {
			waiting = waitings++;
		} else {
			freeWaiting = beforeWaiting.get(waiting);
		}
		waitingRow.set(waiting, row);
		beforeWaiting.set(waiting, lastWaiting.get(parentId));
		lastWaiting.put(parentId, waiting);
	}

	private void changed(int row) {
		if (changes == changed.length) {
			changed = Arrays.copyOf(changed, changes * 2);
		}
		changed[changes++] = row;
	}

	private Trace build(int root, ClockSkew.Offsets clocks) {
		int[][] order = forest.depthFirst(root);
		long start = Long.MAX_VALUE;
		long end = Long.MIN_VALUE;
		int services = 0;
		int errors = 0;
		builds++;
		for (int row : order[0]) {
			long ahead = clocks.ahead(spans.host.get(row));
			long spanStart = spans.startNanos.get(row);
			start = Math.min(start, spanStart - ahead);
			end = Math.max(end, Math.max(spanStart, spans.endNanos.get(row)) - ahead);
			int service = spans.service.get(row);
			if (lastService.get(service) != builds) {
				lastService.set(service, builds);
				services++;
			}
			errors += spans.has(row, SpanTable.ERROR) ? 1 : 0;
		}
		return new Trace(order[0], order[1], start, end, services, errors);
	}

	/** The traces of before that still stand, and the fresh ones, by start. */
	private Trace[] merge(Trace[] fresh, int count) {
		Trace[] merged = new Trace[(latest == null ? 0 : latest.size()) + count];
		int size = 0;
		int next = 0;
		for (int i = 0; latest != null && i < latest.size(); i++) {
			Trace old = latest.byStart(i);
			int root = old.rootRow();
			if (rebuilt.get(root) == round || forest.parent(root) != NONE) {
				continue;
			}
			while (next < count && order(spans, fresh[next].rootRow(), root) < 0) {
				merged[size++] = fresh[next++];
			}
			merged[size++] = old;
		}
		while (next < count) {
			merged[size++] = fresh[next++];
		}
		return Arrays.copyOf(merged, size);
	}

	private int[] roots() {
		int[] roots = new int[seen];
		for (int row = 0; row < seen; row++) {
			roots[row] = rebuilt.get(row) == -1 ? NONE : forest.lastTop(row);
		}
		return roots;
	}
}
