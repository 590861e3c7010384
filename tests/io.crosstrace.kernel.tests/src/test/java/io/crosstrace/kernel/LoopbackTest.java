package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.kernel.Messages.Verdict;
import io.crosstrace.kernel.Watcher.Connection;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen of connections within one host. */
@Tag("kernel")
class LoopbackTest {
	@Test
	void twentyThousandRequestsOnOneConnection_haveOneNameEachAtBothEnds() throws Exception {
		try (Watcher watcher = Watcher.ofThisProcess(); Echo echo = Echo.on(InetAddress.getLoopbackAddress())) {
			Echo.Caller caller = echo.connect();
			for (int i = 0; i < 20_000; i++) {
				caller.call(i, 100 + i % 700);
			}
			caller.close();
			assertAllNamed(watcher, echo, List.of(caller), 40_000);
		}
	}

	@Test
	void pipelinedRequests_areEachNamed() throws Exception {
		try (Watcher watcher = Watcher.ofThisProcess(); Echo echo = Echo.on(InetAddress.getLoopbackAddress())) {
			Echo.Caller caller = echo.connect();
			for (int i = 0; i < 500; i++) {
				caller.pipeline(i * 5L, 5, 60);
			}
			caller.close();
			assertAllNamed(watcher, echo, List.of(caller), 5_000);
		}
	}

	@Test
	void requestsWrittenByteByByte_areEachNamed() throws Exception {
		try (Watcher watcher = Watcher.ofThisProcess(); Echo echo = Echo.on(InetAddress.getLoopbackAddress())) {
			Echo.Caller caller = echo.connect();
			for (int i = 0; i < 200; i++) {
				caller.callByteByByte(i, 30);
			}
			caller.close();
			assertAllNamed(watcher, echo, List.of(caller), 400);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "::1", "::ffff:127.0.0.1" })
	void connection_isToldWithItsAddressesAndItsEnd(String address) throws Exception {
		InetAddress local = InetAddress.getByName(address);
		try (Watcher watcher = Watcher.ofThisProcess(); Echo echo = Echo.on(local)) {
			Echo.Caller caller = echo.connect();
			for (int i = 0; i < 50; i++) {
				caller.call(i, 200);
			}
			caller.close();
			assertAllNamed(watcher, echo, List.of(caller), 100);
			Connection server = watcher.local(echo.port()).get(0);
			assertEquals(local, server.end.local());
			assertEquals(0, server.end.active());
			assertEquals(1, watcher.peerOf(server).end.active());
			watcher.await("the end of the connection", () -> server.closed);
		}
	}

	@Test
	void headersOfSeveralKilobytes_arriveWhole() throws Exception {
		try (Watcher watcher = Watcher.ofThisProcess(); Echo echo = Echo.on(InetAddress.getLoopbackAddress())) {
			Echo.Caller caller = echo.connect();
			byte[] reply = caller.call(1, 7_900);
			caller.close();
			assertAllNamed(watcher, echo, List.of(caller), 2);
			Connection server = watcher.local(echo.port()).get(0);
			long captured = server.moved(CaptureRecord.RECEIVED).stream().mapToLong(m -> m.payload().length).sum();
			assertEquals(reply.length, captured);
		}
	}

	/** All messages of both directions are seen at both ends, under the same name. */
	static void assertAllNamed(Watcher watcher, Echo echo, List<Echo.Caller> callers, int expected) throws Exception {
		Verdict total = new Verdict(0, 0, 0, 0);
		for (Echo.Caller caller : callers) {
			watcher.await("all bytes of " + caller, () -> caller.isSeenIn(watcher, echo.port()));
			total = total.plus(caller.follow(watcher, echo.port()));
		}
		assertEquals(new Verdict(expected, expected, 0, 0), total, () -> watcher.capture.counters().toString());
		assertEquals(0, watcher.withoutOpen, "records before their connection's first");
		assertTrue(watcher.capture.counters().get("records lost: the ring was full") == 0);
	}
}
