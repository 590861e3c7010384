package io.crosstrace.ide.tests.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.session.Export;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.SessionStore;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.wire.otlp.SpanFiles;
import io.crosstrace.wire.otlp.SpanFiles.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents sent is on disk, and what is on disk can be opened, whatever became of it. */
class RecordingTest {
	@TempDir
	Path folder;
	private final LinkedBlockingQueue<Snapshot> published = new LinkedBlockingQueue<>();
	private Session session = new Session(50_000);

	@AfterEach
	void close() {
		session.close();
	}

	@Test
	void recording_isShownInsteadOfTheAgentsSpansUntilItIsClosed() throws Exception {
		Path file = folder.resolve("file.otlp");
		SpanFiles.write(file, Format.RECORDING, Spans.traces(new Dictionary(100), 0, 20), Map.of());
		session.addListener(published::add);
		session.add(Spans.traces(session.names(), 100, 103), "");
		until(snapshot -> snapshot.traces().size() == 3);
		session.open(file);
		Snapshot shown = until(snapshot -> snapshot.recording() != null && snapshot.recording().complete());
		assertEquals(20, shown.traces().size());
		assertEquals(60, shown.recording().read());
		assertEquals("", shown.recording().problem());
		session.add(Spans.traces(session.names(), 103, 104), "");
		session.closeRecording();
		Snapshot live = until(snapshot -> snapshot.recording() == null && snapshot.traces().size() == 4);
		assertNull(live.recording());
	}

	@ParameterizedTest
	@EnumSource(Format.class)
	void tornFile_givesWhatCouldBeReadAndSaysSo(Format format) throws Exception {
		Path whole = folder.resolve("whole");
		SpanFiles.write(whole, format, Spans.traces(new Dictionary(100), 0, 8_000), Map.of());
		byte[] bytes = Files.readAllBytes(whole);
		Path torn = folder.resolve("torn");
		Files.write(torn, Arrays.copyOf(bytes, bytes.length * 9 / 10));
		session.addListener(published::add);
		session.open(torn);
		Snapshot shown = until(snapshot -> snapshot.recording() != null && snapshot.recording().complete());
		assertFalse(shown.recording().problem().isEmpty());
		assertTrue(shown.recording().read() > 5_000, shown.recording().toString());
		assertEquals(shown.traces().spans().size(), shown.recording().read());
	}

	@Test
	void fileThatIsNotThereOrSomethingElse_isToldInASentence() throws Exception {
		session.addListener(published::add);
		session.open(folder.resolve("nowhere.otlp"));
		assertEquals("The file is not there any more.",
				until(snapshot -> snapshot.recording() != null && snapshot.recording().complete()).recording().problem());
		Path other = Files.writeString(folder.resolve("notes.txt"), "Dear diary, this is no recording.");
		session.open(other);
		String problem = until(snapshot -> snapshot.recording() != null && snapshot.recording().complete()
				&& snapshot.recording().file().equals(other)).recording().problem();
		assertTrue(problem.startsWith("This is not a recording of spans"), problem);
	}

	@Test
	void whatAgentsSend_isOnDiskWithinASecondAndOpensAgain() throws Exception {
		session.close();
		Path recordings = folder.resolve("recordings");
		session = new Session(10_000, recordings, 1_000_000);
		session.addListener(published::add);
		session.add(Spans.traces(session.names(), 0, 50), "ada:4520");
		until(snapshot -> snapshot.traces().size() == 50);
		SpanTable onDisk = new SpanTable(new Dictionary(1000));
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (onDisk.size() < 150 && System.nanoTime() < end) { // nothing is closed: as if the IDE died now
			Thread.sleep(50);
			onDisk = new SpanTable(new Dictionary(1000));
			for (Path file : session.recordings()) {
				SpanFiles.read(file, onDisk, bytes -> { });
			}
		}
		assertEquals(150, onDisk.size());
		assertEquals("ada:4520", onDisk.names.text(onDisk.host.get(7)));
		session.close();
		session = new Session(10_000, recordings, 1_000_000);
		published.clear();
		session.addListener(published::add);
		session.open(session.recordings().get(0));
		assertEquals(50, until(snapshot -> snapshot.recording() != null && snapshot.recording().complete()).traces().size());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void recordingThatMemoryHasNoRoomFor_isShownPartByPart_inWhateverOrderItIs(boolean inOrder) throws Exception {
		session.close();
		session = new Session(6_000);
		Path file = folder.resolve("large.otlp");
		SpanTable spans = new SpanTable(new Dictionary(1000));
		for (int n = 0; n < 6_000; n++) { // a minute
			Spans.addTrace(spans, inOrder ? n : n * 1_777 % 6_000);
		}
		SpanFiles.write(file, Format.RECORDING, spans, Map.of());
		session.addListener(published::add);
		session.open(file);
		Set<Long> roots = new HashSet<>();
		int pages = 0;
		while (true) {
			int page = pages++;
			Snapshot shown = until(snapshot -> snapshot.recording() != null && snapshot.recording().complete()
					&& snapshot.recording().page() == page);
			Traces traces = shown.traces();
			for (int i = 0; i < traces.size(); i++) {
				assertEquals(3, traces.byStart(i).size(), "a trace was cut in two");
				roots.add(traces.spans().spanId.get(traces.byStart(i).rootRow()));
			}
			if (!shown.recording().earlier()) {
				break;
			}
			session.openEarlier();
		}
		assertEquals(6_000, roots.size());
		assertTrue(pages > 3 && pages < 40, pages + " pages");
		int last = pages - 1;
		session.openLater();
		until(snapshot -> snapshot.recording() != null && snapshot.recording().complete()
				&& snapshot.recording().page() == last - 1);
	}

	@Test
	void tracesThatMemoryHasNoRoomFor_areStillInARecording() throws Exception {
		session.close();
		session = new Session(300, folder, 10_000_000);
		session.addListener(published::add);
		for (int n = 0; n < 500; n++) {
			session.add(Spans.traces(session.names(), n, n + 1), "");
		}
		Snapshot full = until(snapshot -> snapshot.received() == 1_500);
		assertTrue(full.droppedTraces() > 0);
		session.close();
		SpanTable all = new SpanTable(new Dictionary(1000));
		for (Path file : session.recordings()) {
			SpanFiles.read(file, all, bytes -> { });
		}
		assertEquals(1_500, all.size());
	}

	@Test
	void oldestRecordings_giveWayToTheLimit() throws Exception {
		session.close();
		for (int i = 1; i < 5; i++) {
			Files.write(folder.resolve("2020-01-0" + i + ".otlp"), new byte[400]);
		}
		session = new Session(100, folder, 1_000);
		session.addListener(published::add);
		session.add(Spans.traces(session.names(), 0, 1), "");
		until(snapshot -> snapshot.traces().size() == 1);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (session.recordings().size() != 3 && System.nanoTime() < end) {
			Thread.sleep(20);
		}
		List<String> names = session.recordings().stream().map(file -> file.getFileName().toString()).toList();
		assertEquals(3, names.size());
		assertEquals(List.of("2020-01-04.otlp", "2020-01-03.otlp"), names.subList(1, 3));
	}

	@Test
	void folderThatCannotBeWritten_costsOnlyTheRecording() throws Exception {
		session.close();
		Path file = Files.writeString(folder.resolve("in the way"), "");
		session = new Session(100, file, 1_000);
		session.addListener(published::add);
		session.add(Spans.traces(session.names(), 0, 1), "");
		until(snapshot -> snapshot.traces().size() == 1);
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
		while (session.snapshot().unrecorded() == 0 && System.nanoTime() < end) {
			Thread.sleep(50);
			session.add(new SpanTable(session.names()), "");
		}
		assertEquals(3, session.snapshot().unrecorded());
	}

	@ParameterizedTest
	@EnumSource(Format.class)
	void exportedTraces_areTheSameTracesWhenOpened(Format format) throws Exception {
		SessionStore store = new SessionStore(10_000, session.names());
		store.add(Spans.traces(session.names(), 0, 10), "");
		Traces traces = store.traces();
		Path file = folder.resolve("export");
		Export.write(file, format, traces, traces.size(), traces::newest, count -> true);
		session.addListener(published::add);
		session.open(file);
		Snapshot shown = until(snapshot -> snapshot.recording() != null && snapshot.recording().complete());
		assertEquals(10, shown.traces().size());
		for (int i = 0; i < 10; i++) {
			assertEquals(3, shown.traces().newest(i).size());
			assertEquals(traces.newest(i).durationNanos(), shown.traces().newest(i).durationNanos());
		}
	}

	@Test
	void stoppedExport_leavesNothingBehind() throws IOException {
		SessionStore store = new SessionStore(10_000, session.names());
		store.add(Spans.traces(session.names(), 0, 10), "");
		Traces traces = store.traces();
		Path file = folder.resolve("export");
		org.junit.jupiter.api.Assertions.assertThrows(CancellationException.class, () -> Export.write(file,
				Format.OTLP_JSON, traces, traces.size(), traces::newest, count -> false));
		try (var left = Files.list(folder)) {
			assertEquals(0, left.count());
		}
	}

	private Snapshot until(Predicate<Snapshot> condition) throws InterruptedException {
		while (true) {
			Snapshot next = published.poll(10, TimeUnit.SECONDS);
			assertNotNull(next, "no such snapshot within 10 s; the last was " + session.snapshot());
			if (condition.test(next)) {
				return next;
			}
		}
	}
}
