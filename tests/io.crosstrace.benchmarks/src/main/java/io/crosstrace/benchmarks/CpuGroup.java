package io.crosstrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A control group whose processes' CPU time the kernel adds up to the nanosecond, with what it does on their
 * behalf in interrupts, and also when they have ended. /proc/PID/stat counts ticks, and leaves interrupts out.
 */
final class CpuGroup implements AutoCloseable {
	private final Path directory;

	/** @throws IOException if there is no cgroup2 file system, or no right to make a group in it */
	CpuGroup(String name) throws IOException {
		directory = Files.createDirectory(root().resolve("ctb-" + name + "-" + ProcessHandle.current().pid()));
	}

	private static Path root() throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
			if (line.contains(" - cgroup2 ")) {
				return Path.of(line.split(" ")[4]);
			}
		}
		throw new IOException("no cgroup2 file system is mounted");
	}

	/** Starts a command in this group. Its output, errors included, is to be read by the caller. */
	Process start(List<String> command) throws IOException {
		List<String> all = new ArrayList<>(
				List.of("sh", "-c", "echo $$ > \"$0\"/cgroup.procs && exec \"$@\"", directory.toString()));
		all.addAll(command);
		return new ProcessBuilder(all).redirectErrorStream(true).start();
	}

	/** CPU time of all processes so far, in microseconds. */
	long micros() throws IOException {
		for (String line : Files.readAllLines(directory.resolve("cpu.stat"))) {
			if (line.startsWith("usage_usec ")) {
				return Long.parseLong(line.substring(11));
			}
		}
		throw new IOException(directory + "/cpu.stat has no usage_usec");
	}

	/** Its processes must have ended. */
	@Override
	public void close() throws IOException, InterruptedException {
		for (int i = 0; i < 100 && Files.exists(directory); i++) {
			try {
				Files.delete(directory);
			} catch (IOException e) {
				Thread.sleep(20); // the last process is still being taken apart
			}
		}
		Files.deleteIfExists(directory);
	}
}
