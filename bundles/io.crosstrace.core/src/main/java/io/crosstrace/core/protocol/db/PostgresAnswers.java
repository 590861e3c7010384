package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Framed;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.ParserContext;

/**
 * What a PostgreSQL server says. Rows are passed over. Where the rest of an answer was moved but not captured, its
 * end is where the server says that it is ready, or where the client asks again.
 */
final class PostgresAnswers extends Framed {
	private static final int MOST_ERROR = 512;
	private static final int MOST_TAG = 64;

	private final Postgres shared;
	private final ParserContext context;
	private final PostgresSession session;
	private final Link link;
	/** The answer to the oldest request has begun. */
	private boolean begun;
	private boolean switched;
	/** Code of the error that the answer under way told; null if none. */
	private String error;
	/** The letter of the message read last, if something ends with it; else 0. */
	private byte letter;
	/** What an unknown statement turned out to do, by the server's word for it; 0 if it was not told. */
	private int verb;
	/** A group failed, so what else it asked is not answered. */
	private boolean failed;

	PostgresAnswers(Postgres shared, PostgresSession session, Link link) {
		this.shared = shared;
		context = shared.context;
		this.session = session;
		this.link = link;
	}

	@Override
	protected long length(byte[] in, int at, int to) {
		if (session.encryptionAsked && (in[at] == 'S' || in[at] == 'N' || in[at] == 'G')) {
			return 1;
		}
		if (!PostgresMessages.answering(in[at])) {
			return NONE;
		}
		return to - at < PostgresMessages.HEAD ? MORE : PostgresMessages.length(in, at);
	}

	@Override
	protected int wanted(byte[] in, int at, int to, long length) {
		return (int) Math.min(length, in[at] == 'E' ? MOST_ERROR : in[at] == 'C' ? MOST_TAG : PostgresMessages.HEAD);
	}

	@Override
	protected boolean read(byte[] in, int at, int to, long length, int index, MessageSink out) {
		letter = 0;
		if (length == 1) {
			session.encryptionAsked = false;
			if (in[at] != 'N') {
				switched = true;
				link.become(context.protocols.encrypted);
			}
			return true;
		}
		letter = in[at];
		int first = session.first();
		boolean answers = first != 0 && first != PostgresSession.SYNC && !failed && "NAKRSZ".indexOf(letter) < 0;
		if (letter == 'E' && answers) {
			error = code(in, at + PostgresMessages.HEAD, to);
		}
		if (letter == 'C' && first == PostgresSession.UNKNOWN) {
			verb = verb(in, at + PostgresMessages.HEAD, to);
		}
		if (answers && !begun) {
			begun = true;
			Message message = context.message.clear(false, index);
			if (letter == 'E') {
				message.serverError = message.clientError = true;
			}
			out.begin(message);
		}
		return true;
	}

	@Override
	protected boolean answering() {
		return begun;
	}

	@Override
	protected boolean endsAnswer(byte[] in, int from, int to, MessageSink out) {
		boolean ends = PostgresMessages.ready(in, from, to);
		if (ends) {
			ready(out);
		}
		return ends;
	}

	@Override
	protected boolean done() {
		return switched;
	}

	@Override
	protected void passed(MessageSink out) {
		switch (letter) {
		case 'C', 'I', 's' -> {
			if (begun && session.first() == PostgresSession.UNKNOWN) {
				ends(out, false);
			} else if (begun && session.first() > 0) {
				session.answered();
				if (session.first() == 0) {
					if (session.growing && session.only()) {
						return; // more executions of it may still come: then it ends when the server is ready
					}
					ends(out, false);
				}
			}
		}
		case 'E' -> {
			if (begun && session.first() != PostgresSession.QUERY) {
				ends(out, false);
				failed = true;
			}
		}
		case 'Z' -> ready(out);
		default -> {
		}
		}
	}

	/** The server has answered a simple query, or all of a group. */
	private void ready(MessageSink out) {
		boolean more = session.size() > 0;
		while (more) {
			int entry = session.first();
			if (entry == PostgresSession.SYNC) {
				session.take();
				more = false;
			} else {
				more = entry != PostgresSession.QUERY && session.size() > 1;
				ends(out, !begun);
			}
		}
		failed = false;
		error = null;
	}

	/** Ends the answer to the oldest request; @param skipped it was not even begun, because the group failed */
	private void ends(MessageSink out, boolean skipped) {
		session.take();
		Message ending = context.ending.clear(false, 0);
		ending.aborts = skipped;
		String code = error;
		error = null;
		if (verb != 0) {
			ending.operation = verb;
			ending.attribute(context.semconv.dbOperationName, context.names.text(verb));
			verb = 0;
		}
		begun = false;
		if (skipped || code != null) {
			ending.serverError = ending.clientError = true;
			if (code != null) {
				ending.attribute(context.semconv.dbResponseStatusCode, code);
			}
			ending.attribute(context.semconv.errorType, code != null ? code : "pipeline_aborted");
		}
		out.end(ending);
	}

	/** Of the tag "INSERT 0 1", what is before the numbers. */
	private int verb(byte[] in, int from, int to) {
		int end = from;
		while (end < to && (in[end] >= 'A' && in[end] <= 'Z' || in[end] == ' ')) {
			end++;
		}
		while (end > from && in[end - 1] == ' ') {
			end--;
		}
		return end == from ? 0 : context.texts.id(in, from, end, context.names);
	}

	/** The SQLSTATE among the fields of an error. */
	private String code(byte[] in, int from, int to) {
		int at = from;
		while (at < to && in[at] != 0) {
			int end = Ascii.indexOf(in, at + 1, to, (byte) 0);
			if (end < 0) {
				break;
			}
			if (in[at] == 'C' && end - at == 6) {
				return context.texts.text(in, at + 1, end);
			}
			at = end + 1;
		}
		return "_OTHER";
	}

	@Override
	public void end(MessageSink out) {
		foundEnd();
		boolean more = begun;
		while (more && session.size() > 0) {
			int entry = session.first();
			session.take();
			more = entry > 0 || entry == PostgresSession.UNKNOWN;
			if (entry != PostgresSession.SYNC) {
				Message ending = context.ending.clear(false, 0);
				ending.incomplete = true;
				ending.before = true;
				ending.aborts = !begun;
				begun = false;
				out.end(ending);
			}
		}
		begun = failed = false;
	}

	@Override
	protected boolean likely(byte[] in, int at, int to) {
		return PostgresMessages.answering(in[at]) && PostgresMessages.answers(in, at, to);
	}

	@Override
	protected void lose() {
		session.clear();
		begun = failed = false;
		foundEnd();
		error = null;
		verb = 0;
	}
}
