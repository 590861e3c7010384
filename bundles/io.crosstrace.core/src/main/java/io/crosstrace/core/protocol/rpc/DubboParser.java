package io.crosstrace.core.protocol.rpc;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.FrameParser;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.TraceParent;

/** One direction of a Dubbo connection. Either side may ask, such as for a sign of life. */
final class DubboParser extends FrameParser {
	private static final byte[] TRACEPARENT = "traceparent".getBytes(StandardCharsets.US_ASCII);
	private static final int TRACEPARENT_BYTES = 55;

	private final Dubbo dubbo;
	private boolean request;
	private boolean oneWay;
	private long stream;

	DubboParser(Dubbo dubbo) {
		super(dubbo.context, Dubbo.LOOK);
		this.dubbo = dubbo;
	}

	@Override
	protected long length(byte[] in, int from, int to) {
		if (!Dubbo.plausible(in, from, to)) {
			return WRONG;
		}
		return to - from < Dubbo.HEAD ? MORE : Dubbo.HEAD + (long) Binary.int32(in, from + 12);
	}

	@Override
	protected int start(byte[] in, int from, int to) {
		return !Dubbo.plausible(in, from, to) ? NO : to - from < Dubbo.HEAD ? MAYBE : YES;
	}

	@Override
	protected boolean read(byte[] in, int from, int to, boolean cut, MessageSink out) {
		if (to - from < Dubbo.HEAD) {
			return false;
		}
		int flags = in[from + 2] & 0xff;
		stream = Binary.int64(in, from + 4);
		request = (flags & Dubbo.REQUEST) != 0;
		oneWay = request && (flags & Dubbo.TWO_WAY) == 0;
		Message message = context.message.clear(request, position(from));
		message.stream = stream;
		message.oneWay = oneWay;
		message.silent = (flags & Dubbo.EVENT) != 0;
		Fields fields = dubbo.fields.over(in, from + Dubbo.HEAD, to);
		int serialization = flags & Dubbo.SERIALIZATION;
		if (message.silent) {
			message.trait = 1;
		} else if (request) {
			call(fields, serialization, message);
		} else {
			answer(fields, in[from + 3] & 0xff, serialization, message);
		}
		if (cut && fields.bad) {
			context.lost(Loss.CUT_HEADS, 1);
			message.incomplete = true;
		}
		out.begin(message);
		return true;
	}

	@Override
	protected void ended(boolean incomplete, boolean before, MessageSink out) {
		if (request && !oneWay) {
			return;
		}
		Message message = context.ending.clear(request, 0);
		message.stream = stream;
		message.incomplete = incomplete;
		message.before = before;
		out.end(message);
	}

	/** The version of Dubbo, the service, its version, the method; then types and arguments, which are not read. */
	private void call(Fields in, int serialization, Message message) {
		context.attribute(context.semconv.rpcSystemName, "dubbo");
		boolean read = Dubbo.string(in, serialization) && Dubbo.string(in, serialization);
		int serviceFrom = in.from;
		int serviceTo = in.to;
		if (read) {
			Dubbo.string(in, serialization); // version, may be empty
			read = Dubbo.string(in, serialization);
		}
		int methodLength = in.to - in.from;
		if (!read || in.bad || serviceTo - serviceFrom > 500 || methodLength > 200
				|| !Binary.printable(in.in, serviceFrom, serviceTo) || !Binary.printable(in.in, in.from, in.to)) {
			message.operation = context.names.id("dubbo");
			message.incomplete = true;
			return;
		}
		byte[] out = context.scratch;
		int length = serviceTo - serviceFrom;
		System.arraycopy(in.in, serviceFrom, out, 0, length);
		out[length] = '/';
		System.arraycopy(in.in, in.from, out, length + 1, methodLength);
		message.operation = context.texts.id(out, 0, length + 1 + methodLength, context.names);
		context.attribute(context.semconv.rpcMethod, context.texts.text(out, 0, length + 1 + methodLength));
		if (!context.options.ignoreTraceparent()) {
			attachment(in.in, in.at, in.end, message);
		}
	}

	/** Attachments are behind the arguments, whose length nobody tells: looks for the one of interest. */
	private static void attachment(byte[] in, int from, int to, Message message) {
		int at = Ascii.indexOf(in, from, to, TRACEPARENT[0]);
		while (at >= 0) {
			if (Ascii.startsWith(in, at, to, TRACEPARENT)) {
				int value = at + TRACEPARENT.length;
				for (int i = value + 1; i <= value + 4 && i + TRACEPARENT_BYTES <= to && message.traceParent == 0; i++) {
					TraceParent.read(in, i, i + TRACEPARENT_BYTES, message);
				}
				return;
			}
			at = Ascii.indexOf(in, at + 1, to, TRACEPARENT[0]);
		}
	}

	/** What came back: 0 or 3 is an exception, without and with attachments. */
	private void answer(Fields in, int status, int serialization, Message message) {
		message.status = status;
		context.attribute(context.semconv.rpcResponseStatusCode, status(status));
		if (status != Dubbo.OK) {
			fail(message, status(status));
			return;
		}
		int what = Dubbo.number(in, serialization);
		if (what == 0 || what == 3) {
			boolean told = Dubbo.type(in, serialization) && in.to - in.from <= 200 && Binary.printable(in.in, in.from, in.to);
			fail(message, told ? context.texts.text(in.in, in.from, in.to) : "_OTHER");
		}
	}

	private void fail(Message message, String type) {
		message.serverError = message.clientError = true;
		context.attribute(context.semconv.errorType, type);
	}

	private static String status(int status) {
		return switch (status) {
		case Dubbo.OK -> "OK";
		case 30 -> "CLIENT_TIMEOUT";
		case 31 -> "SERVER_TIMEOUT";
		case 35 -> "CHANNEL_INACTIVE";
		case 40 -> "BAD_REQUEST";
		case 50 -> "BAD_RESPONSE";
		case 60 -> "SERVICE_NOT_FOUND";
		case 70 -> "SERVICE_ERROR";
		case 80 -> "SERVER_ERROR";
		case 90 -> "CLIENT_ERROR";
		case 100 -> "SERVER_THREADPOOL_EXHAUSTED_ERROR";
		case 105 -> "SERIALIZATION_ERROR";
		default -> "_OTHER";
		};
	}
}
