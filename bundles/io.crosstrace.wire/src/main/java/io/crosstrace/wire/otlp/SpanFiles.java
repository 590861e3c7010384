package io.crosstrace.wire.otlp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;

/**
 * Reads and writes files of spans. A recording is OTLP in protobuf, one length-delimited TracesData after
 * another, so that it can be written as it grows and a torn end costs the last piece only.
 */
public final class SpanFiles {
	/** A piece of a recording may be this long; a longer one means the file is something else. */
	private static final int MAX_PIECE_BYTES = 256 << 20;
	/** How TracesData begins, unless it is empty. */
	private static final byte TAG_RESOURCE_SPANS = 1 << 3 | 2;
	private static final int ROWS_A_PIECE = 10_000;
	private static final int SPANS_AT_ONCE = 1_000;

	/** How files may be written. Reading finds out by itself. */
	public enum Format {
		RECORDING, OTLP_JSON, JAEGER_JSON, ZIPKIN_JSON
	}

	/**
	 * @param read spans appended
	 * @param skipped spans without an id, or that ended before they began
	 * @param problem why reading stopped early, in a sentence; empty if it did not
	 */
	public record Report(int read, int skipped, String problem) {
	}

	private SpanFiles() {
	}

	/**
	 * Appends the spans of a file, gzip or not: a recording, or JSON of OTLP, Jaeger or Zipkin. A torn or damaged
	 * file gives what could be read and says where it broke.
	 *
	 * @param progress told the bytes read so far, now and then; throws to stop
	 * @throws IOException if the file cannot be opened or read at all
	 */
	public static Report read(Path file, SpanTable into, LongConsumer progress) throws IOException {
		return read(file, new Pieces(into), progress);
	}

	/**
	 * As {@link #read(Path, SpanTable, LongConsumer)}, in tables of some ten thousand rows: so that a file of any
	 * length is read in bounded memory, and the first spans are there while the last are still being read.
	 *
	 * @param names of all tables
	 * @param batches takes each table, in the calling thread; may throw to stop
	 */
	public static Report read(Path file, Dictionary names, Consumer<SpanTable> batches, LongConsumer progress)
			throws IOException {
		return read(file, new Pieces(names, batches), progress);
	}

	private static Report read(Path file, Pieces pieces, LongConsumer progress) throws IOException {
		try (Counting counting = new Counting(Files.newInputStream(file));
				InputStream in = unzipped(new BufferedInputStream(counting, 1 << 16))) {
			Progress steps = new Progress(pieces, counting, progress);
			String problem;
			try {
				problem = readAny(in, steps);
			} catch (JsonEOFException cut) {
				problem = "The file was cut off in line " + line(cut) + ": its last spans are missing.";
			} catch (StreamConstraintsException strange) {
				problem = "A value is too large, or nested too deep, to be a span's.";
			} catch (JsonProcessingException broken) {
				problem = "The JSON is broken at line " + line(broken) + ", column "
						+ broken.getLocation().getColumnNr() + ".";
			} catch (InvalidProtocolBufferException broken) {
				problem = String.format("The file is damaged after %,d bytes.", counting.bytes);
			} catch (EOFException cut) {
				problem = "The compressed file was cut off: its last spans are missing.";
			} catch (ZipException broken) {
				problem = "The compressed file is damaged.";
			}
			pieces.end();
			int read = pieces.read();
			if (read == 0 && problem.isEmpty()) {
				problem = "The file holds no span.";
			}
			return new Report(read, pieces.skipped(), read == 0 || problem.isEmpty() ? problem
					: problem + " What could be read is shown.");
		}
	}

	private static String line(JsonProcessingException problem) {
		return String.format("%,d", problem.getLocation().getLineNr());
	}

	/** Writes all rows of {@code spans}; an existing file is replaced when the new one is complete. */
	public static void write(Path file, Format format, SpanTable spans, Map<String, String> resource)
			throws IOException {
		try (Writer writer = new Writer(file, format, resource)) {
			int atOnce = format == Format.JAEGER_JSON ? Math.max(1, spans.size()) : ROWS_A_PIECE;
			for (int row = 0; row < spans.size(); row += atOnce) {
				writer.add(spans, row, Math.min(spans.size(), row + atOnce));
			}
			writer.complete();
		}
	}

	/** Writes a file table by table, so that it may hold more than memory does. One thread. */
	public static final class Writer implements Closeable {
		private final Path file;
		private final Path unfinished;
		private final Format format;
		private final Map<String, String> resource;
		private final OutputStream out;
		/** Of the formats that are one document. */
		private final JsonGenerator json;

		/** @param resource attributes that every resource gets, such as host.name */
		public Writer(Path file, Format format, Map<String, String> resource) throws IOException {
			this.file = file;
			this.format = format;
			this.resource = resource;
			unfinished = file.resolveSibling(file.getFileName() + ".part");
			out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16);
			json = format == Format.JAEGER_JSON || format == Format.ZIPKIN_JSON ? Json.FACTORY.createGenerator(out) : null;
			if (json != null) {
				json.setPrettyPrinter(new DefaultPrettyPrinter().withArrayIndenter(new DefaultIndenter(" ", "\n")));
				if (format == Format.JAEGER_JSON) {
					json.writeStartObject();
					json.writeFieldName("data");
				}
				json.writeStartArray();
			}
		}

		/** Adds rows {@code from} to {@code to}, excluded. Of Jaeger's format, all spans of a trace at once. */
		public void add(SpanTable spans, int from, int to) throws IOException {
			TracesData piece = OtlpSpans.toOtlp(spans, from, to, resource, json != null);
			switch (format) {
				case RECORDING -> piece.writeDelimitedTo(out);
				case OTLP_JSON -> {
					try (JsonGenerator line = Json.FACTORY.createGenerator(out)) {
						line.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
						OtlpJson.write(piece, line);
					}
					out.write('\n');
				}
				case JAEGER_JSON -> JaegerJson.write(piece, json);
				case ZIPKIN_JSON -> ZipkinJson.write(piece, json);
			}
		}

		/** Ends the file and puts it in the place of one that may be there. */
		public void complete() throws IOException {
			if (json != null) {
				json.close(); // also the arrays and objects that are open, and the stream
			}
			out.close();
			Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
		}

		/** Leaves nothing behind where the file is not complete. */
		@Override
		public void close() throws IOException {
			out.close();
			Files.deleteIfExists(unfinished);
		}
	}

	/** Appends rows to a recording that is being written. The stream is left open and flushed. */
	public static void append(OutputStream recording, SpanTable spans, int from, int to, Map<String, String> resource)
			throws IOException {
		OtlpSpans.toOtlp(spans, from, to, resource).writeDelimitedTo(recording);
		recording.flush();
	}

	private static InputStream unzipped(BufferedInputStream in) throws IOException {
		in.mark(2);
		boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
		in.reset();
		return zipped ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), 1 << 16) : in;
	}

	private static String readAny(InputStream in, Progress steps) throws IOException {
		in.mark(FileKinds.BYTES);
		int first = in.read();
		while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
			in.mark(FileKinds.BYTES); // white space before JSON; a recording starts with a length of more than 32
			first = in.read();
		}
		in.reset();
		if (first < 0) {
			return "The file is empty.";
		}
		byte[] beginning = in.readNBytes(FileKinds.BYTES);
		in.reset();
		boolean marked = beginning.length > 3 && (beginning[0] == (byte) 0xEF && beginning[1] == (byte) 0xBB
				|| beginning[0] == (byte) 0xFF && beginning[1] == (byte) 0xFE); // how Windows begins text
		if (first == '{' || first == '[' || marked) {
			return readJson(in, steps);
		}
		String problem = readRecording(in, steps);
		return problem.equals(FileKinds.UNKNOWN) ? FileKinds.of(beginning) : problem;
	}

	private static String readRecording(InputStream in, Progress steps) throws IOException {
		int first;
		while ((first = in.read()) >= 0) {
			int length = CodedInputStream.readRawVarint32(first, in);
			if (length < 0 || length > MAX_PIECE_BYTES) {
				return steps.any() ? "The file is damaged: what follows cannot be read." : FileKinds.UNKNOWN;
			}
			byte[] piece = in.readNBytes(length);
			if (piece.length > 0 && piece[0] != TAG_RESOURCE_SPANS && !steps.any()) {
				return FileKinds.UNKNOWN;
			}
			if (piece.length < length) {
				return "The file was cut off: its last spans are missing.";
			}
			steps.append(piece);
		}
		return "";
	}

	private static String readJson(InputStream in, Progress steps) throws IOException {
		try (JsonParser parser = Json.FACTORY.createParser(in)) {
			boolean known = false;
			String other = "";
			while (parser.nextToken() != null) {
				if (parser.currentToken() == JsonToken.START_ARRAY) { // Zipkin: an array of spans
					while (parser.nextToken() == JsonToken.START_OBJECT) {
						known = true;
						Map<?, ?> span = Json.object(Json.value(parser));
						if (span.containsKey("binaryAnnotations")) {
							return FileKinds.ZIPKIN_1;
						}
						steps.append(TracesData.newBuilder().addResourceSpans(ZipkinJson.read(span)).build().toByteArray());
					}
				} else if (parser.currentToken() == JsonToken.START_OBJECT) {
					while (parser.nextToken() == JsonToken.FIELD_NAME) {
						other = other.isEmpty() ? FileKinds.ofField(parser.currentName()) : other;
						known |= readField(parser, steps);
					}
				} else {
					break;
				}
			}
			return known ? "" : other.isEmpty() ? FileKinds.UNKNOWN_JSON : other;
		}
	}

	/** One field of the document: OTLP's resourceSpans, Jaeger's data, or something to skip. */
	private static boolean readField(JsonParser parser, Progress steps) throws IOException {
		String name = parser.currentName();
		parser.nextToken();
		boolean otlp = List.of("resourceSpans", "resource_spans").contains(name);
		if (!otlp && !name.equals("data") || parser.currentToken() != JsonToken.START_ARRAY) {
			parser.skipChildren();
			return false;
		}
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			if (otlp) {
				readResourceSpans(parser, steps);
			} else {
				steps.append(JaegerJson.read(Json.object(Json.value(parser))).toByteArray());
			}
		}
		return true;
	}

	/** One ResourceSpans, some spans at a time: one alone may be larger than memory. */
	private static void readResourceSpans(JsonParser parser, Progress steps) throws IOException {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			parser.skipChildren();
			return;
		}
		ResourceSpans.Builder group = ResourceSpans.newBuilder();
		boolean resourceKnown = false;
		while (parser.nextToken() == JsonToken.FIELD_NAME) {
			String field = parser.currentName();
			parser.nextToken();
			switch (field) {
				case "resource" -> {
					group.setResource(OtlpJson.resource(Json.value(parser)));
					resourceKnown = true;
				}
				case "schemaUrl", "schema_url" -> group.setSchemaUrl(Json.text(Json.value(parser)));
				// the second two: as it was called before 2022
				case "scopeSpans", "scope_spans", "instrumentationLibrarySpans", "instrumentation_library_spans" -> {
					if (parser.currentToken() != JsonToken.START_ARRAY) {
						throw new JsonParseException(parser, "scopeSpans is no array");
					}
					while (parser.nextToken() != JsonToken.END_ARRAY) {
						readScopeSpans(parser, group, resourceKnown, steps);
					}
				}
				default -> parser.skipChildren();
			}
		}
		if (group.getScopeSpansCount() > 0) {
			steps.append(TracesData.newBuilder().addResourceSpans(group).build().toByteArray());
		}
	}

	/** Hands spans on as they come, if what holds for all of them was said before; else adds them to {@code group}. */
	private static void readScopeSpans(JsonParser parser, ResourceSpans.Builder group, boolean resourceKnown,
			Progress steps) throws IOException {
		Map<String, Object> scope = new LinkedHashMap<>();
		List<Span> spans = new ArrayList<>();
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			throw new JsonParseException(parser, "a scope that is no object");
		}
		while (parser.nextToken() == JsonToken.FIELD_NAME) {
			String field = parser.currentName();
			parser.nextToken();
			if (!field.equals("spans") || parser.currentToken() != JsonToken.START_ARRAY) {
				scope.put(field.startsWith("instrumentation") ? "scope" : field, Json.value(parser));
				continue;
			}
			while (parser.nextToken() != JsonToken.END_ARRAY) {
				spans.add(OtlpJson.span(Json.object(Json.value(parser))));
				if (resourceKnown && spans.size() == SPANS_AT_ONCE && scope.containsKey("scope")) {
					steps.append(TracesData.newBuilder().addResourceSpans(group.clone()
							.addScopeSpans(OtlpJson.scope(scope).addAllSpans(spans))).build().toByteArray());
					spans.clear();
				}
			}
		}
		if (!spans.isEmpty()) {
			group.addScopeSpans(OtlpJson.scope(scope).addAllSpans(spans));
		}
	}

	/** Turns pieces of OTLP into rows: of one table, or of one table after another. */
	private static final class Pieces {
		private final Consumer<SpanTable> batches;
		private final Dictionary names;
		private final TextCache texts;
		private SpanTable table;
		private OtlpReader reader;
		private int read;
		private int skipped;

		Pieces(SpanTable into) {
			this(into.names, null);
			table = into;
			reader = new OtlpReader(into, texts);
		}

		Pieces(Dictionary names, Consumer<SpanTable> batches) {
			this.names = names;
			this.batches = batches;
			texts = new TextCache(names, 1 << 12);
		}

		void append(byte[] piece) throws InvalidProtocolBufferException {
			if (table == null) {
				table = new SpanTable(names, new Dictionary(1 << 20), ROWS_A_PIECE);
				reader = new OtlpReader(table, texts);
			}
			int before = table.size();
			try {
				reader.read(piece);
			} finally {
				read += table.size() - before;
			}
			if (batches != null && table.size() >= ROWS_A_PIECE) {
				end();
			}
		}

		void end() {
			if (table == null) {
				return;
			}
			skipped += reader.skipped();
			SpanTable whole = table;
			table = null;
			if (batches != null && whole.size() > 0) {
				batches.accept(whole);
			}
		}

		int read() {
			return read;
		}

		int skipped() {
			return skipped;
		}
	}

	/** Appends what was read and tells how far the file is. */
	private static final class Progress {
		private final Pieces pieces;
		private final Counting counting;
		private final LongConsumer told;
		private long lastTold;

		Progress(Pieces pieces, Counting counting, LongConsumer told) {
			this.pieces = pieces;
			this.counting = counting;
			this.told = told;
		}

		/** Whether anything was read. */
		boolean any() {
			return pieces.read() > 0;
		}

		void append(byte[] traces) throws InvalidProtocolBufferException {
			pieces.append(traces);
			if (counting.bytes - lastTold > 1 << 20) {
				lastTold = counting.bytes;
				told.accept(lastTold);
			}
		}
	}

	private static final class Counting extends java.io.FilterInputStream {
		private long bytes;

		Counting(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			int value = super.read();
			bytes += value < 0 ? 0 : 1;
			return value;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			int count = super.read(target, offset, length);
			bytes += Math.max(0, count);
			return count;
		}
	}
}
