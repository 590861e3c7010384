package io.crosstrace.core.protocol.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanIds;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Captured;

/** Spans of connections that nobody can read. Records are as RFC 8446 and RFC 5246 draw them. */
class TlsTest {
	private final Dictionary names = new Dictionary(1000);
	private final Pipeline pipeline = new Pipeline(names, PipelineOptions.standard(), pid -> names.id("shop"));
	private final Captured wire = new Captured(pipeline);

	private static byte[] record(int type, int... body) {
		byte[] bytes = new byte[5 + body.length];
		bytes[0] = (byte) type;
		bytes[1] = 3;
		bytes[2] = 3;
		bytes[3] = (byte) (body.length >> 8);
		bytes[4] = (byte) body.length;
		for (int i = 0; i < body.length; i++) {
			bytes[5 + i] = (byte) body[i];
		}
		return bytes;
	}

	private static byte[] data(int length) {
		return record(Tls.DATA, new int[length]);
	}

	private static byte[] hello(int type, byte[] extensions) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes(new byte[] { (byte) type, 0, 0, 0, 3, 3 });
		body.writeBytes(new byte[32]);
		body.write(2);
		body.writeBytes(new byte[] { 7, 7 }); // session
		body.writeBytes(type == Tls.CLIENT_HELLO ? new byte[] { 0, 2, 0x13, 1, 1, 0 } : new byte[] { 0x13, 1, 0 });
		body.writeBytes(new byte[] { 0, (byte) extensions.length });
		body.writeBytes(extensions);
		return record(Tls.HANDSHAKE, toInts(body.toByteArray()));
	}

	private static int[] toInts(byte[] bytes) {
		int[] ints = new int[bytes.length];
		for (int i = 0; i < ints.length; i++) {
			ints[i] = bytes[i];
		}
		return ints;
	}

	private static byte[] clientHello(String name) {
		byte[] text = name.getBytes(StandardCharsets.US_ASCII);
		ByteArrayOutputStream extension = new ByteArrayOutputStream();
		extension.writeBytes(new byte[] { 0, 23, 0, 0 }); // extended master secret
		extension.writeBytes(new byte[] { 0, 0, 0, (byte) (text.length + 5), 0, (byte) (text.length + 3), 0, 0, (byte) text.length });
		extension.writeBytes(text);
		return hello(Tls.CLIENT_HELLO, extension.toByteArray());
	}

	private static byte[] serverHello13() {
		return hello(Tls.SERVER_HELLO, new byte[] { 0, 43, 0, 2, 3, 4 });
	}

	private static byte[] serverHello12() {
		return hello(Tls.SERVER_HELLO, new byte[] { 0, 23, 0, 0 });
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	/** What the client of a connection sends and receives. */
	private record Client(Captured.Connection end) {
		Client sends(byte[] bytes) {
			end.moves(CaptureRecord.SENT, bytes);
			return this;
		}

		Client receives(byte[] bytes) {
			end.moves(CaptureRecord.RECEIVED, bytes);
			return this;
		}
	}

	private Client client() {
		return new Client(wire.open(1, "10.0.0.1:5000", "10.0.0.2:443", true));
	}

	private SpanTable afterQuiet() {
		pipeline.tick(wire.nanos() + 1_000_000_000L);
		return pipeline.takeFinished();
	}

	@Test
	void eachRunOfTheClient_isARequest_andTheRunThatFollowsItsAnswer() {
		Client c = client();
		c.sends(clientHello("stock.example")).receives(join(serverHello13(), record(0x14, 1), data(900), data(53)));
		c.sends(join(record(0x14, 1), data(53))); // ends the handshake
		c.receives(data(250)); // a session ticket
		c.sends(data(300)).sends(data(20)).receives(data(1000)).receives(data(9000));
		c.sends(data(301)).receives(data(800));
		SpanTable spans = afterQuiet();
		assertEquals(2, spans.size());
		for (int row = 0; row < 2; row++) {
			assertEquals("TLS stock.example", names.text(spans.operation.get(row)));
			assertEquals(SpanTable.CLIENT, spans.kind.get(row));
			assertTrue(spans.has(row, SpanTable.ENCRYPTED));
			assertEquals("stock.example", spans.attribute(row, "tls.client.server_name"));
			assertEquals("by the process itself, as a JVM does", spans.attribute(row, "crosstrace.encrypted"));
		}
		assertEquals(3 * Captured.STEP_NANOS, spans.endNanos.get(0) - spans.startNanos.get(0), "until the last byte of the answer");
		assertEquals(Captured.STEP_NANOS, spans.endNanos.get(1) - spans.startNanos.get(1));
	}

	@Test
	void ofTls12_theHandshakeIsNoRequest() {
		Client c = client();
		c.sends(clientHello("a")).receives(join(serverHello12(), record(0x16, new int[900])));
		c.sends(join(record(0x16, new int[70]), record(0x14, 1), record(0x16, new int[40])));
		c.receives(join(record(0x14, 1), record(0x16, new int[40])));
		c.sends(data(53)).receives(data(60));
		assertEquals(1, afterQuiet().size());
	}

	@Test
	void theAlertThatCloses_isNoRequest() {
		Client c = client();
		c.sends(clientHello("a")).receives(join(serverHello13(), data(900))).sends(data(69));
		c.sends(data(300)).receives(data(60)).sends(data(19)).end().closes();
		SpanTable spans = pipeline.takeFinished();
		assertEquals(1, spans.size());
		assertTrue(!spans.has(0, SpanTable.UNANSWERED));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 7, 100, 1024, 5000 })
	void pieces_ofAnySize_tellTheSame_andBothEndsNameItAlike(int piece) {
		byte[] hello = clientHello("stock.example");
		byte[] finished = join(record(0x14, 1), data(53));
		Captured.Connection out = client().end().nonces(0xabc, 0xdef);
		Captured.Connection in = wire.open(2, "10.0.0.2:443", "10.0.0.1:5000", false).nonces(0xdef, 0xabc);
		say(out, in, hello, piece);
		say(in, out, join(serverHello13(), record(0x14, 1), data(900), data(53)), piece);
		say(out, in, finished, piece);
		say(out, in, data(3000), piece);
		say(in, out, data(4000), piece);
		SpanTable spans = afterQuiet();
		assertEquals(2, spans.size());
		int call = spans.kind.get(0) == SpanTable.CLIENT ? 0 : 1;
		assertEquals(spans.spanId.get(call), spans.parentId.get(1 - call));
		assertEquals(hello.length + finished.length, offsetOf(spans, call, 0xabc));
	}

	private static long offsetOf(SpanTable spans, int row, long nonce) {
		for (long offset = 0; offset < 10_000; offset++) {
			if (SpanIds.client(nonce, offset) == spans.spanId.get(row)) {
				return offset;
			}
		}
		return -1;
	}

	private static void say(Captured.Connection from, Captured.Connection to, byte[] bytes, int piece) {
		for (int at = 0; at < bytes.length; at += piece) {
			byte[] some = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece));
			from.moves(CaptureRecord.SENT, some);
			to.moves(CaptureRecord.RECEIVED, some);
		}
	}

	@Test
	void aConnectionSeenFromItsMiddle_isCounted_notGuessed() {
		Captured.Connection c = wire.open(1, "10.0.0.1:5000", "10.0.0.2:443", true);
		c.at(CaptureRecord.SENT, 70_000, data(300), 305).at(CaptureRecord.RECEIVED, 80_000, data(60), 65);
		assertEquals(0, afterQuiet().size());
		assertEquals(370, pipeline.losses().get(Loss.ENCRYPTED_BYTES));
	}
}
