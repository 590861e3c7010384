package io.crosstrace.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class Http1AnswerParserTest extends MessageParserContract {
	private static final String OK = "answer  200 http.response.status_code=200";

	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		return new Http1Parser(context, new Http1Head(context, true), false, link);
	}

	private ParserRun run() {
		ParserContext context = ParserRun.context();
		return new ParserRun(context, link -> parser(context, link));
	}

	@Override
	protected List<Sample> samples() {
		return List.of(
				new Sample("with a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", OK, "end"),
				new Sample("no reason phrase", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", OK, "end"),
				new Sample("two with a length, the first body like an answer",
						"HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\nHTTP/1.1 404 No\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:0\r\n\r\n",
						OK, "end", OK, "end"),
				new Sample("chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n"
						+ "HTTP/1.1 204 No Content\r\n\r\n", OK, "end", "answer  204 http.response.status_code=204", "end"),
				new Sample("chunked with trailers",
						"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nA: b\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
						OK, "end", "answer  204 http.response.status_code=204", "end"),
				new Sample("interim answers", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
						+ "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", OK, "end"),
				new Sample("304 has a length but no body", "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n"
						+ "HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
						"answer  304 http.response.status_code=304", "end", "answer  204 http.response.status_code=204", "end", OK,
						"end"),
				new Sample("an error", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
						"answer  500 http.response.status_code=500 error.type=500", "end"),
				new Sample("a switch", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nHTTP/1.1 200 OK\r\nanything",
						"answer  101 http.response.status_code=101", "end", "switch"));
	}

	@Override
	protected List<String> words() {
		return List.of("HTTP/1.1 ", "HTTP/1.1 200 OK\r\n", "\r\n", "\r\n\r\n", "0\r\n\r\n", "Content-Length: 18446744073709551616\r\n",
				"Transfer-Encoding: chunked\r\n", "fffffffffffffff\r\n", "8000000000000000\r\n", "0\r\n", ";", "H", "HTTP/", "\u0000");
	}

	@Test
	void anAnswerToHead_hasNoBody() {
		ParserRun run = run();
		run.asked = Http1Head.HEAD;
		String answer = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n";
		assertEquals(List.of(OK, "end", OK, "end"), run.give(ParserRun.bytes(answer + answer)).told);
	}

	@Test
	void anAnswerWithoutLength_endsWithTheConnection() {
		ParserRun run = run().give(ParserRun.bytes("HTTP/1.1 200 OK\r\n\r\nbody"))
				.give(ParserRun.bytes("HTTP/1.1 404 not an answer\r\n\r\n"));
		assertEquals(List.of(OK), run.told);
		assertEquals(List.of(OK, "end"), run.close().told);
	}

	@Test
	void aWrongChunkSize_losesTheBodyButNotTheNextAnswer() {
		ParserRun run = run()
				.give(ParserRun.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdefgh\r\nzzz"))
				.give(ParserRun.bytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
		assertEquals(List.of(OK, "cut", OK, "end"), run.told);
	}
}
