package io.crosstrace.benchmarks;

import java.nio.charset.StandardCharsets;

/** Speed of the PostgreSQL road: a prepared statement, a statement with literals, and many rows. */
public final class ParsePostgresBench implements Bench {
	private static final ParseRoad.Patch NONE = (buffer, request, answer, call) -> { };
	private static final byte[] STARTUP = ParseRoad.bytes("\0\0\0\40\0\3\0\0user\0ada\0database\0shop\0\0");
	private static final String COMPLETE = "C\0\0\0\15SELECT 1\0Z\0\0\0\5I";

	@Override
	public String name() {
		return "parse-postgresql";
	}

	@Override
	public void run(Report report) {
		String sql = "SELECT id, total FROM orders WHERE customer = $1";
		byte[] parse = join(STARTUP, "P" + length(sql.length() + 9) + "s\0" + sql + "\0\0\0S\0\0\0\4");
		String execute = "B\0\0\0\27\0s\0\0\0\0\1\0\0\0\4" + "4711\0\1\0\1" + "E\0\0\0\11\0\0\0\0\0S\0\0\0\4";
		String row = "D\0\0\0\27\0\2\0\0\0\4" + "4711" + "\0\0\0\5" + "19.99";
		new ParseRoad(ParseRoad.bytes(execute), ParseRoad.bytes("2\0\0\0\4" + row + COMPLETE), NONE, parse,
				ParseRoad.bytes("1\0\0\0\4Z\0\0\0\5I")).play().report(report, "a prepared statement bound, executed and synced, one row");
		String literal = "SELECT id, total FROM orders WHERE customer = 'ada lovelace' AND total > 19.99";
		ParseRoad simple = new ParseRoad(ParseRoad.bytes("Q" + length(literal.length() + 5) + literal + "\0"),
				ParseRoad.bytes(row + COMPLETE), NONE, STARTUP, ParseRoad.bytes("Z\0\0\0\5I")).play();
		report.figure(simple.messageNanos, "ns", "per message (half of a call), a statement of 79 characters with literals to mask");
		ParseRoad rows = new ParseRoad(ParseRoad.bytes(execute), ParseRoad.bytes("2\0\0\0\4" + row.repeat(2000) + COMPLETE), NONE, parse,
				ParseRoad.bytes("1\0\0\0\4Z\0\0\0\5I")).play();
		report.figure(rows.bytesPerSecond / 1e9, "GB/s", "one core, answers of 2,000 rows of 24 bytes in one record, captured whole");
	}

	private static String length(int length) {
		return "\0\0\0" + (char) length;
	}

	private static byte[] join(byte[] start, String rest) {
		return ParseRoad.bytes(new String(start, StandardCharsets.ISO_8859_1) + rest);
	}
}
