package io.crosstrace.ide.session;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.CrossTrace;
import io.crosstrace.wire.otlp.SpanFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Writes what agents send to disk as it comes, so that neither a crash nor full memory loses it: traces that memory
 * has no room for are still in the recordings of a folder. A recording is closed when it holds {@link #MOST_SPANS};
 * the oldest are deleted when all together outgrow the folder's limit.
 *
 * <p>One thread of its own writes, at least every {@link #FLUSH_MILLIS}. {@link #add} never waits: when the disk is
 * {@link #MOST_WAITING} spans behind, or fails, spans are counted as {@link #lost} and only memory has them.
 */
final class Journal implements AutoCloseable {
	static final String EXTENSION = ".otlp";
	private static final long FLUSH_MILLIS = 500;
	private static final int MOST_WAITING = 200_000;
	/** A recording that can be opened whole. */
	private static final int MOST_SPANS = 500_000;
	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH.mm.ss.SSS");

	private final Path folder;
	private final long limitBytes;
	private final BlockingQueue<Batch> waiting = new LinkedBlockingQueue<>();
	private final AtomicInteger waitingSpans = new AtomicInteger();
	private final AtomicLong lost = new AtomicLong();
	private final Thread thread = new Thread(this::run, "CrossTrace recorder");
	private volatile boolean closed;
	/** Recorder's thread only. */
	private OutputStream out;
	private int spansInFile;
	private boolean told;

	private record Batch(SpanTable spans, String host) {
	}

	/** @param limitBytes most bytes that all recordings of the folder take together */
	Journal(Path folder, long limitBytes) {
		this.folder = folder;
		this.limitBytes = limitBytes;
		thread.setDaemon(true);
		thread.start();
	}

	/** @param batch not written again by anybody */
	void add(SpanTable batch, String host) {
		if (waitingSpans.addAndGet(batch.size()) <= MOST_WAITING) {
			waiting.add(new Batch(batch, host));
		} else {
			waitingSpans.addAndGet(-batch.size());
			lost.addAndGet(batch.size());
		}
	}

	/** Spans that are not on disk and will not be. */
	long lost() {
		return lost.get();
	}

	/** Recordings of a folder, newest first; none if there is no such folder. */
	static List<Path> recordings(Path folder) {
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(file -> file.toString().endsWith(EXTENSION))
					.sorted(Comparator.comparing(Path::getFileName).reversed()).toList();
		} catch (IOException e) {
			CrossTrace.log(CrossTrace.warning("The recordings in " + folder + " cannot be listed: " + e.getMessage(), e));
			return List.of();
		}
	}

	/** Writes what is waiting and closes the file. Waits a moment for the disk. */
	@Override
	public void close() {
		closed = true;
		try {
			thread.join(2_000);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private void run() {
		long flushed = System.nanoTime();
		while (!closed || !waiting.isEmpty()) {
			try {
				Batch batch = waiting.poll(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
				if (batch != null) {
					waitingSpans.addAndGet(-batch.spans.size());
					write(batch);
				}
				if (out != null && System.nanoTime() - flushed > FLUSH_MILLIS * 1_000_000) {
					out.flush();
					flushed = System.nanoTime();
				}
			} catch (IOException e) {
				failed(e);
			} catch (InterruptedException e) {
				closed = true;
			}
		}
		try {
			closeFile();
		} catch (IOException e) {
			failed(e);
		}
	}

	private void write(Batch batch) throws IOException {
		SpanTable spans = batch.spans;
		try {
			if (out == null) {
				Files.createDirectories(folder);
				prune();
				Path file = folder.resolve(NAME.format(LocalDateTime.now()) + EXTENSION);
				out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
				spansInFile = 0;
			}
			SpanFiles.append(out, spans, 0, spans.size(),
					batch.host.isEmpty() ? Map.of() : Map.of("crosstrace.host", batch.host));
			spansInFile += spans.size();
			if (spansInFile >= MOST_SPANS) {
				closeFile();
			}
		} catch (IOException e) {
			lost.addAndGet(spans.size());
			throw e;
		}
	}

	private void closeFile() throws IOException {
		OutputStream closing = out;
		out = null;
		if (closing != null) {
			closing.close();
		}
	}

	private void failed(IOException e) {
		if (!told) {
			told = true; // once: the count goes on to be shown
			CrossTrace.log(CrossTrace.warning("Spans cannot be recorded in " + folder + ": " + e.getMessage()
					+ ". They are kept in memory only; make room or choose another workspace.", e));
		}
		try {
			closeFile();
		} catch (IOException alreadyTold) {
			out = null;
		}
	}

	private void prune() throws IOException {
		List<Path> files = new ArrayList<>(recordings(folder));
		long sum = 0;
		for (Path file : files) {
			sum += Files.size(file);
			if (sum > limitBytes) {
				Files.deleteIfExists(file);
			}
		}
	}
}
