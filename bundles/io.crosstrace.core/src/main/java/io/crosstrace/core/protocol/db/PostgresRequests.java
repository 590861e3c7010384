package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Framed;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.ParserContext;

/** What a client of PostgreSQL says. */
final class PostgresRequests extends Framed {
	/** How much of a statement is looked at: what is told of it is shorter. */
	private static final int MOST_SQL = 1 << 15;
	private static final int MOST_NAMES = 1024;

	private final Postgres shared;
	private final ParserContext context;
	private final PostgresSession session;
	private final Link link;
	private final byte[] database = { 'd', 'a', 't', 'a', 'b', 'a', 's', 'e' };
	private final byte[] user = { 'u', 's', 'e', 'r' };
	/** The statement executed last, whose executions are one batch, if it was bound again. */
	private SqlText.Statement current;
	private boolean bound;
	private int executions;

	PostgresRequests(Postgres shared, PostgresSession session, Link link) {
		this.shared = shared;
		context = shared.context;
		this.session = session;
		this.link = link;
	}

	@Override
	protected long length(byte[] in, int at, int to) {
		if (in[at] == 0) { // only what a connection begins with has no letter
			if (to - at < 8) {
				return MORE;
			}
			return Postgres.startup(in, at) ? PostgresMessages.int32(in, at) : NONE;
		}
		if (!PostgresMessages.asking(in[at])) {
			return NONE;
		}
		return to - at < PostgresMessages.HEAD ? MORE : PostgresMessages.length(in, at);
	}

	@Override
	protected int wanted(byte[] in, int at, int to, long length) {
		return (int) switch (in[at]) {
		case 0 -> length;
		case 'Q', 'P' -> Math.min(length, MOST_SQL);
		case 'B', 'C', 'E' -> Math.min(length, names(in, at, to));
		default -> PostgresMessages.HEAD;
		};
	}

	/** How much it takes to see two names of a Bind, or that they are not there. */
	private static int names(byte[] in, int at, int to) {
		int first = Ascii.indexOf(in, Math.min(to, at + PostgresMessages.HEAD), to, (byte) 0);
		int second = first < 0 ? -1 : Ascii.indexOf(in, first + 1, to, (byte) 0);
		return second < 0 ? MOST_NAMES : second + 1 - at;
	}

	@Override
	protected boolean read(byte[] in, int at, int to, long length, int index, MessageSink out) {
		int body = at + PostgresMessages.HEAD;
		switch (in[at]) {
		case 0 -> startup(in, at, to);
		case 'Q' -> query(in, body, to, index, out);
		case 'P' -> {
			int name = Ascii.indexOf(in, body, to, (byte) 0);
			if (name < 0) {
				return false;
			}
			int end = Ascii.indexOf(in, name + 1, to, (byte) 0);
			session.name(hash(in, body, name),
					shared.sql.statement(in, name + 1, end < 0 ? to : end, SqlText.Dialect.POSTGRESQL, end < 0));
		}
		case 'B' -> bind(in, body, to);
		case 'E' -> execute(in, body, to, index, out);
		case 'C' -> close(in, body, to);
		case 'S' -> sync(out);
		case 'H' -> endBatch(out);
		case 'F' -> begin(null, index, PostgresSession.QUERY, out);
		default -> {
		}
		}
		return true;
	}

	/** Pairs of names and values, the last followed by an empty name; only the database is looked at. */
	private void startup(byte[] in, int at, int to) {
		int code = PostgresMessages.int32(in, at + 4);
		session.encryptionAsked = code == Postgres.SSL || code == Postgres.GSS;
		if (code >>> 16 != 3) {
			return;
		}
		String fallback = null;
		int name = at + 8;
		while (name < to && in[name] != 0) {
			int nameEnd = Ascii.indexOf(in, name, to, (byte) 0);
			int valueEnd = nameEnd < 0 ? -1 : Ascii.indexOf(in, nameEnd + 1, to, (byte) 0);
			if (valueEnd < 0) {
				break;
			}
			if (Ascii.equalsIgnoreCase(in, name, nameEnd, database)) {
				session.database = context.texts.text(in, nameEnd + 1, valueEnd);
			} else if (Ascii.equalsIgnoreCase(in, name, nameEnd, user)) {
				fallback = context.texts.text(in, nameEnd + 1, valueEnd);
			}
			name = valueEnd + 1;
		}
		session.database = session.database == null ? fallback : session.database; // the server's own default
	}

	private void query(byte[] in, int body, int to, int index, MessageSink out) {
		endBatch(out);
		int end = Ascii.indexOf(in, body, to, (byte) 0);
		begin(shared.sql.statement(in, body, end < 0 ? to : end, SqlText.Dialect.POSTGRESQL, end < 0), index,
				PostgresSession.QUERY, out);
		out.end(context.ending.clear(true, index));
	}

	/** Bind: portal, statement, values that are not looked at. */
	private void bind(byte[] in, int body, int to) {
		int portal = Ascii.indexOf(in, body, to, (byte) 0);
		int name = portal < 0 ? -1 : Ascii.indexOf(in, portal + 1, to, (byte) 0);
		if (name >= 0) {
			bound = true;
			session.portal(hash(in, body, portal), session.statement(hash(in, portal + 1, name)));
		}
	}

	/** The request begins here, not at its Bind: so both ends of the connection name it alike however it is cut. */
	private void execute(byte[] in, int body, int to, int index, MessageSink out) {
		int end = Ascii.indexOf(in, body, to, (byte) 0);
		SqlText.Statement statement = end < 0 ? null : session.portalStatement(hash(in, body, end));
		if (session.growing && bound && statement != null && statement == current) {
			executions++;
			session.grow();
			bound = false;
			return;
		}
		endBatch(out);
		current = statement;
		executions = 1;
		begin(statement, index, statement == null ? PostgresSession.UNKNOWN : 1, out);
		bound = false;
	}

	private void close(byte[] in, int body, int to) {
		int end = Ascii.indexOf(in, body, to, (byte) 0);
		if (end <= body) {
			return;
		}
		long hash = hash(in, body + 1, end);
		if (in[body] == 'S' && hash != 0) {
			session.forget(hash);
		} else if (in[body] == 'P' && hash != 0) {
			session.portal(hash, null);
		}
	}

	private void sync(MessageSink out) {
		endBatch(out);
		session.add(PostgresSession.SYNC);
	}

	/** The request begun last is complete. */
	private void endBatch(MessageSink out) {
		if (executions > 0) {
			Message ending = context.ending.clear(true, 0);
			if (executions > 1) {
				ending.attribute(context.semconv.dbOperationBatchSize, context.texts.number(executions));
			}
			executions = 0;
			session.growing = false;
			out.end(ending);
		}
	}

	private void begin(SqlText.Statement statement, int index, int entry, MessageSink out) {
		if (!session.add(entry)) {
			return;
		}
		Message message = context.message.clear(true, index);
		message.operation = statement == null || statement.operation() == 0 ? shared.unknown : statement.operation();
		context.attribute(context.semconv.dbSystemName, "postgresql");
		if (session.database != null) {
			context.attribute(context.semconv.dbNamespace, session.database);
		}
		if (statement == null) {
			message.incomplete = entry == PostgresSession.UNKNOWN;
		} else {
			if (!statement.summary().isEmpty()) {
				context.attribute(context.semconv.dbQuerySummary, statement.summary());
			}
			if (!statement.text().isEmpty()) {
				context.attribute(context.semconv.dbQueryText, statement.text());
			}
		}
		out.begin(message);
	}

	/** 0 for the empty name. */
	private static long hash(byte[] in, int from, int to) {
		return from == to ? 0 : Ascii.hash(in, from, to) | 1;
	}

	@Override
	protected boolean likely(byte[] in, int at, int to) {
		if (in[at] == 0) {
			return to - at >= 8 && Postgres.startup(in, at);
		}
		int end = PostgresMessages.end(in, at, to);
		return in[at] == 'Q' && end > 0 && in[end - 1] == 0 && SqlText.begins(in, at + PostgresMessages.HEAD, to)
				|| PostgresMessages.asks(in, at, to);
	}

	@Override
	protected void lose() {
		session.clear();
		link.giveUp();
		current = null;
		bound = false;
		executions = 0;
	}
}
