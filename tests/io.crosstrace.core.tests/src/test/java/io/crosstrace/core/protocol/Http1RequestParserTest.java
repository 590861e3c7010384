package io.crosstrace.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.List;

import org.junit.jupiter.api.Test;

class Http1RequestParserTest extends MessageParserContract {
	private static final String V11 = " http.request.method=%s network.protocol.version=1.1";

	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		return new Http1Parser(context, new Http1Head(context, true), true, link);
	}

	@Override
	protected List<Sample> samples() {
		return List.of(
				new Sample("one request", "GET /a HTTP/1.1\r\nHost: shop:80\r\n\r\n",
						get("/a", " server.address=shop server.port=80"), "end"),
				new Sample("bare line feeds", "GET /a HTTP/1.1\nHost: [::1]:80\n\n",
						get("/a", " server.address=::1 server.port=80"), "end"),
				new Sample("pipelined, with empty lines between", "GET /a HTTP/1.1\r\n\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
						get("/a", ""), "end", get("/b", ""), "end"),
				new Sample("a body with a length that looks like a request",
						"POST /a HTTP/1.1\r\nContent-Length: 21\r\n\r\n\nGET /no HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n", post("/a"),
						"end", get("/b", ""), "end"),
				new Sample("chunks, extensions, trailers",
						"POST /a HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n5;a=b\r\nhello\r\nA\r\n0123456789\r\n"
								+ "0\r\nX-Sum: 1\r\nY: 2\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
						post("/a"), "end", get("/b", ""), "end"),
				new Sample("chunks win over a length",
						"POST /a HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
						post("/a"), "end", get("/b", ""), "end"),
				new Sample("captured headers and user agent",
						"GET /a HTTP/1.1\r\nUser-Agent:  me/1 \r\nX-ID:7\r\nno colon here\r\n: x\r\n folded\r\nx-other: y\r\n\r\n",
						"request GET /a 0" + V11.formatted("GET")
								+ " user_agent.original=me/1 http.request.header.x-id=7 url.scheme=http url.path=/a",
						"end"),
				new Sample("absolute form, query, fragment",
						"GET https://u:p@h:1/x/1?a=2&b&c=;d=4#f HTTP/1.1\r\nHost: other\r\n\r\n",
						"request GET /x/{id} 0" + V11.formatted("GET")
								+ " server.address=h server.port=1 url.scheme=https url.path=/x/1 url.query=a=REDACTED&b&c=;d=REDACTED",
						"end"),
				new Sample("asterisk form", "OPTIONS * HTTP/1.1\r\n\r\n",
						"request OPTIONS 0" + V11.formatted("OPTIONS") + " url.scheme=http url.path=*", "end"),
				new Sample("a method of an extension", "PROPFIND /d HTTP/1.1\r\n\r\n",
						"request HTTP /d 0 http.request.method=_OTHER http.request.method_original=PROPFIND"
								+ " network.protocol.version=1.1 url.scheme=http url.path=/d",
						"end"),
				new Sample("a long head", "GET /a HTTP/1.1\r\n" + "X-Pad: 0123456789\r\n".repeat(150) + "\r\n", get("/a", ""),
						"end"));
	}

	@Override
	protected List<String> words() {
		return List.of("GET ", "GET / HTTP/1.1\r\n", "\r\n", "\n\r\n", "\r\n\r\n", "Content-Length: 99999999999999999999\r\n",
				"Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "0\r\n", "ffffffffffffffff\r\n", "7fffffff\r\n",
				"Host: ", "http://", "://", "@", "?", "?a=", ";", "#", "/", "{id}", "%", "[", "traceparent: 00-", "\u0000");
	}

	@Test
	void aHeadOf64KB_isRead() {
		String pad = "X-Pad: " + "y".repeat(60) + "\r\n";
		String head = "GET /a HTTP/1.1\r\n" + pad.repeat(940) + "\r\n";
		assertTrue(head.length() > 64_000 && head.length() <= Http1Parser.MAX_HEAD);
		ParserRun run = run();
		for (int at = 0; at < head.length(); at += 1000) {
			run.give(ParserRun.bytes(head.substring(at, Math.min(head.length(), at + 1000))));
		}
		assertEquals(List.of(get("/a", ""), "end"), run.told);
	}

	@Test
	void aLongerHead_isDroppedAndTheNextRequestIsFound() {
		ParserRun run = run();
		run.give(ParserRun.bytes("GET /a HTTP/1.1\r\n"));
		for (int i = 0; i < 100; i++) {
			run.give(ParserRun.bytes("X-Pad: " + "y".repeat(1000) + "\r\n"));
		}
		run.give(ParserRun.bytes("\r\nGET /b HTTP/1.1\r\n\r\n"));
		assertEquals(List.of(get("/b", ""), "end"), run.told);
		assertTrue(run.mostKept <= Http1Parser.MAX_HEAD);
	}

	@Test
	void aHeadDripFedByteByByte_costsNoMoreThanItsLength() {
		byte[] head = ParserRun.bytes("GET /a HTTP/1.1\r\n" + "X-Pad: 0123456789\r\n".repeat(3000) + "\r\n");
		ParserContext context = ParserRun.context();
		MessageParser parser = parser(context, null);
		ParserRun sink = new ParserRun(context, link -> parser);
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long start = threads.getCurrentThreadCpuTime(); // not wall time: the machine may be busy
		for (int length = 1; length <= head.length; length++) {
			parser.next(ByteBuffer.wrap(head, 0, length), sink);
		}
		assertEquals(2, sink.told.size());
		long cpuNanos = threads.getCurrentThreadCpuTime() - start;
		assertTrue(cpuNanos < 1_000_000_000L, "57 KB in single bytes took " + cpuNanos / 1_000_000 + " ms of CPU");
	}

	@Test
	void nonsenseLengths_endWithTheNextRequest() {
		for (String length : List.of("-1", "99999999999999999999", "5\r\nContent-Length: 6", "x")) {
			ParserRun run = run().give(ParserRun.bytes("POST /a HTTP/1.1\r\nContent-Length: " + length + "\r\n\r\nbody"))
					.give(ParserRun.bytes("GET /b HTTP/1.1\r\n\r\n"));
			assertEquals(List.of(post("/a"), "cut", get("/b", ""), "end"), run.told, length);
		}
	}

	@Test
	void otherLineProtocols_areNotTakenForHttp() {
		for (String text : List.of("GET\r\n", "get / HTTP/1.1\r\n\r\n", "GET / SIP/2.0\r\n\r\n", "OPTIONS rtsp://x RTSP/1.0\r\n\r\n",
				"GET  / HTTP/1.1\r\n\r\n", "GETX / HTTP/1.1\r\n\r\n", "HELO x\r\n", "GET key\r\n", "PRI * HTTP/2.0\r\n\r\n")) {
			assertEquals(List.of(), run().give(ParserRun.bytes(text)).told, text);
		}
	}

	private ParserRun run() {
		ParserContext context = ParserRun.context();
		return new ParserRun(context, link -> parser(context, link));
	}

	private static String get(String path, String server) {
		return "request GET " + path + " 0" + V11.formatted("GET") + server + " url.scheme=http url.path=" + path;
	}

	private static String post(String path) {
		return "request POST " + path + " 0" + V11.formatted("POST") + " url.scheme=http url.path=" + path;
	}
}
