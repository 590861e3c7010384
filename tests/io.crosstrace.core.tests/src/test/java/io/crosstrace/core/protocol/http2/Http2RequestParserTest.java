package io.crosstrace.core.protocol.http2;

import java.util.List;

import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageParserContract;
import io.crosstrace.core.protocol.ParserContext;

class Http2RequestParserTest extends MessageParserContract {
	private static final String SERVER = " network.protocol.version=2 server.address=shop server.port=8080";

	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		return new Http2(context).parsers(link).requests();
	}

	@Override
	protected List<Sample> samples() {
		String get = "request #%d GET /orders/{id} 0" + SERVER + " http.request.method=GET url.scheme=http url.path=/orders/4711";
		return List.of(
				new Sample("the same twice, indexed the second time", Http2Bytes.client().request(1, true, "GET", "/orders/4711")
						.request(3, true, "GET", "/orders/4711").bytes(),
						List.of(get.formatted(1), "end #1", get.formatted(3), "end #3")),
				new Sample("a body in frames, another stream between them", Http2Bytes.client()
						.request(1, false, "POST", "/a", "x-id", "7").data(1, false, "abc").request(3, true, "GET", "/orders/4711")
						.data(1, true, "d".repeat(300)).bytes(),
						List.of("request #1 POST /a 0" + SERVER
								+ " http.request.method=POST url.scheme=http url.path=/a http.request.header.x-id=7",
								get.formatted(3), "end #3", "end #1")),
				new Sample("a block in pieces of 5 bytes", Http2Bytes.client()
						.inPieces(1, true, 5, ":method", "GET", ":scheme", "http", ":authority", "shop:8080", ":path", "/orders/4711")
						.bytes(), List.of(get.formatted(1), "end #1")),
				new Sample("padding and priority, then window updates", Http2Bytes.client()
						.padded(1, ":method", "GET", ":scheme", "http", ":authority", "shop:8080", ":path", "/orders/4711")
						.frame(Frame.WINDOW_UPDATE, 0, 0, new byte[4]).frame(Frame.PING, 0, 0, new byte[8]).bytes(),
						List.of(get.formatted(1), "end #1")),
				new Sample("gRPC", Http2Bytes.client()
						.request(1, false, "POST", "/shop.Orders/Place", "content-type", "application/grpc", "te", "trailers")
						.data(1, true, "\0\0\0\0\2ab").bytes(),
						List.of("request #1 shop.Orders/Place 0" + SERVER + " rpc.system.name=grpc rpc.method=shop.Orders/Place",
								"end #1")),
				new Sample("cancelled", Http2Bytes.client().request(1, false, "POST", "/a").reset(1, 8).reset(1, 8).bytes(),
						List.of("request #1 POST /a 0" + SERVER + " http.request.method=POST url.scheme=http url.path=/a",
								"end aborts #1")),
				new Sample("the table emptied in between", Http2Bytes.client().request(1, true, "GET", "/orders/4711")
						.tableSize(0).request(3, true, "GET", "/orders/4711").tableSize(4096)
						.request(5, true, "GET", "/orders/4711").request(7, true, "GET", "/orders/4711").bytes(),
						List.of(get.formatted(1), "end #1", get.formatted(3), "end #3", get.formatted(5), "end #5",
								get.formatted(7), "end #7")),
				new Sample("trailers of a request", Http2Bytes.client().request(1, false, "GET", "/orders/4711")
						.data(1, false, "x").trailers(1, "checksum", "5").bytes(), List.of(get.formatted(1), "end #1")));
	}

	@Override
	protected List<String> words() {
		return List.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\0\0\5\1\5\0\0\0\1", "\0\0\0\0\1\0\0\0\1", "\0\u00ff\u00ff\1\0\0\0\0\1",
				"\0\0\4\3\0\0\0\0\1", "\u007f\u00ff\u00ff\u00ff\u00ff", "\u0082\u0086\u0084", "\u003f\u00e1\u001f", "\u00be\u00bf",
				"\0\0\1\11\0\0\0\0\1\0", "\u0040\u008a", "\0");
	}
}
