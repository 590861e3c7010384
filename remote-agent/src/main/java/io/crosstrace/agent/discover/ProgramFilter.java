package io.crosstrace.agent.discover;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds processes by the program they run. One thread. */
public final class ProgramFilter {
	private final Pattern program;
	private final Path proc;
	private Set<Integer> seen = new HashSet<>();

	/** @throws IllegalArgumentException if it is no regular expression; the message can be shown */
	public ProgramFilter(String expression) {
		this(expression, Path.of("/proc"));
	}

	ProgramFilter(String expression, Path proc) {
		this.proc = proc;
		try {
			program = Pattern.compile(expression);
		} catch (PatternSyntaxException e) {
			throw new IllegalArgumentException("--exe " + expression + ": " + e.getDescription() + ".", e);
		}
	}

	/** Processes that run such a program and did not at the last call. Those gone or not ours to see are not told. */
	public Set<Integer> fresh() {
		Set<Integer> now = new HashSet<>();
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
			for (Path process : processes) {
				if (runs(process)) {
					now.add(Integer.parseInt(process.getFileName().toString()));
				}
			}
		} catch (IOException | RuntimeException e) {
			return Set.of(); // the listing broke off; the next call sees it whole
		}
		Set<Integer> fresh = new HashSet<>(now);
		fresh.removeAll(seen);
		seen = now;
		return fresh;
	}

	private boolean runs(Path process) {
		try {
			return program.matcher(Files.readSymbolicLink(process.resolve("exe")).toString()).find();
		} catch (IOException | UnsupportedOperationException e) {
			return false; // gone, a kernel thread, or not ours to see
		}
	}
}
