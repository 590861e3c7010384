package io.crosstrace.benchmarks;

/** Speed of the Redis road: one command at a time, and a large value. */
public final class ParseRedisBench implements Bench {
	private static final ParseRoad.Patch NONE = (buffer, request, answer, call) -> { };

	@Override
	public String name() {
		return "parse-redis";
	}

	@Override
	public void run(Report report) {
		byte[] get = ParseRoad.bytes("*2\r\n$3\r\nGET\r\n$9\r\ncart:4711\r\n");
		new ParseRoad(get, ParseRoad.bytes("$11\r\nhello world\r\n"), NONE).play().report(report, "GET of a small value");
		ParseRoad large = new ParseRoad(get, ParseRoad.bytes("$60000\r\n" + "x".repeat(60_000) + "\r\n"), NONE).play();
		report.figure(large.bytesPerSecond / 1e9, "GB/s", "one core, values of 60 KB in one record, captured whole");
	}
}
