package io.crosstrace.ide.session;

import java.nio.file.Path;

/**
 * A file of spans that is shown instead of what agents send. Immutable.
 *
 * @param progress how much of the file has been read, 0 to 1
 * @param read spans read so far
 * @param skipped spans left out because they have no id, or end before they begin
 * @param problem why not all could be read, in a sentence with what can be done; empty if it could
 */
public record Recording(Path file, boolean complete, double progress, long read, long skipped, String problem) {
	static Recording begun(Path file) {
		return new Recording(file, false, 0, 0, 0, "");
	}

	Recording at(double newProgress, long newRead) {
		return new Recording(file, false, newProgress, newRead, 0, "");
	}

	public String name() {
		return file.getFileName().toString();
	}
}
