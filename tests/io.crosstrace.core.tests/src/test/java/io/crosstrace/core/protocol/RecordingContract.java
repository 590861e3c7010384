package io.crosstrace.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Captured;

/**
 * What every protocol promises of conversations that real clients and servers had. A recording has a line a
 * read, {@code 3 > hex} (the client of connection 3 spoke) or {@code 3 < hex}, and then the spans that must come of
 * it, {@code = span} as the client's host sees them and {@code ~ span} as the server's. The tests against real
 * servers compare such spans with what a client did; {@code -Dgolden.write} writes them anew.
 */
abstract class RecordingContract {
	private static final long FUZZ_MILLIS = Long.getLong("fuzz.millis", 1500);
	private static final Set<String> ADDRESSES = Set.of("client.address", "server.address", "server.port");
	/** Lines of a recording that are cut at once, at the same place: all cuts of all lines, this many to a line. */
	private static final int MOST_CUTS = 1500;

	private record Line(int connection, boolean asks, byte[] bytes) {
	}

	private final List<Line> lines = new ArrayList<>();
	private final List<String> expected = new ArrayList<>();
	private final List<String> expectedServer = new ArrayList<>();
	private long seed;

	/** The recording's file name in {@code recordings}, without ".txt". */
	abstract String recording();

	/** What must never be told, planted by the recorded client. */
	abstract List<String> secrets();

	@BeforeEach
	void read() throws IOException {
		for (String line : text().split("\n")) {
			if (line.startsWith("= ")) {
				expected.add(line.substring(2));
			} else if (line.startsWith("~ ")) {
				expectedServer.add(line.substring(2));
			} else if (!line.isEmpty() && !line.startsWith("#")) {
				String[] parts = line.split(" ");
				lines.add(new Line(Integer.parseInt(parts[0]), parts[1].equals(">"), HexFormat.of().parseHex(parts[2])));
			}
		}
		seed = Long.getLong("seed", System.nanoTime());
		if (Boolean.getBoolean("golden.write")) {
			write();
		}
	}

	private String text() throws IOException {
		try (InputStream in = RecordingContract.class.getResourceAsStream("/recordings/" + recording() + ".txt")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private void write() throws IOException {
		StringBuilder text = new StringBuilder();
		text().lines().filter(line -> !line.startsWith("= ") && !line.startsWith("~ ")).forEach(line -> text.append(line).append('\n'));
		expected.clear();
		expected.addAll(whole(true));
		expectedServer.clear();
		expectedServer.addAll(whole(false));
		expected.forEach(line -> text.append("= ").append(line).append('\n'));
		expectedServer.forEach(line -> text.append("~ ").append(line).append('\n'));
		Files.writeString(Path.of("src/test/resources/recordings/" + recording() + ".txt"), text);
	}

	@Test
	void aRecording_isToldAsWritten() {
		assertTrue(!expected.isEmpty(), "no spans are written down");
		assertEquals(String.join("\n", expected), String.join("\n", whole(true)));
		assertEquals(String.join("\n", expectedServer), String.join("\n", whole(false)));
	}

	@Test
	void secrets_areNotTold() {
		List<String> all = whole(true);
		all.addAll(whole(false));
		for (String secret : secrets()) {
			byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
			assertTrue(lines.stream().anyMatch(line -> new String(line.bytes, StandardCharsets.ISO_8859_1)
					.contains(new String(bytes, StandardCharsets.ISO_8859_1))), "not planted: " + secret);
			for (String line : all) {
				assertTrue(!line.contains(secret), line);
			}
		}
	}

	@Test
	void everyReadCutInTwo_tellsTheSameWhereverItIsCut() {
		int longest = Math.min(MOST_CUTS, lines.stream().mapToInt(line -> line.bytes.length).max().orElse(0));
		List<String> sorted = sorted(expected);
		for (int cut = 1; cut < longest; cut++) {
			Run run = new Run(true);
			for (Line line : lines) {
				int at = Math.min(cut, line.bytes.length);
				run.give(line, Arrays.copyOf(line.bytes, at));
				run.give(line, Arrays.copyOfRange(line.bytes, at, line.bytes.length));
			}
			assertEquals(sorted, sorted(run.close()), "cut at " + cut);
		}
	}

	@Test
	void aRecordingGivenByteByByte_tellsTheSame() {
		Run run = new Run(true);
		for (Line line : lines) {
			for (byte b : line.bytes) {
				run.give(line, new byte[] { b });
			}
		}
		assertEquals(sorted(expected), sorted(run.close()));
	}

	@Test
	void readsThatCameTogether_tellTheSame() {
		Run run = new Run(true);
		Line first = null;
		byte[] together = {};
		for (Line line : lines) {
			if (first != null && (first.connection != line.connection || first.asks != line.asks)) {
				run.give(first, together);
				together = new byte[0];
			}
			first = line;
			int length = together.length;
			together = Arrays.copyOf(together, length + line.bytes.length);
			System.arraycopy(line.bytes, 0, together, length, line.bytes.length);
		}
		run.give(first, together);
		assertEquals(sorted(expected), sorted(run.close()));
	}

	/** Whatever is joined late tells nothing that did not happen. */
	@Test
	void aRecordingJoinedLate_inventsNothing() {
		for (int from = 1; from < lines.size(); from++) {
			Run run = new Run(true);
			for (int i = 0; i < lines.size(); i++) {
				run.move(lines.get(i), i < from);
			}
			inventsNothing(run.close(), "joined at line " + from);
		}
	}

	@Test
	void aRecordingJoinedWithinARead_inventsNothing() {
		for (int from = 0; from < lines.size(); from++) {
			for (int part = 1; part < 4; part++) {
				Run run = new Run(true);
				for (int i = 0; i < lines.size(); i++) {
					Line line = lines.get(i);
					int lost = i < from ? line.bytes.length : i == from ? line.bytes.length * part / 4 : 0;
					run.lose(line, lost);
					run.give(line, Arrays.copyOfRange(line.bytes, lost, line.bytes.length));
				}
				inventsNothing(run.close(), "joined at " + part + "/4 of line " + from);
			}
		}
	}

	/** No more spans than there are, and none of another protocol. */
	private void inventsNothing(List<String> told, String when) {
		assertTrue(told.size() <= expected.size(), when + ": " + told);
		Set<String> systems = systems(expected);
		assertTrue(systems.containsAll(systems(told)), when + ": " + told);
	}

	private static Set<String> systems(List<String> spans) {
		return spans.stream().map(span -> span.replaceAll(".*\\b(messaging\\.system|db\\.system\\.name|rpc\\.system\\.name)=(\\S+).*", "$2"))
				.collect(Collectors.toSet());
	}

	@Test
	void aLostRead_costsLittle() {
		long told = 0;
		for (int lost = 0; lost < lines.size(); lost++) {
			Run run = new Run(true);
			for (int i = 0; i < lines.size(); i++) {
				run.move(lines.get(i), i == lost);
			}
			told += run.close().size();
		}
		long all = (long) expected.size() * lines.size();
		assertTrue(told >= all * leastToldOfLost() / 100, told + " of " + all + " spans");
	}

	/** Per cent of all spans that are told even if a read is lost. */
	int leastToldOfLost() {
		return 70;
	}

	@Test
	void poisonedRecordings_neverThrowAndKeepLittle() {
		System.out.println("seed " + seed);
		Random random = new Random(seed);
		long until = System.nanoTime() + FUZZ_MILLIS * 1_000_000;
		int rounds = 0;
		while (System.nanoTime() < until || rounds < 20) {
			rounds++;
			try {
				poison(random);
			} catch (RuntimeException | Error e) {
				throw new AssertionError("seed " + seed + ", round " + rounds, e);
			}
		}
	}

	private void poison(Random random) {
		Run run = new Run(random.nextBoolean());
		int harm = 1 + random.nextInt(30);
		for (Line line : lines) {
			byte[] bytes = line.bytes.clone();
			if (random.nextInt(harm) == 0) {
				switch (random.nextInt(5)) {
				case 0 -> random.nextBytes(bytes);
				case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
				case 2 -> bytes = Arrays.copyOfRange(bytes, random.nextInt(bytes.length), bytes.length);
				case 3 -> run.captured(line.connection).limit(random.nextInt(100));
				default -> {
					for (int i = random.nextInt(4); i >= 0; i--) {
						bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
					}
				}
				}
			}
			int cut = random.nextInt(bytes.length + 1);
			run.give(line, Arrays.copyOf(bytes, cut));
			run.give(line, Arrays.copyOfRange(bytes, cut, bytes.length));
			if (random.nextInt(harm) == 0) {
				run.captured(line.connection).loses(random.nextInt(2), random.nextInt(50));
			}
		}
		run.close();
		assertEquals(0, run.pipeline.connections());
	}

	private List<String> whole(boolean client) {
		Run run = new Run(client);
		lines.forEach(line -> run.give(line, line.bytes));
		return run.close();
	}

	private static List<String> sorted(List<String> spans) {
		return spans.stream().sorted().toList();
	}

	/** One telling of the recording. */
	private static final class Run {
		final Pipeline pipeline = new Pipeline(new Dictionary(1 << 16), PipelineOptions.standard(), pid -> 0);
		private final Captured captured = new Captured(pipeline);
		private final Map<Integer, Captured.Connection> connections = new HashMap<>();
		private final boolean client;

		Run(boolean client) {
			this.client = client;
		}

		Captured.Connection captured(int connection) {
			return connections.computeIfAbsent(connection, number -> captured.open(number,
					client ? "10.0.0.1:" + (4000 + number) : "10.0.0.2:80", client ? "10.0.0.2:80" : "10.0.0.1:" + (4000 + number),
					client));
		}

		void give(Line line, byte[] bytes) {
			if (bytes.length > 0) {
				captured(line.connection).moves(direction(line), bytes);
			}
		}

		void move(Line line, boolean lost) {
			lose(line, lost ? line.bytes.length : 0);
			give(line, lost ? new byte[0] : line.bytes);
		}

		void lose(Line line, int bytes) {
			if (bytes > 0) {
				captured(line.connection).loses(direction(line), bytes);
			}
		}

		private int direction(Line line) {
			return line.asks == client ? CaptureRecord.SENT : CaptureRecord.RECEIVED;
		}

		List<String> close() {
			connections.values().forEach(Captured.Connection::closes);
			SpanTable table = pipeline.takeFinished();
			List<String> spans = new ArrayList<>();
			for (int row = 0; row < table.size(); row++) {
				spans.add(line(table, row));
			}
			return spans;
		}
	}

	private static String line(SpanTable table, int row) {
		StringJoiner line = new StringJoiner(" ");
		line.add(switch (table.kind.get(row)) {
		case SpanTable.SERVER -> "SERVER";
		case SpanTable.CLIENT -> "CLIENT";
		case SpanTable.PRODUCER -> "PRODUCER";
		default -> "CONSUMER";
		});
		line.add("'" + table.names.text(table.operation.get(row)) + "'");
		Map<String, String> attributes = new TreeMap<>();
		for (int i = 0; i < table.attributeCount(row); i++) {
			attributes.merge(table.names.text(table.attributeKey(row, i)), table.values.text(table.attributeValue(row, i)),
					(one, other) -> one + " TWICE " + other);
		}
		attributes.keySet().removeAll(ADDRESSES);
		attributes.forEach((key, value) -> line.add(key + "=" + value));
		if (table.status.get(row) != 0) {
			line.add("status=" + table.status.get(row));
		}
		if (table.traceIdLow.get(row) != 0) {
			line.add("trace=" + Long.toHexString(table.traceIdLow.get(row)));
		}
		for (int i = 0; i < table.linkCount(row); i++) {
			line.add((SpanTable.produced(table.link(row, i)) ? "produced " : "took ") + Long.toHexString(table.link(row, i) >>> 1));
		}
		String[] flags = { "ERROR", "INCOMPLETE", "PROVEN", "ENCRYPTED", "UNANSWERED" };
		for (int i = 0; i < flags.length; i++) {
			if (table.has(row, 1 << i)) {
				line.add(flags[i]);
			}
		}
		return line.toString();
	}
}
