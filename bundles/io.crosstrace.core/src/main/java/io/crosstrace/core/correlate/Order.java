package io.crosstrace.core.correlate;

/** Sorts row numbers by a column of longs. */
final class Order {
	private Order() {
	}

	/** Numbers 0 to n - 1 by key, equals by number. Stable merge sort; linear for what is sorted already. */
	static int[] by(long[] keys, int n) {
		int[] rows = new int[n];
		for (int i = 0; i < n; i++) {
			rows[i] = i;
		}
		int[] from = rows;
		int[] to = new int[n];
		for (int width = 1; width < n; width *= 2) {
			for (int low = 0; low < n; low += 2 * width) {
				merge(keys, from, to, low, Math.min(low + width, n), Math.min(low + 2 * width, n));
			}
			int[] swap = from;
			from = to;
			to = swap;
		}
		return from;
	}

	private static void merge(long[] keys, int[] from, int[] to, int low, int middle, int high) {
		if (middle >= high || keys[from[middle - 1]] <= keys[from[middle]]) {
			System.arraycopy(from, low, to, low, high - low);
			return;
		}
		int left = low;
		int right = middle;
		for (int at = low; at < high; at++) {
			boolean takeLeft = right >= high || left < middle && keys[from[left]] <= keys[from[right]];
			to[at] = takeLeft ? from[left++] : from[right++];
		}
	}
}
