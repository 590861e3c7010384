package io.crosstrace.core.protocol.db;

import java.util.List;

import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageParserContract;
import io.crosstrace.core.protocol.ParserContext;

class RedisAnswersTest extends MessageParserContract {
	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		return new Redis(context).parsers(link).answers();
	}

	@Override
	protected List<Sample> samples() {
		return List.of(
				new Sample("one of each kind", "+OK\r\n:42\r\n$6\r\nsecret\r\n$-1\r\n_\r\n#t\r\n,1.5\r\n(123\r\n$0\r\n\r\n", "answer  0", "end",
						"answer  0", "end", "answer  0", "end", "answer  0", "end", "answer  0", "end", "answer  0", "end", "answer  0", "end",
						"answer  0", "end", "answer  0", "end"),
				new Sample("nested arrays and a map", "*3\r\n$1\r\na\r\n*2\r\n:1\r\n*0\r\n$2\r\n\r\n\r\n%1\r\n+k\r\n~2\r\n:1\r\n:2\r\n*-1\r\n",
						"answer  0", "end", "answer  0", "end", "answer  0", "end"),
				new Sample("errors", "-WRONGTYPE secret detail\r\n-ERR no\r\n!9\r\nERR oops!\r\n",
						"answer  0 db.response.status_code=WRONGTYPE error.type=WRONGTYPE", "end",
						"answer  0 db.response.status_code=ERR error.type=ERR", "end", "answer  0 error.type=ERR", "end"),
				new Sample("what is published, between answers", ">3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$6\r\nsecret\r\n+OK\r\n"
						+ ">4\r\n$8\r\npmessage\r\n$2\r\nn*\r\n$4\r\nnews\r\n$1\r\nx\r\n>2\r\n$10\r\ninvalidate\r\n*1\r\n$1\r\na\r\n",
						"request send 0 oneway messaging.system=redis messaging.operation.name=send messaging.operation.type=send"
								+ " messaging.destination.name=news", "end", "answer  0", "end",
						"request send 0 oneway messaging.system=redis messaging.operation.name=send messaging.operation.type=send"
								+ " messaging.destination.name=news", "end"),
				new Sample("attributes before a value", "|1\r\n+ttl\r\n:3600\r\n$1\r\nx\r\n", "answer  0", "end"));
	}

	@Override
	protected List<String> words() {
		return List.of("*", "$", "\r\n", "*2147483648\r\n", "$-1\r\n", "$99999999999\r\n", ">3\r\n$7\r\nmessage\r\n", "%9\r\n", "*9999999\r\n",
				"+x\r\n", "-E\r\n", "|1\r\n", "~-1\r\n", "=4\r\ntxt:\r\n");
	}
}
