package io.crosstrace.benchmarks;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.crosstrace.ide.session.TraceList;

/**
 * Heap that a million spans take, opened from a recording and listed: in a process of its own that has no more than
 * 512 MB, so that it also fails where reading needs more for a moment.
 */
public final class HeapMillionBench implements Bench {
	@Override
	public String name() {
		return "heap-1m";
	}

	@Override
	public void run(Report report) throws Exception {
		Path file = Million.recording();
		try {
			Process process = new ProcessBuilder(List.of(System.getProperty("java.home") + File.separator + "bin/java", "-Xmx512m",
					"-cp", System.getProperty("java.class.path"), Child.class.getName(), file.toString()))
					.redirectError(ProcessBuilder.Redirect.INHERIT).start();
			String said = new String(process.getInputStream().readAllBytes()).strip();
			if (process.waitFor() != 0) {
				throw new IOException("a million spans do not fit into 512 MB");
			}
			report.figure(Double.parseDouble(said), "MB",
					"used after a collection, 1,000,000 spans in 100,000 traces with 4 attributes and 2 tokens each, opened and"
							+ " listed with -Xmx512m");
		} finally {
			Files.delete(file);
		}
	}

	/** The process with little memory. */
	public static final class Child {
		private Child() {
		}

		public static void main(String[] args) throws Exception {
			TraceList list = OpenMillionBench.open(Path.of(args[0]));
			System.gc();
			long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
			if (list.size() != Million.SPANS / 10) {
				System.exit(1);
			}
			System.out.println(used / 1e6);
		}
	}
}
