package io.crosstrace.core.protocol.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Captured;

class Http2ConversationTest {
	private static final int SENT = CaptureRecord.SENT;
	private static final int RECEIVED = CaptureRecord.RECEIVED;
	private static final String[] GRPC = { "content-type", "application/grpc" };

	private final Dictionary names = new Dictionary(1000);
	private final Pipeline pipeline = new Pipeline(names, PipelineOptions.standard(), pid -> 0);
	private final Captured wire = new Captured(pipeline);
	private final Captured.Connection call = wire.open(1, "10.0.0.1:4000", "10.0.0.2:8080", true);
	private final Http2Bytes client = Http2Bytes.client();
	private final Http2Bytes server = Http2Bytes.server();

	@Test
	void streams_areAnsweredInAnyOrder() {
		call.moves(SENT, client.request(1, true, "GET", "/a").request(3, true, "GET", "/b").bytes());
		call.moves(SENT, client.request(5, false, "POST", "/c").bytes());
		call.moves(RECEIVED, server.answer(5, false, "200").answer(3, true, "404").bytes());
		call.moves(SENT, client.data(5, true, "late body").bytes());
		call.moves(RECEIVED, server.answer(1, true, "204").data(5, true, "x").bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET /b 404 error, GET /a 204, POST /c 200", told(spans));
		assertEquals("http://shop:8080/b", spans.attribute(0, "url.full"));
		assertEquals("2", spans.attribute(0, "network.protocol.version"));
		assertEquals(4 * Captured.STEP_NANOS, spans.firstByteNanos.get(2));
		assertEquals(6 * Captured.STEP_NANOS, spans.endNanos.get(2));
	}

	@Test
	void grpcCalls_haveTheirStatusFromTheTrailers() {
		call.moves(SENT, client.request(1, false, "POST", "/shop.Orders/Place", GRPC).data(1, true, "\0\0\0\0\0").bytes());
		call.moves(RECEIVED, server.answer(1, false, "200", GRPC).data(1, false, "\0\0\0\0\0").trailers(1, "grpc-status", "0").bytes());
		call.moves(SENT, client.request(3, false, "POST", "/shop.Orders/Find", GRPC).data(3, true, "\0\0\0\0\0").bytes());
		call.moves(RECEIVED, server.answer(3, true, "200", "content-type", "application/grpc", "grpc-status", "5").bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("shop.Orders/Place 0, shop.Orders/Find 5 error", told(spans));
		assertEquals("OK", spans.attribute(0, "rpc.response.status_code"));
		assertEquals("NOT_FOUND", spans.attribute(1, "rpc.response.status_code"));
		assertEquals("NOT_FOUND", spans.attribute(1, "error.type"));
		assertEquals("grpc", spans.attribute(1, "rpc.system.name"));
		assertEquals("shop.Orders/Find", spans.attribute(1, "rpc.method"));
	}

	@Test
	void aCancelledCall_endsWhenItIsGivenUp() {
		call.moves(SENT, client.request(1, false, "POST", "/shop.Orders/Watch", GRPC).bytes());
		call.moves(RECEIVED, server.answer(1, false, "200", GRPC).data(1, false, "\0\0\0\0\0").bytes());
		call.moves(SENT, client.reset(1, 8).bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("shop.Orders/Watch 1 error", told(spans));
		assertEquals("CANCELLED", spans.attribute(0, "rpc.response.status_code"));
		assertEquals(4 * Captured.STEP_NANOS, spans.endNanos.get(0));
	}

	@Test
	void anUpgradedRequest_isAnsweredAsStreamOne() {
		call.sends("GET /first HTTP/1.1\r\nHost: shop:8080\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
				+ "HTTP2-Settings: AAEAAEAA\r\n\r\n");
		call.receives("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
		call.moves(RECEIVED, server.bytes());
		call.moves(SENT, client.bytes());
		call.moves(RECEIVED, server.answer(1, false, "200").data(1, true, "hello").bytes());
		call.moves(SENT, client.request(3, true, "GET", "/second").bytes());
		call.moves(RECEIVED, server.answer(3, true, "200").bytes());
		assertEquals("GET /first 200, GET /second 200", told(pipeline.takeFinished()));
		assertEquals(0, pipeline.losses().get(Loss.LOST_SYNC));
	}

	@Test
	void aConnectionJoinedLate_tellsWhatItCan() {
		client.request(1, true, "GET", "/before").bytes(); // teaches the compression, unseen
		server.answer(1, true, "200", "server", "x").bytes();
		Captured.Connection late = wire.unopened(2).joinedAt(1000, 1000);
		late.moves(SENT, client.request(3, true, "GET", "/before").bytes());
		late.moves(RECEIVED, server.answer(3, true, "200", "server", "x").bytes());
		late.moves(SENT, client.request(5, true, "GET", "/new").bytes());
		late.moves(RECEIVED, server.answer(5, true, "200").bytes());
		late.moves(SENT, client.request(7, true, "GET", "/new").bytes());
		late.moves(RECEIVED, server.answer(7, true, "200").bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET * 200, GET /new 200, GET /new 200", told(spans));
		assertTrue(spans.has(0, SpanTable.INCOMPLETE));
	}

	@Test
	void aHoleInTheAnswers_costsNoOtherStream() {
		call.moves(SENT, client.request(1, true, "GET", "/a").request(3, true, "GET", "/b").request(5, true, "GET", "/c").bytes());
		call.moves(RECEIVED, server.answer(1, false, "200").bytes());
		call.loses(RECEIVED, server.data(1, true, "x".repeat(100)).answer(3, true, "200").bytes().length);
		call.moves(RECEIVED, server.answer(5, true, "500").bytes());
		pipeline.tick(wire.nanos() + 1);
		assertEquals("GET /c 500 error", told(pipeline.takeFinished()));
		pipeline.tick(wire.nanos() + 3_000_000_000L);
		SpanTable given = pipeline.takeFinished();
		assertEquals("GET /a 200, GET /b 0", told(given).replace("GET /b 0, GET /a 200", "GET /a 200, GET /b 0"));
		assertTrue(given.has(0, SpanTable.INCOMPLETE) && given.has(1, SpanTable.INCOMPLETE));
	}

	@Test
	void aLargeBodyThatWasNotCaptured_isPassedOver() {
		call.limit(200);
		call.moves(SENT, client.request(1, true, "GET", "/a").bytes());
		call.moves(RECEIVED, server.answer(1, false, "200").bytes());
		call.moves(RECEIVED, server.data(1, true, "x".repeat(16000)).bytes());
		assertEquals("GET /a 200", told(pipeline.takeFinished()));
		assertEquals(0, pipeline.losses().get(Loss.LOST_SYNC));
	}

	@Test
	void aThousandStreamsAtOnce_areToldApart() {
		for (int i = 0; i < 900; i++) {
			call.moves(SENT, client.request(2 * i + 1, true, "GET", "/n/" + (i % 3 == 0 ? "a" : "b")).bytes());
		}
		for (int i = 899; i >= 0; i--) {
			call.moves(RECEIVED, server.answer(2 * i + 1, true, i % 3 == 0 ? "200" : "201").bytes());
		}
		SpanTable spans = pipeline.takeFinished();
		assertEquals(900, spans.size());
		for (int row = 0; row < 900; row++) {
			assertEquals(names.text(spans.operation.get(row)).endsWith("a") ? 200 : 201, spans.status.get(row));
		}
	}

	private String told(SpanTable spans) {
		return IntStream.range(0, spans.size()).mapToObj(row -> names.text(spans.operation.get(row)) + " "
				+ spans.status.get(row) + (spans.has(row, SpanTable.ERROR) ? " error" : "")).collect(Collectors.joining(", "));
	}
}
