package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.FrameParser;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.Semconv;

/** One direction of a Cassandra connection. A frame is an envelope, or from version 5 on a segment of envelopes. */
final class CassandraParser extends FrameParser {
	private static final byte[] COMPRESSION = Cassandra.ascii("COMPRESSION");
	private static final byte[] LZ4 = Cassandra.ascii("lz4");
	private static final int PREPARED = 4;
	private static final int TRACING = 2;
	private static final int PAYLOAD = 4;
	private static final int WARNING = 8;
	private static final int CHECKSUM = 4;
	private static final int MAX_PACKED = 1 << 17;

	private final Cassandra cassandra;
	private final Cassandra.Connection connection;
	private final Link link;
	private final boolean requests;
	private final Semconv words;
	/** Bytes of an envelope that goes on in the segments to come. */
	private long left;
	/** Of the envelope that ends with the frame: its stream; -1 if none does. */
	private long ending = -1;

	CassandraParser(Cassandra cassandra, Cassandra.Connection connection, Link link, boolean requests) {
		super(cassandra.context, Cassandra.LOOK);
		this.cassandra = cassandra;
		this.connection = connection;
		this.link = link;
		this.requests = requests;
		words = context.semconv;
	}

	@Override
	protected long length(byte[] in, int from, int to) {
		if (!connection.segments) {
			if (!Cassandra.envelope(in, from, to, !requests)) {
				return WRONG;
			}
			return to - from < Cassandra.HEAD ? MORE : Cassandra.HEAD + (long) Binary.int32(in, from + 5);
		}
		int head = head();
		if (to - from < head) {
			return MORE;
		}
		return checked(in, from) ? head + (long) payload(in, from) + CHECKSUM : WRONG;
	}

	private int head() {
		return connection.lz4 ? 8 : 6;
	}

	/** Bytes of a segment's payload, as they are sent. */
	private static int payload(byte[] in, int from) {
		return Binary.little32(in, from) & 0x1ffff;
	}

	/** Whether a segment's head has the checksum that it says: CRC-24 as in OpenPGP, over bits from the lowest on. */
	private boolean checked(byte[] in, int from) {
		int bytes = head() - 3;
		int crc = 0x875060;
		for (int i = 0; i < bytes; i++) {
			crc ^= (in[from + i] & 0xff) << 16;
			for (int bit = 0; bit < 8; bit++) {
				crc <<= 1;
				if ((crc & 0x1000000) != 0) {
					crc ^= 0x1974f0b;
				}
			}
		}
		int at = from + bytes;
		return (crc & 0xffffff) == (in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16);
	}

	@Override
	protected int start(byte[] in, int from, int to) {
		if (connection.segments) {
			return to - from < head() ? MAYBE : checked(in, from) ? YES : NO;
		}
		if (!Cassandra.envelope(in, from, to, !requests)) {
			return NO;
		}
		return to - from < Cassandra.HEAD ? MAYBE : YES;
	}

	@Override
	protected boolean read(byte[] in, int from, int to, boolean cut, MessageSink out) {
		ending = -1;
		if (!connection.segments) {
			return to - from >= Cassandra.HEAD && envelope(in, from, to, position(from), out) >= 0;
		}
		int head = head();
		if (to - from < head) {
			return false;
		}
		long packed = Binary.little32(in, from) & 0xffffffffL | (connection.lz4 ? (in[from + 4] & 0xffL) << 32 : 0);
		boolean contained = (packed >> (connection.lz4 ? 34 : 17) & 1) != 0;
		int whole = connection.lz4 ? (int) (packed >> 17) & 0x1ffff : 0;
		int payload = payload(in, from);
		int stop = Math.min(to, from + head + payload);
		if (whole == 0) {
			segment(in, from + head, stop, payload, contained, position(from), out);
		} else {
			int unpacked = Lz4.unpack(in, from + head, stop, cassandra.unpacked);
			segment(cassandra.unpacked, 0, unpacked, whole, contained, position(from), out);
		}
		return true;
	}

	/** @param whole bytes of the payload, of which [from, to) is seen */
	private void segment(byte[] in, int from, int to, int whole, boolean contained, int at, MessageSink out) {
		if (!contained && left > 0) {
			left -= whole;
			ending = left <= 0 ? unfinished : -1;
			return;
		}
		left = 0;
		int next = from;
		while (to - next >= Cassandra.HEAD && Cassandra.envelope(in, next, to, !requests)) {
			finish(false, false, out);
			long length = Cassandra.HEAD + (long) Binary.int32(in, next + 5);
			long stream = envelope(in, next, (int) Math.min(to, next + length), at, out);
			if (!contained) {
				left = length - whole;
				unfinished = stream;
				ending = -1;
				return;
			}
			if (length > to - next) {
				return;
			}
			next += (int) length;
		}
	}

	private long unfinished = -1;

	@Override
	protected void ended(boolean incomplete, boolean before, MessageSink out) {
		finish(incomplete, before, out);
	}

	private void finish(boolean incomplete, boolean before, MessageSink out) {
		if (ending >= 0 && !requests) {
			Message message = context.ending.clear(false, 0);
			message.stream = ending;
			message.incomplete = incomplete;
			message.before = before;
			out.end(message);
		}
		ending = -1;
	}

	/** Reads one envelope, whose head is there; its stream. */
	private long envelope(byte[] in, int from, int to, int at, MessageSink out) {
		connection.version = in[from] & 0x7f;
		int flags = in[from + 1];
		long stream = Binary.uint16(in, from + 2);
		int opcode = in[from + 4];
		long length = Binary.int32(in, from + 5);
		ending = stream;
		byte[] bytes = in;
		int start = from + Cassandra.HEAD;
		int stop = to;
		if ((flags & Cassandra.COMPRESSED) != 0 && connection.version < 5 && connection.lz4) {
			stop = Lz4.unpack(in, Math.min(to, start + 4), to, cassandra.unpacked);
			bytes = cassandra.unpacked;
			start = 0;
		} else if ((flags & Cassandra.COMPRESSED) != 0 && connection.version < 5) {
			stop = start; // Snappy, or a greeting that was not seen
		}
		Fields fields = cassandra.fields.over(bytes, start, stop);
		if (requests) {
			request(fields, flags, opcode, stream, at, stop - start < length, out);
		} else {
			answer(fields, flags, opcode, stream, at, out);
		}
		return stream;
	}

	private void request(Fields in, int flags, int opcode, long stream, int at, boolean cut, MessageSink out) {
		Message message = context.message.clear(true, at);
		message.stream = stream;
		message.trait = opcode + 1;
		if ((flags & PAYLOAD) != 0) {
			payload(in);
		}
		context.attribute(words.dbSystemName, "cassandra");
		switch (opcode) {
		case Cassandra.QUERY -> {
			SqlText.Statement statement = text(in, in.int32());
			tell(message, statement, null);
			consistency(in.uint16(), in.bad);
		}
		case Cassandra.PREPARE -> {
			SqlText.Statement statement = text(in, in.int32());
			if (statement != null && connection.preparing.size() < 10_000) {
				connection.preparing.put(stream, statement);
			}
			tell(message, statement, "PREPARE");
		}
		case Cassandra.EXECUTE -> {
			in.range(in.uint16());
			SqlText.Statement statement = in.bad ? null : cassandra.prepared(Ascii.hash(in.in, in.from, in.to));
			tell(message, statement, statement == null ? "EXECUTE" : null);
			if (connection.version >= 5) {
				in.range(in.uint16()); // of the result's metadata
			}
			consistency(in.uint16(), in.bad);
		}
		case Cassandra.BATCH -> batch(in, message);
		default -> {
			message.silent = true;
			if (opcode == Cassandra.STARTUP) {
				startup(in);
			}
			in.bad = false;
		}
		}
		if (in.bad && cut) {
			message.incomplete = true;
			context.lost(Loss.CUT_HEADS, 1);
		}
		out.begin(message);
	}

	private SqlText.Statement text(Fields in, int length) {
		int from = in.at;
		int to = (int) Math.min(in.end, from + (long) Math.max(0, length));
		in.skip(Math.max(0, length));
		return to <= from ? null : cassandra.texts.statement(in.in, from, to, SqlText.Dialect.POSTGRESQL);
	}

	private void tell(Message message, SqlText.Statement statement, String operation) {
		if (statement == null || statement.operation() == 0) {
			message.operation = context.names.id(operation == null ? "cassandra" : operation);
			if (operation != null) {
				context.attribute(words.dbOperationName, operation);
			}
			return;
		}
		message.silent = Cassandra.internal(statement.summary());
		if (operation == null) {
			message.operation = statement.operation();
		} else {
			message.operation = context.names.id(operation); // the statement's text says the rest
			context.attribute(words.dbOperationName, operation);
		}
		context.attribute(words.dbQuerySummary, statement.summary());
		context.attribute(words.dbQueryText, statement.text());
	}

	private void batch(Fields in, Message message) {
		in.int8(); // logged or not
		int count = in.uint16();
		message.operation = context.names.id("BATCH");
		context.attribute(words.dbOperationName, "BATCH");
		SqlText.Statement first = null;
		if (in.uint8() == 0) {
			first = text(in, in.int32());
		} else {
			in.range(in.uint16());
			first = in.bad ? null : cassandra.prepared(Ascii.hash(in.in, in.from, in.to));
		}
		in.bad = false; // what follows is values
		if (first != null && first.operation() != 0) {
			byte[] out = context.scratch;
			int length = put(out, 0, "BATCH ");
			length = put(out, length, first.summary());
			message.operation = context.texts.id(out, 0, length, context.names);
			context.attribute(words.dbQuerySummary, context.texts.text(out, 0, length));
		}
		if (count > 1) {
			context.attribute(words.dbOperationBatchSize, context.texts.number(count));
		}
	}

	@SuppressWarnings("deprecation") // exactly what ASCII needs: no encoder, no array
	private static int put(byte[] out, int at, String text) {
		int length = Math.min(text.length(), out.length - at);
		text.getBytes(0, length, out, at);
		return at + length;
	}

	private void consistency(int level, boolean bad) {
		String name = bad ? null : Cassandra.consistency(level);
		if (name != null) {
			context.attribute(cassandra.consistency, name);
		}
	}

	private void startup(Fields in) {
		for (int options = in.uint16(); options > 0 && !in.bad; options--) {
			boolean compression = in.range(in.uint16()) && in.is(COMPRESSION);
			if (in.range(in.uint16()) && compression) {
				connection.lz4 = in.is(LZ4);
			}
		}
	}

	private static void payload(Fields in) {
		for (int entries = in.uint16(); entries > 0 && !in.bad; entries--) {
			in.range(in.uint16());
			in.range(in.int32());
		}
	}

	private void answer(Fields in, int flags, int opcode, long stream, int at, MessageSink out) {
		int asked = link.asked(stream) - 1;
		if (opcode == Cassandra.EVENT) {
			ending = -1; // nobody asked
			return;
		}
		Message message = context.message.clear(false, at);
		message.stream = stream;
		if ((flags & TRACING) != 0) {
			in.skip(16);
		}
		if ((flags & WARNING) != 0) {
			for (int warnings = in.uint16(); warnings > 0 && !in.bad; warnings--) {
				in.range(in.uint16());
			}
		}
		if ((flags & PAYLOAD) != 0) {
			payload(in);
		}
		if (opcode == Cassandra.ERROR) {
			int code = in.int32(); // what the error says may hold data
			String text = in.bad ? "_OTHER" : Cassandra.code(code);
			message.status = in.bad ? 0 : code;
			message.serverError = message.clientError = true;
			context.attribute(words.dbResponseStatusCode, text);
			context.attribute(words.errorType, text);
		} else if (opcode == Cassandra.RESULT && asked == Cassandra.PREPARE && in.int32() == PREPARED) {
			in.range(in.uint16());
			SqlText.Statement statement = connection.preparing.get(stream);
			if (statement != null && !in.bad && in.to > in.from) {
				cassandra.learn(Ascii.hash(in.in, in.from, in.to), statement);
			}
		} else if ((opcode == Cassandra.READY || opcode == Cassandra.AUTHENTICATE) && asked == Cassandra.STARTUP) {
			connection.segments = connection.version >= 5;
		}
		connection.preparing.remove(stream);
		out.begin(message);
	}
}
