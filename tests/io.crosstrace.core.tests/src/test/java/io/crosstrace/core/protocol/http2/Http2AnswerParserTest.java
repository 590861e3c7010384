package io.crosstrace.core.protocol.http2;

import java.util.List;

import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageParserContract;
import io.crosstrace.core.protocol.ParserContext;

class Http2AnswerParserTest extends MessageParserContract {
	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		return new Http2(context).parsers(link).answers();
	}

	@Override
	protected List<Sample> samples() {
		return List.of(
				new Sample("answers in another order, one with frames of both", Http2Bytes.server().answer(3, true, "204")
						.answer(1, false, "200", "content-type", "text/plain").data(1, false, "x".repeat(200)).answer(5, true, "404")
						.data(1, true, "").bytes(),
						List.of("answer #3  204 http.response.status_code=204", "end #3", "answer #1  200 http.response.status_code=200",
								"answer #5  404 http.response.status_code=404", "end #5", "end #1")),
				new Sample("an interim answer, trailers", Http2Bytes.server().answer(1, false, "103", "link", "</a>")
						.answer(1, false, "500").data(1, false, "oops").trailers(1, "checksum", "7").bytes(),
						List.of("answer #1  500 http.response.status_code=500 error.type=500", "end #1")),
				new Sample("a push and a reset", Http2Bytes.server().push(1, 2, "/style").answer(1, false, "200")
						.answer(2, false, "200").data(2, true, "a").reset(1, 2).bytes(),
						List.of("answer #1  200 http.response.status_code=200", "answer #2  200 silent http.response.status_code=200",
								"end #2", "end aborts #1 error.type=INTERNAL_ERROR")));
	}

	@Override
	protected List<String> words() {
		return List.of("\0\0\1\1\5\0\0\0\1\u0088", "\0\0\1\1\4\0\0\0\1\u0088", "\0\0\0\0\1\0\0\0\1", "\0\u00ff\u00ff\1\0\0\0\0\1",
				"\0\0\4\3\0\0\0\0\1", "\u0048\u0082\u0064\2", "\0\0\1\11\0\0\0\0\1\0", "\0\0\5\5\4\0\0\0\1\0\0\0\2\u0082", "\0");
	}
}
