package io.crosstrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of the load generator wrk.
 *
 * @param requests answered
 * @param p99Micros 99 of 100 were answered within this time
 */
record Wrk(double requests, double p99Micros) {
	private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
	private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");

	/**
	 * @param started told of the process as soon as there is one
	 * @param more options of wrk's
	 */
	static Wrk run(CpuGroup group, int port, int connections, double seconds, Consumer<Process> started, String... more)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("timeout", "-s", "INT", "" + seconds, "wrk", "-t", "1", "-c",
				"" + connections, "-d", "60s", "--latency"));
		command.addAll(List.of(more));
		command.add("http://127.0.0.1:" + port + "/");
		Process wrk = group.start(command);
		started.accept(wrk);
		String said = new String(wrk.getInputStream().readAllBytes());
		wrk.waitFor();
		Matcher requests = REQUESTS.matcher(said);
		Matcher p99 = P99.matcher(said);
		if (!requests.find() || !p99.find()) {
			throw new IOException("wrk failed; is it installed? It said: " + said);
		}
		double unit = switch (p99.group(2)) {
			case "us" -> 1;
			case "ms" -> 1e3;
			default -> 1e6;
		};
		return new Wrk(Double.parseDouble(requests.group(1)), Double.parseDouble(p99.group(1)) * unit);
	}
}
