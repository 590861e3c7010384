package io.crosstrace.benchmarks;

import io.crosstrace.benchmarks.Comparison.Cost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What capturing costs a Java service that does some work, or that receives much. Needs root. */
public abstract class OverheadServiceBench implements Bench {
	private final int workMicros;
	private final int rounds;
	private final int connections;
	private final int bodyBytes;

	private OverheadServiceBench(int workMicros, int rounds, int connections, int bodyBytes) {
		this.workMicros = workMicros;
		this.rounds = rounds;
		this.connections = connections;
		this.bodyBytes = bodyBytes;
	}

	/** 200 microseconds of work a request, which is still less than most services do. */
	public static final class Work extends OverheadServiceBench {
		public Work() {
			super(200, 15, 1, 0);
		}

		@Override
		public String name() {
			return "overhead-200us";
		}
	}

	/** Bodies of 1 MB, which the service reads in pieces of 16 KB at most. */
	public static final class Post extends OverheadServiceBench {
		public Post() {
			super(0, 15, 2, 1 << 20);
		}

		@Override
		public String name() {
			return "overhead-post";
		}
	}

	@Override
	public void run(Report report) throws Exception {
		int port = OverheadNginxBench.freePort();
		Path script = Files.createTempFile("crosstrace-post", ".lua");
		try (CpuGroup group = new CpuGroup("service"); CpuGroup client = new CpuGroup("wrk")) {
			Files.writeString(script, bodyBytes == 0 ? ""
					: "wrk.method = 'POST'\nwrk.body = string.rep('x', " + bodyBytes + ")\n");
			Process service = group.start(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
					WorkService.class.getName(), "" + port, "" + workMicros));
			try {
				OverheadNginxBench.awaitListening(service, port);
				new Comparison(rounds, service, (variant, drain) -> load(group, client, port, script, variant, drain))
						.report(report, "request", (bodyBytes == 0 ? workMicros + " us of work" : bodyBytes + " bytes posted")
								+ ", a Java service, wrk -c " + connections + " on loopback, rounds of "
								+ OverheadNginxBench.SECONDS + " s");
			} finally {
				service.destroy();
				service.waitFor(5, TimeUnit.SECONDS);
			}
		} finally {
			Files.deleteIfExists(script);
		}
	}

	private Cost load(CpuGroup group, CpuGroup client, int port, Path script, Comparison.Variant variant, Drain drain)
			throws Exception {
		return OverheadNginxBench.load(group, client, port, connections, variant, drain, "-s", script.toString());
	}
}
