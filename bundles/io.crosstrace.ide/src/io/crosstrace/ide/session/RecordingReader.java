package io.crosstrace.ide.session;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.wire.otlp.SpanFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * A file being read, or read, in bounded memory. Where it holds more than that, the newest traces stay; those before them
 * are another page, for which the file is read again. It is read some seconds beyond the end of the page, so that a trace
 * is cut in two only if it lasts longer.
 *
 * <p>Its spans and its state are the session's thread's; {@link #read} runs in a thread of its own.
 */
final class RecordingReader {
	/** How far beyond the end of a page spans of its last traces are looked for. */
	private static final long BEYOND_NANOS = 10_000_000_000L;
	/** The part of the budget that they and what came with them may take. */
	private static final int BEYOND_PART = 4;

	/**
	 * @param endNanos traces of the page began before it, Unix nanoseconds
	 * @param limitNanos spans of the page began before it
	 */
	private record Page(long endNanos, long limitNanos) {
		static final Page NEWEST = new Page(Long.MAX_VALUE, Long.MAX_VALUE);
	}

	/** The session's side. */
	interface Hands {
		/** Runs a step in the session's thread, soon. @throws CancellationException if nobody wants the file any more */
		void give(RecordingReader from, Runnable step);
	}

	final SessionStore spans;
	private final Path file;
	private final Dictionary names;
	private final Hands hands;
	/** The newest first; the last one is this one's. */
	private final List<Page> pages;
	private volatile Recording recording;

	RecordingReader(Path file, int spanBudget, Dictionary names, Hands hands) {
		this(file, spanBudget, names, hands, List.of(Page.NEWEST));
	}

	private RecordingReader(Path file, int spanBudget, Dictionary names, Hands hands, List<Page> pages) {
		this.file = file;
		this.names = names;
		this.hands = hands;
		this.pages = pages;
		spans = new SessionStore(spanBudget, names);
		recording = Recording.begun(file, pages.size() - 1);
	}

	Recording recording() {
		return recording;
	}

	/** The page before this one in time, or null if there is none. The session's thread. */
	RecordingReader earlier() {
		if (!recording.earlier()) {
			return null;
		}
		List<Page> more = new ArrayList<>(pages);
		long end = spans.droppedUntilNanos() + 1;
		more.add(new Page(end, limit(end)));
		return new RecordingReader(file, spans.budget(), names, hands, more);
	}

	/** The page after this one in time, or null if this is the newest. The session's thread. */
	RecordingReader later() {
		return pages.size() == 1 ? null
				: new RecordingReader(file, spans.budget(), names, hands, pages.subList(0, pages.size() - 1));
	}

	/** Not so far that what stands there fills the memory: this page knows how many spans do. */
	private long limit(long end) {
		Traces traces = spans.traces();
		int room = spans.budget() / BEYOND_PART;
		for (int i = 0; i < traces.size(); i++) {
			Trace trace = traces.byStart(i);
			room -= trace.size();
			if (room < 0 || trace.startNanos() > end + BEYOND_NANOS) {
				return Math.max(end, Math.min(trace.startNanos(), end + BEYOND_NANOS));
			}
		}
		return end + BEYOND_NANOS;
	}

	void read() {
		long limit = pages.getLast().limitNanos();
		long[] read = { 0, 0 };
		try {
			long size = Math.max(1, Files.size(file));
			SpanFiles.Report report = SpanFiles.read(file, names, batch -> {
				SpanTable some = limit == Long.MAX_VALUE ? batch : before(batch, limit);
				read[0] += some.size();
				hand(() -> spans.add(some, ""), recording.at(Math.min(1, (double) read[1] / size), read[0]));
			}, bytes -> read[1] = bytes);
			end(read[0], report.skipped(), report.problem());
		} catch (CancellationException another) {
			// something else is shown by now
		} catch (IOException | RuntimeException e) {
			end(read[0], 0, problem(e));
		}
	}

	private String problem(Exception e) {
		return e instanceof NoSuchFileException ? "The file is not there any more."
				: e instanceof AccessDeniedException ? "You may not read this file."
						: Files.isDirectory(file) ? "This is a folder. Open a file of it."
								: "The file cannot be read: " + e.getMessage() + ".";
	}

	private static SpanTable before(SpanTable batch, long limit) {
		SpanTable some = new SpanTable(batch.names, batch.values, batch.size());
		for (int row = 0; row < batch.size(); row++) {
			if (batch.startNanos.get(row) < limit) {
				some.addCopy(batch, row);
			}
		}
		return some;
	}

	/** What is older than anything that had to go is of the next page: files are in any order. */
	private void end(long read, long skipped, String problem) {
		try {
			hands.give(this, () -> {
				spans.keepBetween(spans.droppedUntilNanos(), pages.getLast().endNanos());
				recording = recording.done(read, skipped, problem, spans.droppedTraces() > 0);
			});
		} catch (CancellationException another) {
			// nobody wants to know
		}
	}

	/** Gives a step to the session's thread, and the state that holds after it. */
	private void hand(Runnable step, Recording after) {
		hands.give(this, () -> {
			step.run();
			recording = after;
		});
	}
}
