package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.FrameParser;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;

/** One direction of a Memcached connection. */
final class MemcachedParser extends FrameParser {
	private final boolean requests;
	/** Of answers: pieces of one have come, and its last is to come. */
	private boolean begun;
	private boolean ends;

	MemcachedParser(Memcached memcached, boolean requests) {
		super(memcached.context, Memcached.LOOK);
		this.requests = requests;
	}

	@Override
	protected long length(byte[] in, int from, int to) {
		int lf = Ascii.indexOf(in, from, to, (byte) '\n');
		if (lf < 0) {
			return MORE;
		}
		if (!requests) {
			return Memcached.answer(in, from, lf + 1);
		}
		int command = Memcached.command(in, from, lf);
		return command < 0 ? WRONG : Memcached.request(in, from, lf + 1, command);
	}

	@Override
	protected int start(byte[] in, int from, int to) {
		int lf = Ascii.indexOf(in, from, to, (byte) '\n');
		if (lf < 0) {
			return Ascii.letter(in[from]) && to - from < 300 ? MAYBE : NO;
		}
		if (Ascii.digit(in[from])) {
			return NO; // as good as anything
		}
		return length(in, from, to) > 0 ? YES : NO;
	}

	@Override
	protected boolean read(byte[] in, int from, int to, boolean cut, MessageSink out) {
		int lf = Ascii.indexOf(in, from, to, (byte) '\n');
		if (lf < 0) {
			return false;
		}
		ends = true;
		if (requests) {
			request(in, from, lf, position(from), out);
		} else {
			answer(in, from, lf, position(from), out);
		}
		return true;
	}

	@Override
	protected void ended(boolean incomplete, boolean before, MessageSink out) {
		if (ends) {
			ends = begun = false;
			Message message = context.ending.clear(requests, 0);
			message.incomplete = incomplete;
			message.before = before;
			out.end(message);
		}
	}

	private void request(byte[] in, int from, int lf, int at, MessageSink out) {
		int command = Memcached.command(in, from, lf);
		Message message = context.message.clear(true, at);
		message.oneWay = Memcached.quiet(in, from, lf + 1, command) || Memcached.quits(command);
		message.silent = Memcached.quits(command);
		String name = Memcached.name(command);
		message.operation = context.names.id(name);
		context.attribute(context.semconv.dbSystemName, "memcached");
		context.attribute(context.semconv.dbOperationName, name);
		int keys = Memcached.keys(in, from, lf, command);
		if (keys > 1) {
			context.attribute(context.semconv.dbOperationBatchSize, context.texts.number(keys));
		}
		out.begin(message);
	}

	private void answer(byte[] in, int from, int lf, int at, MessageSink out) {
		ends = !Ascii.startsWith(in, from, lf, Memcached.VALUE) && !Ascii.startsWith(in, from, lf, Memcached.STAT);
		if (begun) {
			return;
		}
		begun = true;
		Message message = context.message.clear(false, at);
		String error = switch (in[from]) {
		case 'E' -> in[from + 1] == 'R' ? "ERROR" : null;
		case 'C' -> "CLIENT_ERROR";
		case 'S' -> in[from + 1] == 'E' ? "SERVER_ERROR" : null;
		default -> null;
		};
		if (error != null) { // what follows the word may hold a key
			message.serverError = message.clientError = true;
			context.attribute(context.semconv.errorType, error);
		}
		out.begin(message);
	}
}
