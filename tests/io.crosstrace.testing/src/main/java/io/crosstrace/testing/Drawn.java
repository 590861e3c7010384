package io.crosstrace.testing;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;

/**
 * Spans as a drawing: each column is 1 ms, a letter is a request (SERVER), a digit is a call (CLIENT).
 * <pre>
 * Drawn.spans(
 *     "AAAAAAAAAA........",
 *     "....BBBBBBBBBBBB..  op=GET_/orders pid=2",
 *     "..00..............",
 *     "......11..........  tid=7 parent=B");
 * </pre>
 * Rows are in reading order: line by line, left to right; a run of equal letters is one span. Its span id is
 * its row + 1. A span starts where its first letter begins and ends where its last letter ends; the
 * answer's first byte is at the end as well. Behind the drawing, {@code key=value} words apply to all
 * spans of the line: op (underscores are spaces), service, peer, pid, tid, endtid, conn, status, trace (its
 * low half), {@code parent} (a letter or digit drawn on any line: sets parentId and nothing else).
 * Without them: op is "GET /a" for A and "call 0" for 0, service "shop", pid 1, tid 0.
 *
 * <p>A malformed drawing is the test's bug: {@link IllegalArgumentException} with the line.
 */
public final class Drawn {
	public static final long COLUMN_NANOS = 1_000_000;
	private static final String LETTER = "drawn";

	private Drawn() {
	}

	public static SpanTable spans(String... lines) {
		return spans(new Dictionary(1000), lines);
	}

	/** As above, with operations and services named in a dictionary of the caller's. */
	public static SpanTable spans(Dictionary names, String... lines) {
		SpanTable table = new SpanTable(names);
		int[] firstRow = new int[lines.length + 1];
		for (int i = 0; i < lines.length; i++) {
			String line = lines[i];
			int end = line.indexOf(' ');
			String drawing = end < 0 ? line : line.substring(0, end);
			for (int at = 0; at < drawing.length();) {
				int from = at;
				char letter = drawing.charAt(at);
				while (at < drawing.length() && drawing.charAt(at) == letter) {
					at++;
				}
				if (letter != '.') {
					add(table, letter, from, at, line);
				}
			}
			firstRow[i + 1] = table.size();
		}
		for (int i = 0; i < lines.length; i++) { // a parent may be drawn on a later line
			for (int row = firstRow[i]; row < firstRow[i + 1]; row++) {
				describe(table, row, lines[i]);
			}
		}
		return table;
	}

	/** The row drawn with {@code letter}; the first if there are several. */
	public static int row(SpanTable table, char letter) {
		for (int row = 0; row < table.size(); row++) {
			if (table.attribute(row, LETTER).equals(String.valueOf(letter))) {
				return row;
			}
		}
		throw new IllegalArgumentException("no span is drawn with '" + letter + "'");
	}

	/** The letter a row was drawn with. */
	public static char letter(SpanTable table, int row) {
		return table.attribute(row, LETTER).charAt(0);
	}

	private static void add(SpanTable table, char letter, int from, int to, String line) {
		boolean call = letter >= '0' && letter <= '9';
		if (!call && !(letter >= 'A' && letter <= 'Z')) {
			throw new IllegalArgumentException("'" + letter + "' is neither A-Z, 0-9 nor '.': " + line);
		}
		int row = table.add();
		table.spanId.set(row, row + 1);
		table.kind.set(row, call ? SpanTable.CLIENT : SpanTable.SERVER);
		table.startNanos.set(row, from * COLUMN_NANOS);
		table.firstByteNanos.set(row, to * COLUMN_NANOS);
		table.endNanos.set(row, to * COLUMN_NANOS);
		table.pid.set(row, 1);
		table.service.set(row, table.names.id("shop"));
		table.operation.set(row, table.names.id(call ? "call " + letter : "GET /" + Character.toLowerCase(letter)));
		table.addAttribute(table.names.id(LETTER), table.values.id(String.valueOf(letter)));
	}

	private static void describe(SpanTable table, int row, String line) {
		String[] words = line.trim().split(" +");
		for (int i = 1; i < words.length; i++) {
			int equals = words[i].indexOf('=');
			if (equals < 0) {
				throw new IllegalArgumentException("'" + words[i] + "' is not key=value: " + line);
			}
			String value = words[i].substring(equals + 1);
			switch (words[i].substring(0, equals)) {
			case "op" -> table.operation.set(row, table.names.id(value.replace('_', ' ')));
			case "service" -> table.service.set(row, table.names.id(value));
			case "peer" -> table.peer.set(row, table.names.id(value));
			case "pid" -> table.pid.set(row, Integer.parseInt(value));
			case "tid" -> table.tid.set(row, Integer.parseInt(value));
			case "endtid" -> table.endTid.set(row, Integer.parseInt(value));
			case "conn" -> table.connection.set(row, Long.parseLong(value));
			case "status" -> table.status.set(row, Integer.parseInt(value));
			case "trace" -> table.traceIdLow.set(row, Long.parseLong(value));
			case "parent" -> table.parentId.set(row, table.spanId.get(row(table, value.charAt(0))));
			default -> throw new IllegalArgumentException("unknown key in '" + words[i] + "': " + line);
			}
		}
	}
}
