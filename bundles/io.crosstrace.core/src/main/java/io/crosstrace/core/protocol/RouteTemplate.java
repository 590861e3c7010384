package io.crosstrace.core.protocol;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.span.SpanIds;

/**
 * Guesses the route behind a URL path: {@code /orders/4711/items} becomes {@code /orders/{id}/items}.
 *
 * <p>A segment is an id by its looks (digits, hex, UUIDs, long random letters, percent-encoding), or because
 * its place has already held {@value #MAX_CHILDREN} other words. So the number of routes is bounded
 * whatever paths come; once {@value #MAX_NODES} places are known, a new one has no route.
 *
 * <p>About 1 ns a byte; allocates nothing after construction (200 KB). One thread.
 */
public final class RouteTemplate {
	static final int MAX_CHILDREN = 64;
	static final int MAX_NODES = 4000;
	private static final int MAX_SEGMENTS = 12;
	private static final byte[] ID = "{id}".getBytes(StandardCharsets.US_ASCII);
	private static final long ROOT = 1;
	private static final int MASK = (1 << 14) - 1;

	private final long[] nodes = new long[MASK + 1];
	private final int[] children = new int[MASK + 1];
	private int known;

	/** Takes each segment that looks like an id, as a range of the path's array. */
	@FunctionalInterface
	public interface Ids {
		void id(int from, int to);
	}

	/**
	 * Writes the route of a path.
	 *
	 * @param out has room for {@code to - from} + 64 bytes behind {@code at}
	 * @return the end of the route in {@code out}, or -1 if there is none
	 */
	public int write(byte[] path, int from, int to, byte[] out, int at, Ids ids) {
		long node = ROOT;
		int segments = 0;
		int end = at;
		for (int i = from; i < to;) {
			int start = i + 1; // behind the slash
			int stop = Ascii.indexOf(path, start, to, (byte) '/');
			stop = stop < 0 ? to : stop;
			i = stop;
			if (++segments > MAX_SEGMENTS) {
				out[end++] = '/';
				out[end++] = '*';
				return end;
			}
			out[end++] = '/';
			int bare = Ascii.indexOf(path, start, stop, (byte) ';'); // matrix parameters are no part of a route
			bare = bare < 0 ? stop : bare;
			boolean id = looksLikeId(path, start, bare);
			if (id) {
				ids.id(start, bare);
			}
			long child = id ? 0 : child(node, path, start, bare);
			if (child == -1) {
				return -1;
			}
			if (child == 0) {
				System.arraycopy(ID, 0, out, end, ID.length);
				end += ID.length;
				node = SpanIds.mix64(node + 2);
			} else {
				System.arraycopy(path, start, out, end, bare - start);
				end += bare - start;
				node = child;
			}
		}
		return end;
	}

	/** The place of a word behind {@code node}: 0 if it is one too many for its place, -1 if for all. */
	private long child(long node, byte[] path, int from, int to) {
		long child = SpanIds.mix64(node * 31 + Ascii.hash(path, from, to)) | 2; // never 0, never ROOT
		int slot = slot(child);
		if (nodes[slot] == child) {
			return child;
		}
		int parent = slot(node);
		if (nodes[parent] == node && children[parent] >= MAX_CHILDREN) {
			return 0;
		}
		if (known + 2 > MAX_NODES) {
			return -1;
		}
		if (nodes[parent] != node) { // a place reached through an id
			nodes[parent] = node;
			known++;
		}
		children[parent]++;
		nodes[slot(child)] = child; // again: the parent may have taken the slot
		known++;
		return child;
	}

	private int slot(long node) {
		int slot = (int) node & MASK;
		while (nodes[slot] != 0 && nodes[slot] != node) {
			slot = slot + 1 & MASK;
		}
		return slot;
	}

	static boolean looksLikeId(byte[] path, int from, int to) {
		int digits = 0;
		int letters = 0;
		boolean upper = false;
		boolean lower = false;
		boolean separators = false;
		for (int i = from; i < to; i++) {
			byte c = path[i];
			if (Ascii.digit(c)) {
				digits++;
			} else if (Ascii.letter(c)) {
				letters++;
				upper |= c < 'a';
				lower |= c >= 'a';
			} else if (c == '-' || c == '_' || c == '.' || c == '~') {
				separators = true;
			} else {
				return true; // %xx, '@', ',', '=' and what else words of a route do not have
			}
		}
		int length = to - from;
		if (digits == 0) {
			return length > 40 || length >= 20 && upper && lower && !separators;
		}
		boolean version = (path[from] | 0x20) == 'v' && letters == 1 && digits <= 3;
		boolean word = digits == 1 && letters >= 1 && length <= 8 && !separators; // s3, oauth2, i18n's cousins
		return !version && !word;
	}
}
