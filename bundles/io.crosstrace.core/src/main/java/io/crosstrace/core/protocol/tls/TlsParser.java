package io.crosstrace.core.protocol.tls;

import java.nio.ByteBuffer;

import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.ParserContext;

/** One direction of a {@link Tls} connection: follows the records by their heads, and keeps nothing. */
final class TlsParser implements MessageParser {
	private static final int HEAD = 5;
	/** The largest record there may be, RFC 8446, 5.2. */
	private static final int MOST = (1 << 14) + 256;
	/** Of a handshake message, this much is waited for: what is wanted stands at its beginning. */
	private static final int LOOK = 1024;
	/**
	 * What ends the client's handshake in TLS 1.3 is no larger, a hash of 48 bytes at most; a certificate before
	 * it is.
	 */
	private static final int MOST_FINISHED = 128;
	/** An encrypted alert, such as the one that closes. */
	private static final int ALERT = 19;
	private static final int MOST_HANDSHAKES = 6;
	private static final long QUIET_NANOS = 300_000_000L;

	private final Tls tls;
	private final ParserContext context;
	private final Tls.Shared shared;
	private final boolean client;
	/** Bytes to come of the record under way. */
	private long remaining;

	TlsParser(Tls tls, Tls.Shared shared, boolean client) {
		this.tls = tls;
		context = tls.context;
		this.shared = shared;
		this.client = client;
	}

	@Override
	public Step next(ByteBuffer in, MessageSink out) {
		while (in.hasRemaining()) {
			if (remaining > 0) {
				int taken = (int) Math.min(remaining, in.remaining());
				in.position(in.position() + taken);
				remaining -= taken;
				continue;
			}
			byte[] bytes = in.array();
			int from = in.arrayOffset() + in.position();
			int limit = in.arrayOffset() + in.limit();
			if (!plausible(bytes, from, limit)) {
				return Step.LOST_SYNC;
			}
			if (limit - from < HEAD) {
				return Step.NEED_MORE;
			}
			int length = (bytes[from + 3] & 0xff) << 8 | bytes[from + 4] & 0xff;
			boolean hello = bytes[from] == Tls.HANDSHAKE && !shared.clientFinished && !shared.asked;
			if (hello && limit - from < HEAD + Math.min(length, LOOK)) {
				return Step.NEED_MORE;
			}
			if (hello && length > 4 && bytes[from + HEAD] == (client ? Tls.CLIENT_HELLO : Tls.SERVER_HELLO)) {
				shared.hello.read(bytes, from, Math.min(limit, from + HEAD + length), !client);
			}
			int type = bytes[from];
			int at = in.position();
			in.position(at + HEAD);
			remaining = length;
			if (type == Tls.DATA && data(length, at, out)) {
				return Step.MESSAGE;
			}
		}
		return Step.NEED_MORE;
	}

	/** A record of data, or of TLS 1.3's handshake, which looks alike. True if it begins a message. */
	private boolean data(int length, int at, MessageSink out) {
		boolean tls13 = shared.hello.tls13;
		if (tls13 && length == ALERT) {
			return false;
		}
		if (!client) {
			return shared.asked && !shared.answering && begin(at, out);
		}
		if (tls13 && !shared.clientFinished) {
			shared.handshakes++;
			shared.clientFinished = length <= MOST_FINISHED || shared.handshakes == MOST_HANDSHAKES;
			return false;
		}
		return (!shared.asked || shared.answering) && begin(at, out);
	}

	private boolean begin(int at, MessageSink out) {
		Message message = context.message.clear(client, at);
		if (client) {
			String name = shared.hello.serverName;
			message.operation = context.names.id(name.isEmpty() ? "TLS" : "TLS " + name);
			message.encrypted = true;
			if (!name.isEmpty()) {
				context.attribute(tls.serverNameKey, name);
			}
			context.attribute(tls.encryptedKey, "by the process itself, as a JVM does");
			out.begin(message); // this ends the answer before
			shared.asked = true;
			shared.answering = false;
		} else {
			shared.answering = true;
			out.begin(message);
		}
		return true;
	}

	@Override
	public boolean endless() {
		return !client && shared.answering;
	}

	@Override
	public boolean endLost() {
		return endless();
	}

	@Override
	public long quietNanos() {
		return QUIET_NANOS;
	}

	@Override
	public void end(MessageSink out) {
		if (endless()) {
			shared.answering = false;
			shared.asked = false;
			Message message = context.ending.clear(false, 0);
			message.before = true;
			out.end(message);
		}
	}

	@Override
	public boolean resync(ByteBuffer in) {
		remaining = 0;
		byte[] bytes = in.array();
		int limit = in.arrayOffset() + in.limit();
		for (int i = in.arrayOffset() + in.position(); i < limit; i++) {
			if (plausible(bytes, i, limit)) {
				in.position(i - in.arrayOffset());
				return limit - i >= HEAD;
			}
		}
		in.position(in.limit());
		return false;
	}

	/** Whether a record can begin there, as far as can be seen. */
	private static boolean plausible(byte[] in, int from, int to) {
		if (in[from] < 0x14 || in[from] > 0x18 || from + 1 < to && in[from + 1] != 3
				|| from + 2 < to && (in[from + 2] < 0 || in[from + 2] > 4)) {
			return false;
		}
		return from + 4 >= to || ((in[from + 3] & 0xff) << 8 | in[from + 4] & 0xff) <= MOST;
	}

	@Override
	public long skippable() {
		return remaining;
	}

	@Override
	public Step skip(ByteBuffer in, long bytes, boolean moved, MessageSink out) {
		long unread = in.remaining() + bytes;
		in.position(in.limit());
		if (unread > remaining) {
			return Step.LOST_SYNC;
		}
		remaining -= unread;
		return Step.NEED_MORE;
	}
}
