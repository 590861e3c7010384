package io.crosstrace.agent.correlate;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.LongColumn;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;

/**
 * A file of spans, one a line as JSON or {@link Otlp}, plain or gzip, read into columns. The parent of a call and the
 * trace are truth: they go to {@link #truth} and {@link #trace}, never into the table.
 *
 * <p>About 200 bytes a span in memory. A line that cannot be used is skipped, counted and reported.
 */
final class SpanFile {
	private static final int LONGEST_LINE = 1 << 20;
	/** More operations than this and paths tell requests apart, not kinds of requests. */
	private static final int MOST_OPERATIONS = 20_000;

	final SpanTable spans = new SpanTable(new Dictionary(1 << 20));
	final SpanIdText ids = new SpanIdText();
	/** True parent of each call, 0 if it has none. Of requests: as the table has it. */
	final LongColumn truth = new LongColumn();
	/** Hash of the true trace, 0 if the file does not say. */
	final LongColumn trace = new LongColumn();
	long lines;
	long badLines;
	/** Spans that are neither request nor call, such as internal ones. */
	long unused;

	private final JsonFactory json = new JsonFactory();
	private final BiConsumer<Long, String> badLine;
	private final Line line = new Line();

	private SpanFile(BiConsumer<Long, String> badLine) {
		this.badLine = badLine;
	}

	/**
	 * @param badLine told the number, from 1, of each line that is skipped, and why
	 * @throws SpanFileException if there is nothing to use: no file, empty, cut off, not gzip
	 */
	static SpanFile read(Path path, BiConsumer<Long, String> badLine) throws IOException {
		if (!Files.exists(path)) {
			throw new SpanFileException(path + ": no such file.");
		}
		if (Files.isDirectory(path)) {
			throw new SpanFileException(path + ": is a directory; give one span file.");
		}
		SpanFile file = new SpanFile(badLine);
		try (InputStream in = open(path)) {
			if (Otlp.is(in)) {
				Otlp.read(path, file);
				file.lines = file.spans.size() + file.badLines + file.unused;
			} else {
				file.readLines(in, path);
			}
		} catch (EOFException e) {
			throw new SpanFileException(path + ": the gzip stream is cut off after line " + file.lines
					+ "; copy the file again.");
		} catch (ZipException e) {
			throw new SpanFileException(path + ": is damaged gzip (" + e.getMessage() + ") after line "
					+ file.lines + ".");
		}
		if (file.lines == 0) {
			throw new SpanFileException(path + ": is empty; expected one span a line as JSON.");
		}
		if (file.spans.size() == 0) {
			throw new SpanFileException(path + ": none of its " + file.lines + " lines is a server or client span.");
		}
		return file;
	}

	private static InputStream open(Path path) throws IOException {
		BufferedInputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
		try {
			in.mark(2);
			boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
			in.reset();
			return gzip ? new BufferedInputStream(new GZIPInputStream(new NeverDone(in), 1 << 16), 1 << 16) : in;
		} catch (IOException e) {
			in.close();
			throw e;
		}
	}

	/** GZIPInputStream takes a stream that has nothing available for one that has no further member. */
	private static final class NeverDone extends FilterInputStream {
		NeverDone(InputStream in) {
			super(in);
		}

		@Override
		public int available() throws IOException {
			return Math.max(1, super.available());
		}
	}

	private void readLines(InputStream in, Path path) throws IOException {
		byte[] buffer = new byte[1 << 16];
		int from = 0;
		int to = 0;
		while (true) {
			int end = from;
			while (end < to && buffer[end] != '\n') {
				end++;
			}
			if (end < to) {
				line(buffer, from, end);
				from = end + 1;
				continue;
			}
			if (from > 0) {
				System.arraycopy(buffer, from, buffer, 0, to - from);
				to -= from;
				from = 0;
			}
			if (to == buffer.length) {
				if (to >= LONGEST_LINE) {
					throw new SpanFileException(path + ": line " + (lines + 1) + " is longer than " + LONGEST_LINE
							+ " bytes; expected one span a line.");
				}
				buffer = Arrays.copyOf(buffer, to * 2);
			}
			int got = in.read(buffer, to, buffer.length - to);
			if (got < 0) {
				break;
			}
			to += got;
		}
		if (from < to) {
			long bad = badLines;
			line(buffer, from, to);
			if (badLines > bad) {
				throw new SpanFileException(path + ": is cut off in line " + lines + "; copy the file again.");
			}
		}
	}

	private void line(byte[] bytes, int from, int to) {
		lines++;
		int length = to > from && bytes[to - 1] == '\r' ? to - from - 1 : to - from;
		if (length == 0) {
			return;
		}
		String reason;
		try (JsonParser parser = json.createParser(bytes, from, length)) {
			reason = line.read(parser);
		} catch (JsonProcessingException e) {
			reason = e.getOriginalMessage();
		} catch (IOException e) {
			reason = e.getMessage();
		}
		if (reason == null) {
			line.addTo(this);
		} else {
			badLines++;
			badLine.accept(lines, reason);
		}
	}

	/** The fields of one line. */
	private static final class Line {
		private String trace;
		private String span;
		private String parent;
		private String service;
		private String host;
		private String kind;
		private String peer;
		private String operation;
		private String method;
		private String path;
		private String read;
		private String woke;
		private long wokeHops;
		private long wokeMicros;
		private long connection;
		private long startMicros;
		private double micros;
		private long port;
		private long pid;
		private long tid;
		private long endTid;
		private long status;
		private boolean timed;
		private final String[] tokens = new String[32];
		private int tokenCount;

		/** Returns why the line cannot be used, or null. */
		String read(JsonParser parser) throws IOException {
			trace = span = parent = service = host = kind = peer = operation = method = path = read = woke = "";
			connection = wokeMicros = wokeHops = port = pid = tid = endTid = status = 0;
			tokenCount = 0;
			boolean started = false;
			boolean lasted = false;
			if (parser.nextToken() != JsonToken.START_OBJECT) {
				return "not a JSON object";
			}
			while (parser.nextToken() == JsonToken.FIELD_NAME) {
				String name = parser.currentName();
				JsonToken value = parser.nextToken();
				if (name.equals("tokens") && value == JsonToken.START_ARRAY) {
					tokens(parser);
					continue;
				}
				if (value.isStructStart()) {
					parser.skipChildren();
					continue;
				}
				switch (name) {
				case "trace" -> trace = text(parser, value);
				case "span" -> span = text(parser, value);
				case "parent" -> parent = text(parser, value);
				case "service" -> service = text(parser, value);
				case "host" -> host = text(parser, value);
				case "kind" -> kind = text(parser, value);
				case "peer" -> peer = text(parser, value);
				case "op" -> operation = text(parser, value);
				case "method" -> method = text(parser, value);
				case "path" -> path = text(parser, value);
				case "read" -> read = text(parser, value);
				case "conn" -> connection = number(parser, value);
				case "woke" -> woke = text(parser, value);
				case "woke_us" -> wokeMicros = number(parser, value);
				case "woke_hops" -> wokeHops = number(parser, value);
				case "start_us" -> {
					startMicros = number(parser, value);
					started = value.isNumeric();
				}
				case "dur_us" -> {
					micros = value.isNumeric() ? parser.getDoubleValue() : 0;
					lasted = value.isNumeric();
				}
				case "port" -> port = number(parser, value);
				case "pid" -> pid = number(parser, value);
				case "tid" -> tid = number(parser, value);
				case "end_tid" -> endTid = number(parser, value);
				case "status" -> status = number(parser, value);
				default -> {
				}
				}
			}
			timed = lasted;
			if (span.isEmpty()) {
				return "has no span id (field span)";
			}
			if (!started || startMicros < 0 || startMicros > Long.MAX_VALUE / 2_000) {
				return "has no usable start (field start_us)";
			}
			if (micros < 0 || micros > 1e15) {
				return "has an impossible duration (field dur_us)";
			}
			return kind.isEmpty() ? "has no kind (field kind)" : null;
		}

		private void tokens(JsonParser parser) throws IOException {
			for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
				if (token == JsonToken.VALUE_STRING && tokenCount < tokens.length) {
					tokens[tokenCount++] = parser.getText();
				} else {
					parser.skipChildren();
				}
			}
		}

		private static String text(JsonParser parser, JsonToken value) throws IOException {
			return value == JsonToken.VALUE_NULL ? "" : parser.getText();
		}

		private static long number(JsonParser parser, JsonToken value) throws IOException {
			if (value == JsonToken.VALUE_NUMBER_INT) {
				return parser.getLongValue();
			}
			return value == JsonToken.VALUE_NUMBER_FLOAT ? (long) parser.getDoubleValue() : 0;
		}

		void addTo(SpanFile file) {
			int number = switch (kind) {
			case "server", "SERVER" -> SpanTable.SERVER;
			case "client", "CLIENT" -> SpanTable.CLIENT;
			case "producer", "PRODUCER" -> SpanTable.PRODUCER;
			case "consumer", "CONSUMER" -> SpanTable.CONSUMER;
			default -> 0;
			};
			if (number == 0) {
				file.unused++;
				return;
			}
			SpanTable spans = file.spans;
			int row = spans.add();
			spans.kind.set(row, number);
			spans.spanId.set(row, file.ids.id(span));
			spans.service.set(row, spans.names.id(service));
			spans.operation.set(row, spans.names.id(operation(spans.names)));
			spans.peer.set(row, spans.names.id(port > 0 && !spans.isRequest(row) ? peer + ":" + port : peer));
			spans.startNanos.set(row, startMicros * 1_000);
			// A span that has no duration is still open; one that took none ended as it began.
			spans.endNanos.set(row, timed ? startMicros * 1_000 + Math.round(micros * 1_000) : 0);
			spans.status.set(row, (int) status);
			// An instance is a process; where the file tells hosts only, each host runs one.
			spans.pid.set(row, host.isEmpty() ? (int) pid : spans.names.id(host + "\0" + pid));
			spans.tid.set(row, (int) tid);
			spans.endTid.set(row, (int) endTid);
			spans.connection.set(row, connection);
			spans.readId.set(row, file.ids.id(read));
			spans.wokeId.set(row, file.ids.id(woke));
			spans.wokeHops.set(row, (int) wokeHops);
			spans.wokeMicros.set(row, (int) wokeMicros);
			long parentId = file.ids.id(parent);
			if (spans.isRequest(row)) {
				spans.parentId.set(row, parentId);
			}
			file.truth.set(row, parentId);
			long hash = 0;
			for (int i = 0; i < trace.length(); i++) {
				hash = SpanIds.mix64(hash + trace.charAt(i) + 1);
			}
			file.trace.set(row, hash);
			if (tokenCount == 0) {
				Paths.addTokens(spans, path);
			}
			for (int i = 0; i < tokenCount; i++) {
				spans.addToken(file.ids.id(tokens[i]));
			}
		}

		private String operation(Dictionary names) {
			if (path.indexOf(' ') > 0 && names.size() <= MOST_OPERATIONS) {
				return operation + " " + Paths.statement(path); // a query says more than the table it reads
			}
			boolean vague = operation.isEmpty() || operation.equals(method);
			if (!vague || path.isEmpty() || names.size() > MOST_OPERATIONS) {
				return operation;
			}
			return (method.isEmpty() ? operation : method) + " " + Paths.template(path);
		}
	}
}
