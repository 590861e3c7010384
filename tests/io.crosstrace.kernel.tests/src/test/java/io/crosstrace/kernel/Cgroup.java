package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Control groups of this test's own. */
final class Cgroup {
	private Cgroup() {
	}

	/** Skips the test if there is no cgroup2 file system, or no right to make a group in it. */
	static Path create(String name) throws IOException {
		String root = Files.readAllLines(Path.of("/proc/self/mountinfo")).stream().filter(l -> l.contains(" - cgroup2 "))
				.map(l -> l.split(" ")[4]).findFirst().orElse(null);
		assumeTrue(root != null, "no cgroup2 file system is mounted");
		assumeTrue(Files.isWritable(Path.of(root)), root + " is not writable");
		return Files.createDirectory(Path.of(root, "ctk-" + name + "-" + ProcessHandle.current().pid()));
	}

	/** One that a container runtime could have made: of this name, below one of this test's own. */
	static Path create(String name, String child) throws IOException {
		return Files.createDirectory(create(name).resolve(child));
	}

	/** Its processes must have ended, or be about to. */
	static void remove(Path cgroup) throws Exception {
		for (int i = 0; i < 100; i++) {
			try {
				Files.delete(cgroup);
				return;
			} catch (IOException e) {
				Thread.sleep(20); // its last process is still being taken apart
			}
		}
		Files.deleteIfExists(cgroup);
	}
}
