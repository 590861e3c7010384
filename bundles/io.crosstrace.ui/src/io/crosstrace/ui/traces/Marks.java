package io.crosstrace.ui.traces;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.session.TraceList;
import java.util.BitSet;

/** Which traces of a list are chosen, by the rows of their roots: one leads, others may be chosen with it. UI thread. */
final class Marks {
	private static final int NONE = -1;

	private BitSet roots = new BitSet();
	private int lead = NONE;
	/** Where a stretch of rows begins. */
	private int anchor = NONE;

	/** The row of the leading trace's root, or -1. */
	int lead() {
		return lead;
	}

	boolean has(int root) {
		return root == lead || roots.get(root);
	}

	/** All of them; the caller's to keep. */
	BitSet roots() {
		return (BitSet) roots.clone();
	}

	void only(int root) {
		roots = new BitSet();
		if (root >= 0) {
			roots.set(root);
		}
		lead = root;
		anchor = root;
	}

	/** One more, or one less but for the last. */
	void toggle(int root) {
		if (roots.get(root) && roots.cardinality() > 1) {
			roots.clear(root);
			lead = lead == root ? roots.nextSetBit(0) : lead;
		} else {
			roots.set(root);
			lead = root;
		}
		anchor = lead;
	}

	/** All from the last one chosen alone to a position, which leads. */
	void extend(TraceList list, int position) {
		int from = anchor == NONE ? position : list.position(anchor);
		from = from < 0 ? position : from;
		roots = new BitSet();
		for (int i = Math.min(from, position); i <= Math.max(from, position); i++) {
			roots.set(list.trace(i).rootRow());
		}
		lead = list.trace(position).rootRow();
	}

	void all(TraceList list) {
		for (int i = 0; i < list.size(); i++) {
			roots.set(list.trace(i).rootRow());
		}
		if (lead == NONE && list.size() > 0) {
			lead = list.trace(0).rootRow();
		}
	}

	/** The chosen trace leads, with those that are chosen with it. */
	void lead(int root) {
		if (root < 0 || !roots.get(root)) {
			only(root);
		}
		lead = root;
	}

	/** Finds them again where spans that came late have given traces other roots. */
	void follow(Traces traces) {
		if (roots.cardinality() < 2) {
			return;
		}
		BitSet now = new BitSet();
		for (int row = roots.nextSetBit(0); row >= 0; row = roots.nextSetBit(row + 1)) {
			Trace trace = traces.of(row);
			if (trace != null) {
				now.set(trace.rootRow());
			}
		}
		roots = now;
	}
}
