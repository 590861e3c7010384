package io.crosstrace.demo;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this IDE was started to show; see the package for each property. */
record DemoOptions(Path out, String host, int port, Path tokenFile, List<Path> projects, boolean dark,
		int waitSeconds, boolean exit) {
	/** Null if this IDE was not started for a demo. */
	static DemoOptions ofSystem() {
		String out = System.getProperty("crosstrace.demo.out");
		if (out == null) {
			return null;
		}
		String agent = System.getProperty("crosstrace.demo.agent", "");
		int colon = agent.lastIndexOf(':');
		String token = System.getProperty("crosstrace.demo.token", "");
		List<Path> projects = Stream.of(System.getProperty("crosstrace.demo.projects", "").split(File.pathSeparator))
				.filter(folder -> !folder.isBlank()).map(Path::of).toList();
		return new DemoOptions(Path.of(out), colon < 0 ? "" : agent.substring(0, colon),
				colon < 0 ? 0 : Integer.parseInt(agent.substring(colon + 1)), token.isEmpty() ? null : Path.of(token),
				projects, Boolean.getBoolean("crosstrace.demo.dark"), Integer.getInteger("crosstrace.demo.wait", 90),
				Boolean.getBoolean("crosstrace.demo.exit"));
	}
}
