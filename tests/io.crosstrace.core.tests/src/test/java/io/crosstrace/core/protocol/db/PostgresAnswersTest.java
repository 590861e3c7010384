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

class PostgresAnswersTest extends MessageParserContract {
	/** What was asked: four simple queries. */
	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		Protocol.Parsers parsers = new Postgres(context).parsers(link);
		byte[] asked = new PostgresBytes().query("SELECT 1").query("SELECT 2").query("SELECT 3").query("SELECT 4").bytes();
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
				new Sample("rows", new PostgresBytes().message('T', "\0\0").row("secret").row("x".repeat(200)).complete("SELECT 2")
						.ready().bytes(), List.of("answer  0", "end")),
				new Sample("an error, then a notice and success", new PostgresBytes().error("23505").ready()
						.message('N', "SWARNING\0\0").complete("INSERT 0 1").ready().bytes(),
						List.of("answer  0", "end db.response.status_code=23505 error.type=23505", "answer  0", "end")),
				new Sample("two results of one query", new PostgresBytes().complete("UPDATE 1").message('T', "\0\0").row("a")
						.complete("SELECT 1").ready().message('I', "").ready().bytes(), List.of("answer  0", "end", "answer  0", "end")));
	}

	@Override
	protected List<String> toldAfterGarbage(Sample sample) {
		return List.of(); // what was asked before is given up
	}

	@Override
	protected List<String> words() {
		return List.of("Z\0\0\0\5I", "E\0\0\0\12C23505\0\0", "C\0\0\0\4", "D\0\u0001\0\0", "s\0\0\0\4", "T\u007f\u00ff\u00ff\u00ff", "S", "N",
				"1\0\0\0\4");
	}
}
