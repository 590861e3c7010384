package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Framed;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.ParserContext;

/**
 * What a MySQL server says. Columns and rows are passed over up to the packet that ends them. Where the rest of an
 * answer was moved but not captured, its end is where a record ends like one, or where the client asks again.
 */
final class MySqlAnswers extends Framed {
	/** A packet's head, then what says that a result is complete: two numbers of up to 9 bytes, a status. */
	private static final int LOOK = MySql.HEAD + 24;
	private static final int OK = 0;
	private static final int ERROR = 0xff;
	private static final int END = 0xfe;
	private static final int INFILE = 0xfb;
	private static final int MORE_RESULTS = 8;
	private static final int CURSOR = 0x40;
	private static final int EOF_LENGTH = MySql.HEAD + 5;
	private static final int OK_LENGTH = MySql.HEAD + 7;
	private static final byte[] MARIADB = { 'm', 'a', 'r', 'i', 'a', 'd', 'b' };

	private final ParserContext context;
	private final MySql.Session session;
	private final Link link;
	/** The answer to the oldest command has begun. */
	private boolean begun;
	/** Columns or rows are under way. */
	private boolean rows;
	/** The columns' own end has been seen, so the next end is the rows'. */
	private boolean columnsEnded;
	/** Packets to come of the answer to PREPARE. */
	private int definitions;
	private boolean continues;
	private boolean switched;
	private int sequence = -1;
	/** The packet under way is the answer's last. */
	private boolean last;
	private int error;

	MySqlAnswers(MySql shared, MySql.Session session, Link link) {
		context = shared.context;
		this.session = session;
		this.link = link;
	}

	@Override
	protected boolean answering() {
		return begun;
	}

	@Override
	protected boolean endsAnswer(byte[] in, int from, int to, MessageSink out) {
		boolean ends = endsResult(in, from, to);
		if (ends) {
			ends(out, false);
		}
		return ends;
	}

	/** Whether the last packet of a record can be the end of rows. */
	private static boolean endsResult(byte[] in, int from, int to) {
		int eof = to - EOF_LENGTH;
		int ok = to - OK_LENGTH;
		return eof >= from && MySql.length(in, eof) == EOF_LENGTH && (in[eof + MySql.HEAD] & 0xff) == END
				|| ok >= from && MySql.length(in, ok) == OK_LENGTH && (in[ok + MySql.HEAD] & 0xff) == END;
	}

	@Override
	protected long length(byte[] in, int at, int to) {
		if (to - at < MySql.HEAD) {
			return MORE;
		}
		boolean follows = sequence < 0 || (in[at + 3] & 0xff) == (sequence + 1 & 0xff);
		boolean first = session.first() != 0 && !begun;
		return (rows || definitions > 0 || continues) && !follows || first && in[at + 3] != 1 ? NONE : MySql.length(in, at);
	}

	@Override
	protected int wanted(byte[] in, int at, int to, long length) {
		return (int) Math.min(length, session.first() == 0 ? 120 : LOOK);
	}

	@Override
	protected boolean read(byte[] in, int at, int to, long length, int index, MessageSink out) {
		boolean continued = continues;
		continues = length == MySql.HEAD + MySql.FULL;
		sequence = in[at + 3] & 0xff;
		last = false;
		if (continued) {
			return true;
		}
		int body = at + MySql.HEAD;
		int type = body == to ? OK : in[body] & 0xff;
		if (session.first() == 0) {
			unasked(in, at, to, type);
			return true;
		}
		if (!begun && !(type == END && length == EOF_LENGTH && session.first() != MySql.FIELD_LIST
				&& session.first() <= MySql.EXECUTE)) {
			begun = true;
			error = 0;
			Message message = context.message.clear(false, index);
			out.begin(message);
		}
		if (begun) {
			answer(in, body, to, type, length);
		}
		return true;
	}

	/** Before the first command: the greeting, and what proves who the client is. */
	private void unasked(byte[] in, int at, int to, int type) {
		if (in[at + 3] == 0 && MySql.greeting(in, at, to)) {
			session.greeting = true;
			session.system = Ascii.containsIgnoreCase(in, at, to, MARIADB) ? "mariadb" : "mysql";
		} else if (type == OK && session.greeting) {
			session.greeting = false;
			if ((session.capabilities & (MySql.COMPRESS | MySql.ZSTD)) != 0) {
				switched = true;
				link.become(context.protocols.unread);
			}
		}
	}

	private void answer(byte[] in, int body, int to, int type, long length) {
		if (type == ERROR && definitions == 0) {
			error = to - body >= 3 ? in[body + 1] & 0xff | (in[body + 2] & 0xff) << 8 : -1;
			last = true;
			return;
		}
		switch (session.first()) {
		case MySql.QUERY, MySql.EXECUTE, MySql.BULK_EXECUTE, MySql.FETCH, MySql.FIELD_LIST -> {
			boolean started = rows || session.first() == MySql.FETCH || session.first() == MySql.FIELD_LIST;
			result(in, body, to, type, length, started);
		}
		case MySql.PREPARE -> prepared(in, body, to, type);
		case MySql.CHANGE_USER -> last = type == OK;
		default -> last = true;
		}
	}

	private void result(byte[] in, int body, int to, int type, long length, boolean started) {
		if (!started) {
			if (type == OK) {
				last = (status(in, body, to) & MORE_RESULTS) == 0;
			} else if (type == INFILE) {
				session.sending = true;
			} else {
				rows = true;
				columnsEnded = false;
			}
			return;
		}
		if (type != END || length >= MySql.HEAD + MySql.FULL) {
			return;
		}
		boolean eof = length == EOF_LENGTH;
		int status = eof && to - body >= 5 ? in[body + 3] & 0xff | (in[body + 4] & 0xff) << 8 : status(in, body, to);
		if (eof && rows && !columnsEnded && (status & CURSOR) == 0) {
			columnsEnded = true;
			return;
		}
		rows = false;
		last = (status & MORE_RESULTS) == 0;
	}

	/** The status in a packet that says OK. */
	private static int status(byte[] in, int body, int to) {
		int at = body + 1;
		for (int i = 0; i < 2 && at < to; i++) {
			int first = in[at] & 0xff;
			at += first < 0xfb ? 1 : first == 0xfc ? 3 : first == 0xfd ? 4 : 9;
		}
		return at + 2 <= to ? in[at] & 0xff | (in[at + 1] & 0xff) << 8 : 0;
	}

	private void prepared(byte[] in, int body, int to, int type) {
		if (definitions > 0) {
			last = --definitions == 0;
			return;
		}
		if (type != OK || to - body < 9) {
			last = true;
			return;
		}
		session.prepare(MySql.little32(in, body + 1), session.firstPrepared());
		int columns = in[body + 5] & 0xff | (in[body + 6] & 0xff) << 8;
		int parameters = in[body + 7] & 0xff | (in[body + 8] & 0xff) << 8;
		boolean eofs = (session.capabilities & MySql.NO_EOF) == 0;
		definitions = columns + parameters + (eofs && columns > 0 ? 1 : 0) + (eofs && parameters > 0 ? 1 : 0);
		last = definitions == 0;
	}

	@Override
	protected void passed(MessageSink out) {
		if (last && !continues) {
			ends(out, false);
		}
	}

	@Override
	protected boolean done() {
		return switched;
	}

	private void ends(MessageSink out, boolean cut) {
		Message ending = context.ending.clear(false, 0);
		ending.silent = error == 0 && session.first() == MySql.PREPARE;
		ending.incomplete = cut;
		ending.before = cut;
		if (error != 0) {
			String code = error > 0 ? context.texts.number(error) : "_OTHER";
			ending.status = Math.max(0, error);
			ending.serverError = ending.clientError = true;
			ending.attribute(context.semconv.dbResponseStatusCode, code);
			ending.attribute(context.semconv.errorType, code);
		}
		reset();
		session.take();
		out.end(ending);
	}

	private void reset() {
		begun = rows = columnsEnded = last = false;
		foundEnd();
		definitions = 0;
		error = 0;
		sequence = -1;
	}

	@Override
	protected boolean missed(boolean moved, MessageSink out) {
		continues = false;
		return super.missed(moved, out);
	}

	@Override
	public void end(MessageSink out) {
		if (begun) {
			ends(out, true);
		}
	}

	@Override
	protected boolean likely(byte[] in, int at, int to) {
		int i = at;
		int packets = 0;
		while (to - i > MySql.HEAD && packets < MySql.ENOUGH) {
			int length = MySql.length(in, i);
			if (length <= MySql.HEAD || (in[i + 3] & 0xff) != (in[at + 3] + packets & 0xff) || packets == 0 && in[i + 3] != 1) {
				return false;
			}
			packets++;
			i += length;
		}
		return i == to || packets == MySql.ENOUGH && i < to;
	}

	@Override
	protected void lose() {
		session.clear();
		continues = false;
		reset();
	}
}
