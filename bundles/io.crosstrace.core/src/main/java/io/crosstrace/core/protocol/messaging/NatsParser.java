package io.crosstrace.core.protocol.messaging;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.FrameParser;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.TraceParent;
import io.crosstrace.core.span.SpanTable;

/** One direction of a NATS connection. */
final class NatsParser extends FrameParser {
	private static final int IDENTITY = 1024;
	private static final byte[] STATUS = "NATS/1.0 ".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] TRACEPARENT = "traceparent".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] NAK = "-NAK".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] TERM = "+TERM".getBytes(StandardCharsets.US_ASCII);

	private final Nats nats;
	private final Nats.Connection connection;
	private final Link link;
	private final boolean client;
	private final Nats.Line line = new Nats.Line();
	private boolean ends;
	private boolean request;
	private long stream;

	/** @param client this direction is what the client says */
	NatsParser(Nats nats, Nats.Connection connection, Link link, boolean client) {
		super(nats.context, Nats.LOOK);
		this.nats = nats;
		this.connection = connection;
		this.link = link;
		this.client = client;
	}

	@Override
	protected long length(byte[] in, int from, int to) {
		int start = Nats.start(in, from, to, client);
		if (start != 1) {
			return start == 0 ? WRONG : MORE;
		}
		if (payload(in, from, to)) {
			return Nats.line(in, from, to, line); // 0 and -1 are MORE and WRONG
		}
		int lf = Ascii.indexOf(in, from, to, (byte) '\n');
		return lf < 0 ? MORE : lf + 1L - from;
	}

	private boolean payload(byte[] in, int from, int to) {
		return client ? Nats.is(in, from, to, Nats.PUB) || Nats.is(in, from, to, Nats.HPUB)
				: Nats.is(in, from, to, Nats.MSG) || Nats.is(in, from, to, Nats.HMSG);
	}

	@Override
	protected int start(byte[] in, int from, int to) {
		int start = Nats.start(in, from, to, client);
		if (start != 1 || !payload(in, from, to)) {
			return start == 1 ? YES : start == 0 ? NO : MAYBE;
		}
		long length = Nats.line(in, from, to, line);
		return length > 0 ? YES : length == 0 && to - from < 300 ? MAYBE : NO;
	}

	@Override
	protected boolean read(byte[] in, int from, int to, boolean cut, MessageSink out) {
		ends = false;
		if (!payload(in, from, to)) {
			return true; // INFO and CONNECT hold secrets, the others nothing of interest
		}
		if (Nats.line(in, from, to, line) <= 0) {
			return false;
		}
		int headers = line.end;
		int body = Math.min(to, headers + line.headers);
		long subject = Ascii.hash(in, line.subjectFrom, line.subjectTo);
		boolean answers = client ? connection.replied(subject) : link.asked(subject) != Message.PLAIN;
		Message message = context.message.clear(!answers, position(from));
		if (answers) {
			stream = subject;
			answer(in, headers, body, to, message);
		} else {
			ask(in, headers, body, to, message);
		}
		message.stream = stream;
		request = !answers;
		ends = true;
		out.begin(message);
		return true;
	}

	@Override
	protected void ended(boolean incomplete, boolean before, MessageSink out) {
		if (ends) {
			ends = false;
			Message message = context.ending.clear(request, 0);
			message.stream = stream;
			message.incomplete = incomplete;
			message.before = before;
			out.end(message);
		}
	}

	private void ask(byte[] in, int headers, int body, int to, Message message) {
		boolean replies = line.replyTo > line.replyFrom;
		stream = replies ? Ascii.hash(in, line.replyFrom, line.replyTo) : 0;
		message.trait = 1;
		message.oneWay = !replies;
		if (!client && replies) {
			connection.await(stream);
		}
		String verb = client ? replies ? "request" : "publish" : link.server() ? "deliver" : "process";
		if (!link.server()) {
			message.kind = !client ? SpanTable.CONSUMER : replies ? SpanTable.CLIENT : SpanTable.PRODUCER;
		}
		String subject = context.texts.text(in, line.subjectFrom, line.subjectTo);
		nats.words.operation(verb, client || link.server() ? Messaging.SEND : Messaging.PROCESS);
		message.operation = nats.words.name(verb, nats.words.template(subject, '.'));
		nats.words.destination(subject);
		int size = line.payload - line.headers;
		context.attribute(nats.words.bodySize, nats.words.number(size));
		if (line.headers > 0 && !context.options.ignoreTraceparent()) {
			headers(in, headers, body, message);
		}
		int wanted = Math.min(size, IDENTITY);
		if (to - body >= wanted && !link.server()) {
			nats.words.link(message, Messaging.mix(Ascii.hash(in, body, body + wanted), Messaging.mix(size, subject.hashCode())),
					client);
		}
	}

	/** "NATS/1.0 503" says that nobody was there to answer; JetStream's consumers say what went wrong. */
	private void answer(byte[] in, int headers, int body, int to, Message message) {
		int status = headers + STATUS.length;
		if (line.headers > STATUS.length + 3 && body - headers > STATUS.length + 3 && Ascii.startsWith(in, headers, body, STATUS)) {
			int code = (int) Ascii.decimal(in, status, status + 3);
			message.status = Math.max(0, code);
			if (code >= 400) {
				nats.words.error(message, nats.words.number(code));
			}
		} else if (client && line.payload - line.headers > 0 && body < to) {
			if (Ascii.startsWith(in, body, to, NAK)) {
				nats.words.error(message, "nak");
			} else if (Ascii.startsWith(in, body, to, TERM)) {
				nats.words.error(message, "term");
			}
		}
	}

	private void headers(byte[] in, int from, int to, Message message) {
		for (int at = from; at < to;) {
			int lf = Ascii.indexOf(in, at, to, (byte) '\n');
			int end = lf < 0 ? to : lf;
			int colon = Ascii.indexOf(in, at, end, (byte) ':');
			if (colon > at && Ascii.equalsIgnoreCase(in, at, colon, TRACEPARENT)) {
				int value = colon + 1;
				while (value < end && in[value] == ' ') {
					value++;
				}
				TraceParent.read(in, value, end > value && in[end - 1] == '\r' ? end - 1 : end, message);
				return;
			}
			at = end + 1;
		}
	}
}
