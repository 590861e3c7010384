package io.crosstrace.shop.score;

import io.crosstrace.shop.ids.CallId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the services wrote down about calls whose bytes hold no id, as {@code io.crosstrace.shop.ids.Ledger} writes it,
 * and which span each is. A span is a call's if it has the call's name, or its verb where no more is known, and was sent
 * by the thread that made it, after that began and before it ended; a delivery's if it has its tag, a sent message's if
 * it has its id.
 */
final class Ledgers {
	/** The spans' clock and the services' differ by no more. */
	private static final long SLACK_MICROS = 50;
	/** At both ends of a recording, what was going on is not asked for. */
	private static final long MARGIN_MICROS = 1_000_000;

	private static final class Entry {
		final CallId call;
		final CallId cause;
		final String name;
		final long from;
		final long to;
		long span;

		Entry(CallId call, CallId cause, String name, long from, long to) {
			this.call = call;
			this.cause = cause;
			this.name = name;
			this.from = from;
			this.to = to;
		}

		boolean isNamed(String operation) {
			return name.startsWith(operation) && (name.length() == operation.length() || name.charAt(operation.length()) == ' ');
		}
	}

	private final Map<String, List<Entry>> threads = new HashMap<>();
	private final Map<String, Entry> deliveries = new HashMap<>();
	private final Map<CallId, Entry> entries = new HashMap<>();
	private final Set<String> names = new HashSet<>();
	private final Map<CallId, CallId> causes = new HashMap<>();
	private final Map<Long, Entry> claimed = new HashMap<>();
	private final Map<Long, Long> unclaimed = new HashMap<>();
	private long first = Long.MAX_VALUE;
	private long last;

	/** @param folder holds a file a process, or null for none; a line that was cut off is passed over */
	static Ledgers read(Path folder) throws IOException {
		Ledgers ledgers = new Ledgers();
		if (folder != null) {
			try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.ledger")) {
				for (Path file : files) {
					Files.readAllLines(file).forEach(line -> ledgers.add(line.split("\t")));
				}
			}
			ledgers.threads.values().forEach(entries -> entries.sort(Comparator.comparingLong(entry -> entry.from)));
		}
		return ledgers;
	}

	private void add(String[] line) {
		if (line.length != 8) {
			return;
		}
		CallId cause = line[1].equals("-") ? null : CallId.valueOf(line[1]);
		Entry entry = new Entry(CallId.valueOf(line[0]), cause, line[4], Long.parseLong(line[5]), Long.parseLong(line[6]));
		entries.put(entry.call, entry);
		names.add(line[2] + ' ' + line[4]);
		if (cause == null) {
			threads.computeIfAbsent(line[2] + ' ' + line[3], key -> new ArrayList<>()).add(entry);
		} else {
			causes.put(entry.call, cause);
			deliveries.put(line[2] + ' ' + line[7], entry);
		}
	}

	/** Every span there is, so that it is known from when to when there are any. */
	void seen(long startMicros) {
		first = Math.min(first, startMicros);
		last = Math.max(last, startMicros);
	}

	/** @return the call that a span is, or null if nobody wrote it down; the same for the same span */
	CallId claim(long span, long pid, long tid, String operation, long startMicros, String deliveryTag) {
		Entry known = claimed.get(span);
		if (known != null) {
			return known.call;
		}
		Entry entry = deliveryTag.isEmpty()
				? sent(threads.getOrDefault(pid + " " + tid, List.of()), operation, startMicros)
				: deliveries.get(pid + " " + deliveryTag);
		if (entry == null || entry.span != 0) {
			if (names.contains(pid + " " + operation)) {
				unclaimed.put(span, startMicros);
			}
			return null;
		}
		entry.span = span;
		claimed.put(span, entry);
		return entry.call;
	}

	/** A span that bears the id of its call itself, as a message does: whose thread sent it is not asked. */
	void claim(long span, CallId call) {
		Entry entry = entries.get(call);
		if (entry != null) {
			entry.span = span;
			claimed.put(span, entry);
		}
	}

	/** The one that began last: on a thread that carries others, it is the one that sent. */
	private static Entry sent(List<Entry> entries, String operation, long startMicros) {
		int low = 0;
		int high = entries.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (entries.get(middle).from <= startMicros + SLACK_MICROS) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		for (int i = low - 1; i >= Math.max(0, low - 20); i--) {
			Entry entry = entries.get(i);
			if (entry.span == 0 && entry.isNamed(operation) && startMicros <= entry.to + SLACK_MICROS) {
				return entry;
			}
		}
		return null;
	}

	/** The call that sent the message that this one took; null if it took none. */
	CallId cause(CallId taken) {
		return causes.get(taken);
	}

	private boolean within(long micros) {
		return micros > first + MARGIN_MICROS && micros < last - MARGIN_MICROS;
	}

	/** How many calls were made while spans were recorded. */
	long calls() {
		return count(false);
	}

	/** How many of them have no span. */
	long missing() {
		return count(true);
	}

	private long count(boolean withoutSpan) {
		long count = 0;
		for (List<Entry> entries : threads.values()) {
			count += entries.stream().filter(entry -> within(entry.from) && (!withoutSpan || entry.span == 0)).count();
		}
		return count + deliveries.values().stream().filter(entry -> within(entry.from) && (!withoutSpan || entry.span == 0)).count();
	}

	/** How many spans have the name of such a call, and no call is theirs. */
	long invented() {
		return unclaimed.values().stream().filter(this::within).count();
	}
}
