package io.crosstrace.core.protocol;

import java.util.List;

class WebSocketParserTest extends MessageParserContract {
	private static final String RECEIVED = "request websocket message 0 oneway network.protocol.name=websocket"
			+ " crosstrace.websocket.message.type=";

	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		return new WebSocket(context).parsers(link).requests();
	}

	@Override
	protected List<Sample> samples() {
		return List.of(
				new Sample("text and binary", "\u0081\u0085abcdhello\u0082\u00feabcd".substring(0, 11) + "\u0082\u00fe\1\54abcd"
						+ "x".repeat(300), RECEIVED + "text", "end", RECEIVED + "binary", "end"),
				new Sample("a message in pieces, a ping between them", "\1\u0082abcd12\u0089\u0081abcd1\0\u0081abcd3\u0080\u0080abcd",
						RECEIVED + "text", "end"));
	}

	@Override
	protected List<String> words() {
		return List.of("\u0081\u0080abcd", "\u0081\u00ff\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "\u0081\u00fe\0\1", "\0\u0080abcd", "\u0088\u0080abcd",
				"\u0083\u0080", "\1\5");
	}
}
