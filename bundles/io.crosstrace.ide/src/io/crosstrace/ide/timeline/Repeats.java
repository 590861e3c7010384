package io.crosstrace.ide.timeline;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Siblings that did the same thing: below one parent, by the same service, the same operation, the same kind. They
 * need not follow each other, since a loop that asks two services alternates between them.
 *
 * <p>Immutable; any thread. Making one is linear; 12 bytes a span, and 8 more while it is made.
 */
final class Repeats {
	/** Fewer are no group. */
	static final int LEAST = 3;

	private final int[] head;
	private final int[] next;
	private final int[] count;

	private Repeats(int size) {
		head = new int[size];
		next = new int[size];
		count = new int[size];
	}

	static Repeats of(Trace trace, SpanTable spans) {
		int size = trace.size();
		Repeats repeats = new Repeats(size);
		Arrays.fill(repeats.next, Trace.NONE);
		int[] last = new int[size];
		int[] table = new int[Integer.highestOneBit(Math.max(4, size)) * 4]; // head + 1; 0 is free
		for (int i = 0; i < size; i++) {
			int at = hash(trace, spans, i) & table.length - 1;
			while (table[at] != 0 && !same(trace, spans, table[at] - 1, i)) {
				at = at + 1 & table.length - 1;
			}
			if (table[at] == 0) {
				table[at] = i + 1;
			} else {
				repeats.next[last[table[at] - 1]] = i;
			}
			int first = table[at] - 1;
			repeats.head[i] = first;
			repeats.count[first]++;
			last[first] = i;
		}
		return repeats;
	}

	private static int hash(Trace trace, SpanTable spans, int index) {
		int row = trace.row(index);
		int hash = trace.parent(index);
		hash = hash * 0x9E3779B1 + spans.service.get(row);
		hash = hash * 0x9E3779B1 + spans.operation.get(row);
		hash = hash * 0x9E3779B1 + spans.kind.get(row);
		return hash ^ hash >>> 15;
	}

	private static boolean same(Trace trace, SpanTable spans, int a, int b) {
		int rowA = trace.row(a);
		int rowB = trace.row(b);
		return trace.parent(a) == trace.parent(b) && spans.service.get(rowA) == spans.service.get(rowB)
				&& spans.operation.get(rowA) == spans.operation.get(rowB)
				&& spans.kind.get(rowA) == spans.kind.get(rowB);
	}

	/** The first span of the group that a span is in; itself if nothing did the same before. */
	int head(int index) {
		return head[index];
	}

	/** How many spans are in the group with this head. */
	int count(int head) {
		return count[head];
	}

	/** The next span of the group, or {@link Trace#NONE}. */
	int next(int index) {
		return next[index];
	}

	/** Whether the group a span is in is large enough to be shown as one. */
	boolean isGroup(int index) {
		return count[head[index]] >= LEAST;
	}

	/** The heads of all groups of at least {@code least} spans. */
	BitSet groups(int least) {
		BitSet heads = new BitSet();
		for (int i = 0; i < head.length; i++) {
			if (head[i] == i && count[i] >= least) {
				heads.set(i);
			}
		}
		return heads;
	}
}
