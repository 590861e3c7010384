package io.crosstrace.ide.session;

import java.nio.file.Path;

/**
 * A file of spans that is shown instead of what agents send; of one that memory does not hold, a page at a time, the
 * newest first. Immutable.
 *
 * @param progress how much of the file has been read, 0 to 1
 * @param read spans read so far that are of this page
 * @param skipped spans left out because they have no id, or end before they begin
 * @param problem why not all could be read, in a sentence with what can be done; empty if it could
 * @param page 0 for the newest
 * @param earlier whether traces of the file are older than those of this page
 */
public record Recording(Path file, boolean complete, double progress, long read, long skipped, String problem, int page,
		boolean earlier) {
	static Recording begun(Path file, int page) {
		return new Recording(file, false, 0, 0, 0, "", page, false);
	}

	Recording at(double newProgress, long newRead) {
		return new Recording(file, false, newProgress, newRead, 0, "", page, false);
	}

	Recording done(long newRead, long newSkipped, String newProblem, boolean newEarlier) {
		return new Recording(file, true, 1, newRead, newSkipped, newProblem, page, newEarlier);
	}

	public String name() {
		return file.getFileName().toString();
	}
}
