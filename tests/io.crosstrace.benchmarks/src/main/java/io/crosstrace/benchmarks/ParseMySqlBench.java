package io.crosstrace.benchmarks;

/** Speed of the MySQL road: text and prepared statements, and many rows. */
public final class ParseMySqlBench implements Bench {
	private static final ParseRoad.Patch NONE = (buffer, request, answer, call) -> { };
	private static final byte[] NOTHING = {}; // the server speaks first
	private static final byte[] GREETING = ParseRoad.bytes(packet(0, "\n8.0.36\0\7\0\0\0abcdefgh\0\u00ff\u00f7\41\2\0\u00ff\u00c1\25"
			+ "\0".repeat(10) + "ijklmnopqrst\0"));
	private static final byte[] HELLO = ParseRoad.bytes(packet(1, "\10\0\0\1" + "\0".repeat(28) + "ada\0\4hashshop\0"));
	private static final byte[] WELCOME = ParseRoad.bytes(packet(2, "\0\0\0\2\0\0\0"));

	@Override
	public String name() {
		return "parse-mysql";
	}

	@Override
	public void run(Report report) {
		String sql = "SELECT id, total FROM orders WHERE customer = 'ada lovelace' AND total > 19.99";
		byte[] query = ParseRoad.bytes(packet(0, "\3" + sql));
		play(query, 1).report(report, "a statement of 79 characters with literals to mask, one row");
		byte[] execute = ParseRoad.bytes(packet(0, "\27\7\0\0\0\0\1\0\0\0\0\1\3\0" + "4711"));
		byte[] prepare = ParseRoad.bytes(packet(0, "\26SELECT id, total FROM orders WHERE customer = ?"));
		byte[] prepared = ParseRoad.bytes(packet(1, "\0\7\0\0\0\0\0\0\0\0\0\0"));
		ParseRoad executed = new ParseRoad(execute, ParseRoad.bytes(result(1)), NONE, NOTHING, GREETING, HELLO, WELCOME,
				prepare, prepared).play();
		report.figure(executed.messageNanos, "ns", "per message (half of a call), a prepared statement executed, one row");
		report.figure(play(query, 2000).bytesPerSecond / 1e9, "GB/s", "one core, answers of 2,000 rows of 15 bytes in one record, captured whole");
	}

	private static ParseRoad play(byte[] query, int rows) {
		return new ParseRoad(query, ParseRoad.bytes(result(rows)), NONE, NOTHING, GREETING, HELLO, WELCOME).play();
	}

	private static String result(int rows) {
		StringBuilder out = new StringBuilder(packet(1, "\1") + packet(2, "\3def\4shop\6orders\6orders\5total\5total\14"));
		for (int i = 0; i < rows; i++) {
			out.append(packet(3 + i, "\4" + "4711\5" + "19.99"));
		}
		return out + packet(3 + rows, "\u00fe\0\0\2\0\0\0");
	}

	private static String packet(int sequence, String payload) {
		return (char) payload.length() + "\0\0" + (char) (sequence & 0xff) + payload;
	}
}
