package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Framed;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.ParserContext;

/** What a client of MySQL says. */
final class MySqlRequests extends Framed {
	/** How much of a statement is looked at: what is told of it is shorter. */
	private static final int MOST_SQL = 1 << 15;
	private static final int SSL_REQUEST = 32;

	private final MySql shared;
	private final ParserContext context;
	private final MySql.Session session;
	private final Link link;
	/** The packet under way is continued by the next. */
	private boolean continues;
	private boolean continued;
	private boolean switched;
	private boolean told;

	MySqlRequests(MySql shared, MySql.Session session, Link link) {
		this.shared = shared;
		context = shared.context;
		this.session = session;
		this.link = link;
	}

	@Override
	protected long length(byte[] in, int at, int to) {
		if (to - at < MySql.HEAD) {
			return MORE;
		}
		int length = MySql.length(in, at);
		if (continues || session.sending || session.greeting) {
			return length;
		}
		if (in[at + 3] != 0 || length == MySql.HEAD) {
			return NONE;
		}
		return to - at == MySql.HEAD ? MORE : MySql.command(in[at + MySql.HEAD] & 0xff) ? length : NONE;
	}

	@Override
	protected int wanted(byte[] in, int at, int to, long length) {
		if (continues || session.sending) {
			return MySql.HEAD;
		}
		return (int) Math.min(length, MOST_SQL);
	}

	@Override
	protected boolean read(byte[] in, int at, int to, long length, int index, MessageSink out) {
		continued = continues;
		continues = length == MySql.HEAD + MySql.FULL;
		told = false;
		int body = at + MySql.HEAD;
		if (continued) {
			return true;
		}
		if (session.sending) {
			session.sending = length > MySql.HEAD; // an empty packet ends a file
			return true;
		}
		if (session.greeting) {
			if (in[at + 3] == 1) {
				introduced(in, body, to, length);
			}
			if (in[at + 3] != 0) {
				return true;
			}
			session.greeting = false;
		}
		if (to == body) {
			return false;
		}
		command(in, body, to, index, to < at + length, out);
		return true;
	}

	/** The client's answer to the greeting: what it can do, who it is, which database it wants. */
	private void introduced(byte[] in, int body, int to, long length) {
		if (to - body < SSL_REQUEST) {
			return;
		}
		int capabilities = MySql.little32(in, body);
		session.capabilities = capabilities;
		if (length == MySql.HEAD + SSL_REQUEST && (capabilities & MySql.SSL) != 0) {
			switched = true;
			link.become(context.protocols.encrypted);
			return;
		}
		int user = Ascii.indexOf(in, body + SSL_REQUEST, to, (byte) 0);
		if (user < 0 || user + 1 >= to || (capabilities & MySql.WITH_DATABASE) == 0) {
			return;
		}
		int auth = in[user + 1] & 0xff;
		int database = user + 2 + auth;
		int end = auth > 250 || database >= to ? -1 : Ascii.indexOf(in, database, to, (byte) 0);
		if (end > database) {
			session.database = context.texts.text(in, database, end);
		}
	}

	private void command(byte[] in, int body, int to, int index, boolean cut, MessageSink out) {
		int command = in[body] & 0xff;
		int sql = MySql.sqlAt(in, body + 1, to, command);
		switch (command) {
		case MySql.QUIT, MySql.LONG_DATA -> {
		}
		case MySql.CLOSE -> {
			if (to - body >= 5) {
				session.close(MySql.little32(in, body + 1));
			}
		}
		case MySql.QUERY, MySql.PREPARE -> {
			SqlText.Statement statement = shared.sql.statement(in, sql, to, SqlText.Dialect.MYSQL, cut);
			begin(command, statement, command == MySql.PREPARE ? statement : null, index, out);
		}
		case MySql.EXECUTE, MySql.BULK_EXECUTE -> begin(command,
				to - body >= 5 ? session.statement(MySql.little32(in, body + 1)) : null, null, index, out);
		case MySql.BINLOG_DUMP, MySql.BINLOG_DUMP_GTID -> {
			switched = true;
			link.become(context.protocols.unread);
		}
		default -> {
			if (command == MySql.INIT_DB && to > body + 1) {
				session.database = context.texts.text(in, body + 1, to);
			}
			session.greeting = command == MySql.CHANGE_USER; // it may have to prove who it is in several packets
			begin(command, null, null, index, out);
		}
		}
	}

	private void begin(int command, SqlText.Statement statement, SqlText.Statement prepares, int index, MessageSink out) {
		if (!session.add(command, prepares)) {
			return;
		}
		told = true;
		Message message = context.message.clear(true, index);
		boolean query = command == MySql.QUERY || command == MySql.EXECUTE || command == MySql.BULK_EXECUTE;
		message.silent = !query && command != MySql.PREPARE;
		message.operation = statement == null || statement.operation() == 0 ? context.names.id(session.system)
				: statement.operation();
		context.attribute(context.semconv.dbSystemName, session.system);
		if (session.database != null) {
			context.attribute(context.semconv.dbNamespace, session.database);
		}
		if (statement != null) {
			if (!statement.summary().isEmpty()) {
				context.attribute(context.semconv.dbQuerySummary, statement.summary());
			}
			context.attribute(context.semconv.dbQueryText, statement.text());
		} else {
			message.incomplete = query;
		}
		out.begin(message);
	}

	@Override
	protected void passed(MessageSink out) {
		if (!continues && told) {
			told = false;
			out.end(context.ending.clear(true, 0));
		}
	}

	@Override
	protected boolean done() {
		return switched;
	}

	@Override
	protected boolean likely(byte[] in, int at, int to) {
		return to - at > MySql.HEAD && MySql.commands(in, at, to);
	}

	@Override
	protected void lose() {
		session.clear();
		session.greeting = false;
		continues = told = false;
		link.giveUp();
	}
}
