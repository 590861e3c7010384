package io.crosstrace.core.protocol.db;

import java.nio.ByteBuffer;
import java.util.List;

import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageParserContract;
import io.crosstrace.core.protocol.MessageSink;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

class MySqlAnswersTest extends MessageParserContract {
	/** What was asked: three queries, as if a client did not wait. */
	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		Protocol.Parsers parsers = new MySql(context).parsers(link);
		byte[] asked = new MySqlBytes().query("SELECT 1").query("SELECT 2").query("SELECT 3").bytes();
		parsers.requests().next(ByteBuffer.wrap(asked), new MessageSink() {
			@Override
			public void begin(Message message) {
			}

			@Override
			public void end(Message message) {
			}
		});
		return parsers.answers();
	}

	@Override
	protected List<Sample> samples() {
		return List.of(
				new Sample("rows, then done, then an error", new MySqlBytes().from(1).result(2, "secret", "x".repeat(120)).from(1).ok(2)
						.from(1).error(1062).bytes(), List.of("answer  0", "end", "answer  0", "end", "answer  0",
								"end 1062 db.response.status_code=1062 error.type=1062")),
				new Sample("ends of old", new MySqlBytes().from(1).oldResult("secret").from(1).oldResult().bytes(),
						List.of("answer  0", "end", "answer  0", "end")),
				new Sample("two results of one query", new MySqlBytes().from(1).result(2 | 8, "a").result(2, "b").bytes(),
						List.of("answer  0", "end")),
				new Sample("an error among rows", new MySqlBytes().from(1).packet("\1").packet("\3def\1a").packet("\1a").error(1317).bytes(),
						List.of("answer  0", "end 1317 db.response.status_code=1317 error.type=1317")));
	}

	@Override
	protected List<String> toldAfterGarbage(Sample sample) {
		return List.of();
	}

	@Override
	protected List<String> words() {
		return List.of("\7\0\0\1\0\0\0\2\0\0\0", "\1\0\0\1\1", "\5\0\0\2\u00fe\0\0\2\0", "\5\0\0\3\u00fe\0\0\2\0", "\u00ff\u00ff\u00ff\1\1",
				"\0\0\0\1", "\3\0\0\1\u00ff\1\4", "\1\0\0\1\u00fb", "\12\0\0\0\0128.0.1\0");
	}
}
