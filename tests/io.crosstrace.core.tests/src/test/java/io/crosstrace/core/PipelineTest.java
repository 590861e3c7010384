package io.crosstrace.core;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Captured;

class PipelineTest {
	private static final String CLIENT = "10.0.0.1:4000";
	private static final String SERVER = "10.0.0.2:80";
	private static final String GET = "GET /orders/42 HTTP/1.1\r\nHost: shop:8080\r\n\r\n";
	private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
	private static final long SECOND = 1_000_000_000L;

	private final Dictionary names = new Dictionary(1000);
	private Pipeline pipeline = pipeline(PipelineOptions.standard());
	private Captured wire = new Captured(pipeline);

	@Test
	void aCall_isOneSpanWithTheTimesOfItsBytes() {
		wire.open(7, CLIENT, SERVER, true).process(10, 11).sends(GET).process(10, 12).receives(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals(1, spans.size());
		assertEquals(SpanTable.CLIENT, spans.kind.get(0));
		assertEquals("GET /orders/{id}", names.text(spans.operation.get(0)));
		assertEquals(200, spans.status.get(0));
		assertEquals(2 * Captured.STEP_NANOS, spans.startNanos.get(0));
		assertEquals(3 * Captured.STEP_NANOS, spans.firstByteNanos.get(0));
		assertEquals(3 * Captured.STEP_NANOS, spans.endNanos.get(0));
		assertEquals(11, spans.tid.get(0));
		assertEquals(12, spans.endTid.get(0));
		assertEquals(SERVER, names.text(spans.peer.get(0)));
		assertEquals("service of 10", names.text(spans.service.get(0)));
		assertEquals(7, spans.connection.get(0));
		assertEquals("http://shop:8080/orders/42", spans.attribute(0, "url.full"));
		assertEquals("shop", spans.attribute(0, "server.address"));
		assertEquals("8080", spans.attribute(0, "server.port"));
		assertEquals(0, spans.flags.get(0));
		assertEquals(0, pipeline.takeFinished().size());
	}

	@Test
	void aProcessThatReceivesRequests_isTheServer() {
		wire.open(7, SERVER, CLIENT, false).receives("GET /a/b?key=secret HTTP/1.0\r\n\r\n").sends(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals(SpanTable.SERVER, spans.kind.get(0));
		assertEquals("GET", spans.attribute(0, "http.request.method"));
		assertEquals("/a/b", spans.attribute(0, "url.path"));
		assertEquals("key=REDACTED", spans.attribute(0, "url.query"));
		assertEquals("http", spans.attribute(0, "url.scheme"));
		assertEquals("1.0", spans.attribute(0, "network.protocol.version"));
		assertEquals("10.0.0.1", spans.attribute(0, "client.address"));
		assertEquals("10.0.0.1", names.text(spans.peer.get(0)));
		assertEquals("200", spans.attribute(0, "http.response.status_code"));
	}

	@Test
	void bothEndsOfACall_agreeOnItsIdByNonceAndOffset() {
		Captured.Connection client = wire.open(1, CLIENT, SERVER, true).nonces(0xabc, 0xdef);
		Captured.Connection server = wire.open(2, SERVER, CLIENT, false).nonces(0xdef, 0xabc).process(20, 21);
		for (int i = 0; i < 3; i++) {
			client.sends(GET);
			server.receives(GET).sends(OK);
			client.receives(OK);
		}
		SpanTable spans = pipeline.takeFinished();
		assertEquals(6, spans.size());
		for (int i = 0; i < 6; i += 2) {
			assertEquals(SpanTable.SERVER, spans.kind.get(i));
			assertEquals(spans.spanId.get(i + 1), spans.parentId.get(i));
			assertEquals(1_000_000, spans.confidence.get(i));
			assertEquals(SpanIds.client(0xabc, (long) i / 2 * GET.length()), spans.spanId.get(i + 1));
		}
		assertNotEquals(spans.spanId.get(1), spans.spanId.get(3));
	}

	@Test
	void bothEndsOfACall_agreeOnTupleAndSequenceWithoutANonce() {
		Captured.Connection client = wire.open(1, CLIENT, SERVER, true).sequences(77, 99);
		Captured.Connection server = wire.open(2, SERVER, CLIENT, false).sequences(99, 77).process(20, 21);
		client.sends(GET);
		server.receives(GET).sends(OK);
		client.receives(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals(spans.tuple.get(0), spans.tuple.get(1));
		assertNotEquals(0, spans.tuple.get(0));
		assertEquals(77, spans.sequence.get(0));
		assertEquals(77, spans.sequence.get(1));
		assertEquals(SpanIds.server(spans.spanId.get(1)), spans.spanId.get(0));
		assertEquals(0, spans.parentId.get(0), "an unproven edge is left to the join");
	}

	@Test
	void pipelinedRequestsInOneWrite_areAnsweredInOrder() {
		wire.open(1, SERVER, CLIENT, false).receives("GET /a HTTP/1.1\r\n\r\nHEAD /b HTTP/1.1\r\n\r\nGET /c HTTP/1.1\r\n\r\n")
				.sends("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n")
				.sends("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET /a 200, HEAD /b 200, GET /c 404", told(spans));
	}

	@Test
	void aBodyThatWasNotCaptured_isSkippedByItsLength() {
		Captured.Connection c = wire.open(1, SERVER, CLIENT, false);
		c.receives("POST /a HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n").movesUnseen(CaptureRecord.RECEIVED, 600_000)
				.movesUnseen(CaptureRecord.RECEIVED, 400_000);
		c.limit(100).sends("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + "x".repeat(5000));
		c.receives("GET /b HTTP/1.1\r\n\r\n").sends("HTTP/1.1 204 No Content\r\n\r\n");
		assertEquals("POST /a 200, GET /b 204", told(pipeline.takeFinished()));
		assertEquals(0, pipeline.losses().snapshot().size());
	}

	@Test
	void aBodyLostInTheRing_isSkippedToo() {
		Captured.Connection c = wire.open(1, SERVER, CLIENT, false);
		c.receives(GET).sends("HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n").loses(CaptureRecord.SENT, 1000)
				.sends("x".repeat(2000)).receives(GET).sends(OK);
		assertEquals("GET /orders/{id} 200, GET /orders/{id} 200", told(pipeline.takeFinished()));
		assertEquals(1000, pipeline.losses().get(Loss.HOLE_BYTES));
	}

	@Test
	void aChunkedBodyCutByTheCaptureLimit_endsWhereItsLastChunkMustBe() {
		String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
		wire.open(1, SERVER, CLIENT, false).receives(GET).limit(200)
				.sends(head + "1000\r\n" + "x".repeat(4096) + "\r\n0\r\n\r\n").receives("GET /b HTTP/1.1\r\n\r\n");
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET /orders/{id} 200", told(spans));
		assertFalse(spans.has(0, SpanTable.INCOMPLETE));
		assertEquals(3 * Captured.STEP_NANOS, spans.endNanos.get(0));
	}

	@Test
	void aChunkedBodyThatCannotBeFollowed_endsWithTheNextRequest() {
		String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
		Captured.Connection c = wire.open(1, SERVER, CLIENT, false).receives(GET).limit(60);
		c.sends(head + "10\r\n" + "x".repeat(16) + "\r\n20\r\n" + "y".repeat(32) + "\r\n").sends("5\r\nhello\r\n");
		assertEquals(0, pipeline.takeFinished().size());
		assertEquals(1, pipeline.open().size());
		c.receives("GET /b HTTP/1.1\r\n\r\n").sends(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET /orders/{id} 200, GET /b 200", told(spans));
		assertTrue(spans.has(0, SpanTable.INCOMPLETE));
		assertEquals(4 * Captured.STEP_NANOS, spans.endNanos.get(0));
	}

	@Test
	void aChunkedBodyThatCannotBeFollowed_endsWhenNothingMoreComes() {
		wire.open(1, SERVER, CLIENT, false).receives(GET).limit(60)
				.sends("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n" + "x".repeat(100));
		pipeline.tick(wire.nanos() + SECOND);
		assertEquals(0, pipeline.takeFinished().size());
		pipeline.tick(wire.nanos() + 3 * SECOND);
		SpanTable spans = pipeline.takeFinished();
		assertEquals(1, spans.size());
		assertEquals(3 * Captured.STEP_NANOS, spans.endNanos.get(0));
	}

	@Test
	void aConnectionJoinedInsideABody_findsItsPlaceAgain() {
		Captured.Connection c = wire.open(1, SERVER, CLIENT, false).joinedAt(5000, 777);
		c.sends("rest of some body").receives(GET).sends(OK).receives(GET).sends(OK);
		assertEquals(2, pipeline.takeFinished().size());
	}

	@Test
	void aConnectionWhoseAddressesWereLost_stillGivesSpans() {
		wire.unopened(9).receives(GET).sends(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals(1, spans.size());
		assertEquals("", names.text(spans.peer.get(0)));
		assertEquals(0, spans.tuple.get(0));
		assertNotEquals(0, spans.spanId.get(0));
	}

	@Test
	void aConnectionThatClosesBeforeTheAnswer_givesAnUnansweredSpan() {
		wire.open(1, CLIENT, SERVER, true).sends(GET).closes();
		SpanTable spans = pipeline.takeFinished();
		assertEquals(1, spans.size());
		assertTrue(spans.has(0, SpanTable.UNANSWERED));
		assertTrue(spans.has(0, SpanTable.ERROR));
		assertEquals("connection_closed", spans.attribute(0, "error.type"));
		assertEquals(0, spans.firstByteNanos.get(0));
		assertEquals(wire.nanos(), spans.endNanos.get(0));
		assertEquals(0, pipeline.connections());
		assertEquals(0, pipeline.open().size());
	}

	@Test
	void anAnswerThatEndsWithTheConnection_endsWithItsLastByte() {
		wire.open(1, CLIENT, SERVER, true).sends(GET).receives("HTTP/1.1 200 OK\r\n\r\npart").receives("rest").closes();
		SpanTable spans = pipeline.takeFinished();
		assertEquals(0, spans.flags.get(0));
		assertEquals(4 * Captured.STEP_NANOS, spans.endNanos.get(0));
	}

	@Test
	void anOpenRequest_isInTheSnapshotUntilItIsAnswered() {
		Captured.Connection c = wire.open(1, SERVER, CLIENT, false).receives(GET);
		SpanTable open = pipeline.open();
		assertEquals(1, open.size());
		assertEquals(0, open.endNanos.get(0));
		assertEquals("GET /orders/{id}", names.text(open.operation.get(0)));
		c.sends(OK);
		assertEquals(0, pipeline.open().size());
		assertEquals(open.spanId.get(0), pipeline.takeFinished().spanId.get(0));
	}

	@Test
	void repeatedAndSwappedRecords_changeNothing() {
		Captured.Connection c = wire.open(1, SERVER, CLIENT, false);
		byte[] get = GET.getBytes(StandardCharsets.ISO_8859_1);
		byte[] tail = "Later: 1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
		byte[] head = GET.substring(0, GET.length() - 2).getBytes(StandardCharsets.ISO_8859_1);
		c.at(CaptureRecord.RECEIVED, 0, get, get.length).at(CaptureRecord.RECEIVED, 0, get, get.length).sends(OK);
		c.at(CaptureRecord.RECEIVED, get.length, head, head.length / 2)
				.at(CaptureRecord.RECEIVED, get.length + head.length, tail, tail.length)
				.at(CaptureRecord.RECEIVED, get.length, head, head.length).sends(OK);
		assertEquals(2, pipeline.takeFinished().size());
		assertEquals(1, pipeline.losses().get(Loss.LATE_RECORDS));
	}

	@Test
	void lostAnswers_areNotPairedWithLaterOnes() {
		Captured.Connection c = wire.open(1, SERVER, CLIENT, false).receives("GET /a HTTP/1.1\r\n\r\n");
		c.loses(CaptureRecord.SENT, OK.length()).receives("GET /b HTTP/1.1\r\n\r\n").sends(OK);
		c.receives("GET /c HTTP/1.1\r\n\r\n").sends(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET /a 0, GET /b 0, GET /c 200", told(spans));
		assertTrue(spans.has(0, SpanTable.INCOMPLETE) && spans.has(1, SpanTable.INCOMPLETE));
		assertEquals(2, pipeline.losses().get(Loss.REQUESTS_WITHOUT_ANSWER));
	}

	@Test
	void aRecordWhosePayloadCouldNotBeRead_stillTimesTheCall() {
		Captured.Connection c = wire.open(1, SERVER, CLIENT, false).receives(GET).sends(OK);
		c.movesUnseen(CaptureRecord.RECEIVED, 50).sends(OK).receives(GET).movesUnseen(CaptureRecord.SENT, 70);
		c.receives(GET).sends(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET /orders/{id} 200, HTTP 200, GET /orders/{id} 0, GET /orders/{id} 200", told(spans));
		assertTrue(spans.has(1, SpanTable.INCOMPLETE));
	}

	@Test
	void aHeadLongerThanTheCapture_stillNamesTheCall() {
		Captured.Connection c = wire.open(1, SERVER, CLIENT, false).limit(100)
				.receives("GET /long HTTP/1.1\r\nHost: a\r\nCookie: " + "x".repeat(5000) + "\r\n\r\n").sends(OK);
		c.receives(GET).sends(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET /long 200, GET /orders/{id} 200", told(spans));
		assertEquals("a", spans.attribute(0, "server.address"));
		assertTrue(spans.has(0, SpanTable.INCOMPLETE));
	}

	@Test
	void afterAWebSocketUpgrade_eachMessageIsASpan() {
		wire.open(1, SERVER, CLIENT, false)
				.receives("GET /chat HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
				.sends("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0081\5hello")
				.receives("\1\u0082abcd12\u0089\u0080abcd").receives("\u0080\u0083abcd123").sends("\u0082\u007e\1\0" + "x".repeat(256))
				.receives("\u0088\u0080abcd").closes();
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET /chat 101, websocket message 0, websocket message 0, websocket message 0", told(spans));
		assertEquals(SpanTable.PRODUCER, spans.kind.get(1));
		assertEquals(SpanTable.CONSUMER, spans.kind.get(2));
		assertEquals(4 * Captured.STEP_NANOS, spans.startNanos.get(2));
		assertEquals(5 * Captured.STEP_NANOS, spans.endNanos.get(2));
		assertEquals("binary", spans.attribute(3, "crosstrace.websocket.message.type"));
	}

	@Test
	void afterAnUpgradeToWhatNobodyReads_bytesAreCountedAsFlow() {
		wire.open(1, SERVER, CLIENT, false)
				.receives("GET /chat HTTP/1.1\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n")
				.sends("HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\n\r\n").receives("GET /no HTTP/1.1\r\n\r\n")
				.sends("\u0081\u0005hello").closes();
		assertEquals("GET /chat 101", told(pipeline.takeFinished()));
		assertEquals(27, pipeline.losses().get(Loss.SWITCHED_BYTES));
	}

	@Test
	void anAcceptedConnect_opensATunnelWhoseProtocolIsFoundAnew() {
		wire.open(1, SERVER, CLIENT, false).receives("CONNECT db:5432 HTTP/1.1\r\nHost: db:5432\r\n\r\n")
				.sends("HTTP/1.1 200 Connected\r\n\r\n").receives("GE").receives("T /in HTTP/1.1\r\n\r\n").sends(OK)
				.receives("\u0001\u0002").closes();
		SpanTable spans = pipeline.takeFinished();
		assertEquals("CONNECT 200, GET /in 200", told(spans));
		assertEquals("5432", spans.attribute(0, "server.port"));
	}

	@Test
	void interimAnswers_areNoAnswers() {
		wire.open(1, CLIENT, SERVER, true).sends("POST /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
				.receives("HTTP/1.1 100 Continue\r\n\r\n").sends("abc").receives("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")
				.receives(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals("POST /a 200", told(spans));
		assertEquals(6 * Captured.STEP_NANOS, spans.firstByteNanos.get(0));
	}

	@Test
	void aRefusedExpectation_dropsTheBodyItWasAboutToSend() {
		wire.open(1, CLIENT, SERVER, true).sends("POST /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 300\r\n\r\n")
				.receives("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n").sends(GET).receives(OK);
		assertEquals("POST /a 417, GET /orders/{id} 200", told(pipeline.takeFinished()));
	}

	@Test
	void errorRules_differForServerAndClient() {
		String notFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
		String failed = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
		wire.open(1, CLIENT, SERVER, true).sends(GET).receives(notFound).sends(GET).receives(failed);
		wire.open(2, SERVER, CLIENT, false).receives(GET).sends(notFound).receives(GET).sends(failed);
		SpanTable spans = pipeline.takeFinished();
		assertEquals("404", spans.attribute(0, "error.type"));
		assertTrue(spans.has(0, SpanTable.ERROR));
		assertTrue(spans.has(1, SpanTable.ERROR));
		assertFalse(spans.has(2, SpanTable.ERROR));
		assertEquals("", spans.attribute(2, "error.type"));
		assertTrue(spans.has(3, SpanTable.ERROR));
	}

	@Test
	void unknownAndEncryptedTraffic_isCountedAndGivesNoSpan() {
		wire.open(1, SERVER, CLIENT, false).receives("\u00f1\u00f2nobody knows").sends("\u00f3thing.").closes();
		wire.open(2, SERVER, CLIENT, false).receives("\u0016\u0003\u0001\u0000\u0005hello").sends("\u0016\u0003\u0003\u0000\u0001x");
		assertEquals(0, pipeline.takeFinished().size());
		assertEquals(21, pipeline.losses().get(Loss.UNKNOWN_BYTES));
		assertEquals(16, pipeline.losses().get(Loss.ENCRYPTED_BYTES));
	}

	@Test
	void theApplicationsTraceContext_provesWhoCalled() {
		String trace = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-%016x-01\r\n\r\n";
		Captured.Connection in = wire.open(1, SERVER, CLIENT, false).process(10, 11);
		Captured.Connection other = wire.open(2, SERVER, CLIENT, false).process(10, 12);
		Captured.Connection out = wire.open(3, "10.0.0.2:5000", "10.0.0.3:80", true).process(10, 99);
		in.receives("GET /a HTTP/1.1\r\n" + trace.formatted(0xaa));
		other.receives("GET /other HTTP/1.1\r\n\r\n");
		out.sends("GET /b HTTP/1.1\r\n" + trace.formatted(0xbb)).receives(OK);
		in.sends(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET /b 200, GET /a 200", told(spans));
		assertTrue(spans.has(0, SpanTable.PARENT_PROVEN));
		assertEquals(spans.spanId.get(1), spans.parentId.get(0));
		assertEquals(0xbb, spans.appSpanId.get(0));
		assertEquals(0x0af7651916cd43ddL, spans.traceIdHigh.get(0));
		assertEquals(0x8448eb211c80319cL, spans.traceIdLow.get(1));
		assertEquals(0xaa, spans.parentId.get(1), "without a nonce the context is the only proof there is");
		out.sends("GET /late HTTP/1.1\r\n" + trace.formatted(0xcc)).receives(OK);
		assertFalse(pipeline.takeFinished().has(0, SpanTable.PARENT_PROVEN), "an answered request causes nothing");
	}

	@Test
	void twoOpenRequestsOfOneTrace_proveNothingUnlessTheContextIsHandedOn() {
		String trace = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-%016x-01\r\n\r\n";
		wire.open(1, SERVER, CLIENT, false).receives("GET /a HTTP/1.1\r\n" + trace.formatted(0xaa));
		wire.open(2, SERVER, CLIENT, false).receives("GET /a HTTP/1.1\r\n" + trace.formatted(0xab));
		wire.open(3, "10.0.0.2:5000", "10.0.0.3:80", true).sends("GET /b HTTP/1.1\r\n" + trace.formatted(0xcc)).receives(OK)
				.sends("GET /c HTTP/1.1\r\n" + trace.formatted(0xab)).receives(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals(0, spans.parentId.get(0));
		assertTrue(spans.has(1, SpanTable.PARENT_PROVEN));
	}

	@Test
	void traceContext_isIgnoredWhenAsked() {
		use(PipelineOptions.standard().ignoreTraceparent(true));
		wire.open(1, SERVER, CLIENT, false)
				.receives("GET /a HTTP/1.1\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-00000000000000aa-01\r\n\r\n")
				.sends(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals(0, spans.traceIdLow.get(0));
		assertEquals(0, spans.parentId.get(0));
	}

	@Test
	void secrets_neverLeaveTheParser() {
		use(PipelineOptions.standard().captureHeaders(Set.of("Authorization", "X-Request-Id", "cookie")));
		wire.open(1, CLIENT, SERVER, true)
				.sends("GET http://user:hunter2@shop/a;jsessionid=hunter2/b?token=hunter2&x=hunter2#hunter2 HTTP/1.1\r\n"
						+ "Host: user:hunter2@shop\r\nAuthorization: Basic hunter2\r\nCookie: hunter2\r\nx-request-id: r1\r\n"
						+ "X-Other: hunter2\r\n\r\nhunter2")
				.receives("HTTP/1.1 200 OK\r\nSet-Cookie: hunter2\r\nContent-Length: 7\r\n\r\nhunter2");
		SpanTable spans = pipeline.takeFinished();
		assertEquals(1, spans.size());
		for (int i = 0; i < spans.values.size(); i++) {
			assertFalse(spans.values.text(i).contains("hunter2"), spans.values.text(i));
		}
		for (int i = 0; i < names.size(); i++) {
			assertFalse(names.text(i).contains("hunter2"), names.text(i));
		}
		assertEquals("http://shop/a;jsessionid=REDACTED/b?token=REDACTED&x=REDACTED", spans.attribute(0, "url.full"));
		assertEquals("r1", spans.attribute(0, "http.request.header.x-request-id"));
		assertEquals("REDACTED", spans.attribute(0, "http.request.header.authorization"));
	}

	@Test
	void idsInASmallBody_areTokens_howeverItComes() {
		String head = "POST /orders HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 45\r\n\r\n";
		String body = "{\"items\": [4711, 12], \"to\": \"c-77\", \"ok\": true}".substring(0, 45);
		String call = "GET /stock?items=12,4711%2Cc-77 HTTP/1.1\r\n\r\n";
		for (int cut = 0; cut <= body.length(); cut++) {
			Captured.Connection in = wire.open(2 * cut, "10.0.0.1:80", "10.0.0.9:4000", false);
			in.receives(head + body.substring(0, cut));
			if (cut < body.length()) {
				in.receives(body.substring(cut));
			}
			wire.open(2 * cut + 1, "10.0.0.1:5000", "10.0.0.2:80", true).sends(call).receives(OK);
			in.sends(OK);
			SpanTable spans = pipeline.takeFinished();
			assertEquals(tokens(spans, 0), tokens(spans, 1), "cut at " + cut);
			assertEquals(3, tokens(spans, 1).size());
		}
	}

	@Test
	void largeBodies_andBinaryOnes_giveNoTokens() {
		for (String body : List.of("17 ".repeat(400), "\0007 8 9")) {
			wire.open(body.length(), "10.0.0.1:80", "10.0.0.9:4000", false)
					.receives("POST /orders HTTP/1.1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).sends(OK);
			assertEquals(0, pipeline.takeFinished().tokenCount(0));
		}
	}

	private static Set<Long> tokens(SpanTable spans, int row) {
		return LongStream.range(0, spans.tokenCount(row)).map(i -> spans.token(row, (int) i)).boxed().collect(toSet());
	}

	@Test
	void idsInPathAndQuery_becomeTokensThatMatchAcrossSpans() {
		wire.open(1, SERVER, CLIENT, false).receives("GET /orders/4711 HTTP/1.1\r\n\r\n").sends(OK);
		wire.open(2, CLIENT, SERVER, true).sends("GET /stock?order=4711 HTTP/1.1\r\n\r\n").receives(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals(1, spans.tokenCount(0));
		assertEquals(1, spans.tokenCount(1));
		assertEquals(spans.token(0, 0), spans.token(1, 0));
	}

	@Test
	void idleConnections_areForgottenAndTheirRequestsTold() {
		wire.open(1, SERVER, CLIENT, false).receives(GET);
		wire.open(2, SERVER, CLIENT, false).receives(GET).sends(OK);
		pipeline.tick(wire.nanos() + 7200 * SECOND);
		SpanTable spans = pipeline.takeFinished();
		assertEquals("GET /orders/{id} 200, GET /orders/{id} 0", told(spans));
		assertTrue(spans.has(1, SpanTable.UNANSWERED));
		assertEquals(0, pipeline.connections());
	}

	@Test
	void recordsThatMakeNoSense_areCounted() {
		wire.unopened(1).at(CaptureRecord.SENT, -5, new byte[3], 3).at(CaptureRecord.SENT, 0, new byte[3], 0)
				.at(CaptureRecord.SENT, Long.MAX_VALUE, new byte[3], 3);
		assertEquals(3, pipeline.losses().get(Loss.BAD_RECORDS));
		assertEquals(0, pipeline.connections());
	}

	@Test
	void calls_andAnswers_nameWhatTheirThreadAndItsWakerHadReceived() {
		Captured.Connection in = wire.open(1, "10.0.0.1:80", "10.0.0.9:4000", false).receives(GET);
		Captured.Connection out = wire.open(2, "10.0.0.1:5000", "10.0.0.2:80", true);
		wire.read(1, GET.length() - 1).woke(0, 0, 0, false);
		out.sends(GET).receives(OK);
		wire.read(0, 0).woke(2, OK.length() - 1, 2, true);
		out.sends(GET).receives(OK);
		wire.read(2, 2 * OK.length() - 1).woke(1, GET.length() - 1, 1, false);
		in.sends(OK);
		SpanTable spans = pipeline.takeFinished();
		long first = spans.spanId.get(0);
		long second = spans.spanId.get(1);
		long request = spans.spanId.get(2);
		assertEquals(List.of(request, 0L, 0L), List.of(spans.readId.get(0), spans.wokeId.get(0), (long) spans.wokeHops.get(0)));
		assertEquals(List.of(0L, first, 2L), List.of(spans.readId.get(1), spans.wokeId.get(1), (long) spans.wokeHops.get(1)));
		assertEquals(List.of(second, request, -1L),
				List.of(spans.readId.get(2), spans.wokeId.get(2), (long) spans.wokeHops.get(2)));
	}

	@Test
	void whatWasReceivedTooLongAgo_isNobodysReason() {
		Captured.Connection in = wire.open(1, "10.0.0.1:80", "10.0.0.9:4000", false);
		for (int i = 0; i < 9; i++) {
			in.receives(GET).sends(OK);
		}
		wire.read(1, GET.length() - 1);
		wire.open(2, "10.0.0.1:5000", "10.0.0.2:80", true).sends(GET).receives(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals(0, spans.readId.get(9));
	}

	@Test
	void ipv6Peers_areWrittenShort() {
		wire.open(1, "[2001:db8::1]:4000", "[::1]:80", true).sends(GET).receives(OK);
		SpanTable spans = pipeline.takeFinished();
		assertEquals("[::1]:80", names.text(spans.peer.get(0)));
	}

	private void use(PipelineOptions options) {
		pipeline = pipeline(options);
		wire = new Captured(pipeline);
	}

	private Pipeline pipeline(PipelineOptions options) {
		return new Pipeline(names, options, pid -> names.id("service of " + pid));
	}

	private static String told(SpanTable spans) {
		StringBuilder text = new StringBuilder();
		for (int row = 0; row < spans.size(); row++) {
			text.append(row == 0 ? "" : ", ").append(spans.names.text(spans.operation.get(row))).append(' ')
					.append(spans.status.get(row));
		}
		return text.toString();
	}
}
