package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * PostgreSQL's protocol, version 3: simple and extended queries, pipelines, COPY, errors. A simple query, or an
 * execution of a prepared one, is a span; executions of one statement in a row before a Sync are one batch.
 */
public final class Postgres implements Protocol {
	static final int VERSION_3 = 3 << 16;
	static final int CANCEL = 80877102;
	static final int SSL = 80877103;
	static final int GSS = 80877104;
	private static final int MOST_STARTUP = 10_000;

	final ParserContext context;
	final SqlText sql;
	/** The name of spans of which the statement is not known, such as one prepared before anybody listened. */
	final int unknown;

	public Postgres(ParserContext context) {
		this.context = context;
		sql = new SqlText(context);
		unknown = context.names.id("postgresql");
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		if (start && in[from] == 0) {
			if (to - from < 8) {
				return Sniffed.MAYBE;
			}
			return startup(in, from) ? Sniffed.REQUEST : Sniffed.NO;
		}
		if (in[from] == 'Q') {
			int end = PostgresMessages.end(in, from, to);
			return end == to && in[end - 1] == 0 && SqlText.begins(in, from + 5, to) ? Sniffed.REQUEST : Sniffed.NO;
		}
		if (PostgresMessages.asks(in, from, to)) {
			return Sniffed.REQUEST;
		}
		return PostgresMessages.answers(in, from, to) ? Sniffed.ANSWER : Sniffed.NO;
	}

	/** Whether the first 8 bytes are what a client begins with. */
	static boolean startup(byte[] in, int at) {
		int length = PostgresMessages.int32(in, at);
		int code = PostgresMessages.int32(in, at + 4);
		return switch (code) {
		case SSL, GSS -> length == 8;
		case CANCEL -> length >= 16 && length <= 300;
		default -> code >>> 16 == 3 && (code & 0xffff) < 100 && length > 8 && length <= MOST_STARTUP;
		};
	}

	@Override
	public Parsers parsers(Link link) {
		PostgresSession session = new PostgresSession();
		return new Parsers(new PostgresRequests(this, session, link), new PostgresAnswers(this, session, link));
	}
}
