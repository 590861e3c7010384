package io.crosstrace.kernel;

import static io.crosstrace.kernel.NativeSocket.MPTCP;
import static io.crosstrace.kernel.NativeSocket.TCP;
import static io.crosstrace.kernel.NativeSocket.TCP_CORK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.kernel.Watcher.Connection;
import io.crosstrace.kernel.Watcher.Moved;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of unusual size and shape: where a message is in them, and under which name, must be the same at both ends. */
@Tag("kernel")
class StreamTest {
	/** A thread for each task: all block. */
	private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

	private Watcher watcher;
	private NativeSocket listener;
	private NativeSocket client;
	private NativeSocket server;

	@BeforeEach
	void watch() {
		watcher = Watcher.ofThisProcess();
	}

	private void connect(int protocol) {
		listener = NativeSocket.of(protocol).listen(5);
		client = NativeSocket.of(protocol);
		client.connect(listener.port());
		server = listener.accept();
	}

	@AfterEach
	void close() throws Exception {
		for (NativeSocket socket : new NativeSocket[] { client, server, listener }) {
			if (socket != null) {
				socket.close();
			}
		}
		watcher.close();
	}

	private Connection serverEnd(Watcher by, long sent, long received) throws Exception {
		int port = listener.port();
		by.await(sent + " bytes sent and " + received + " received", () -> by.local(port).stream().anyMatch(
				c -> c.bytes(CaptureRecord.SENT) >= sent && c.bytes(CaptureRecord.RECEIVED) >= received && by.peerOf(c) != null
						&& by.peerOf(c).bytes(CaptureRecord.SENT) >= received
						&& by.peerOf(c).bytes(CaptureRecord.RECEIVED) >= sent));
		return by.local(port).get(0);
	}

	/** Both ends tell of the same bytes, all of them, in order, under one name. */
	private static void assertAlike(List<Moved> sent, List<Moved> received, long from) {
		List<List<Moved>> ends = List.of(sent, received);
		for (List<Moved> end : ends) {
			long at = from;
			for (Moved moved : end) {
				assertEquals(at, moved.offset(), "a gap or an overlap");
				at += moved.total();
				assertEquals(sent.get(0).nonce(), moved.nonce());
				assertEquals((int) (moved.offset() - from), moved.sequence() - sent.get(0).sequence());
			}
		}
		assertNotEquals(0, sent.get(0).nonce());
	}

	@Test
	void streamOfMoreThanFourGigabytes_keepsItsNameAndItsPlaces() throws Exception {
		connect(TCP);
		long size = (1L << 32) + 12_345;
		Path file = Files.createTempFile("stream", ".bin");
		try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
			sparse.setLength(64 << 20);
			CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
				for (long got = 0; got < size; ) {
					got += server.discard(16 << 20);
				}
			}, THREADS);
			for (long sent = 0; sent < size; ) {
				sent += client.sendFile(file.toString(), Math.min(size - sent, 64 << 20));
			}
			reader.get();
		} finally {
			Files.delete(file);
		}
		speak();
		Connection end = serverEnd(watcher, 100, size + 100);
		assertAlike(watcher.peerOf(end).moved(CaptureRecord.SENT), end.moved(CaptureRecord.RECEIVED), 0);
		assertAlike(end.moved(CaptureRecord.SENT), watcher.peerOf(end).moved(CaptureRecord.RECEIVED), 0);
		try (Watcher later = Watcher.ofThisProcess()) {
			later.assumeOldConnectionsJoin();
			speak();
			speak();
			Connection seen = serverEnd(later, 200, 200);
			assertAlike(later.peerOf(seen).moved(CaptureRecord.SENT), seen.moved(CaptureRecord.RECEIVED), size + 100);
			assertEquals(end.moved(CaptureRecord.SENT).get(0).nonce(), seen.moved(CaptureRecord.SENT).get(0).nonce());
		}
	}

	/** A hundred bytes there and back. */
	private void speak() {
		client.send(new byte[100], 0);
		server.send(server.receive(100), 0);
		client.receive(100);
	}

	@Test
	void corkedWrites_areEachInTheirPlace() throws Exception {
		connect(TCP);
		for (int i = 0; i < 40; i++) {
			client.set(TCP, TCP_CORK, 1);
			client.send(Messages.message(i, 30), 0);
			client.send(Messages.message(i, 40), 0);
			client.set(TCP, TCP_CORK, 0);
			server.send(server.receive(70), i % 3 == 0 ? NativeSocket.MSG_MORE : 0);
			server.send(new byte[1], 0);
			client.receive(71);
		}
		Connection end = serverEnd(watcher, 40 * 71, 40 * 70);
		List<Moved> sent = watcher.peerOf(end).moved(CaptureRecord.SENT);
		assertEquals(80, sent.size());
		assertAlike(sent, end.moved(CaptureRecord.RECEIVED), 0);
		assertAlike(end.moved(CaptureRecord.SENT), watcher.peerOf(end).moved(CaptureRecord.RECEIVED), 0);
	}

	@Test
	void bothEndsSendingAtOnce_areToldApart() throws Exception {
		connect(TCP);
		int count = 2_000;
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (NativeSocket socket : List.of(client, server)) {
			all.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < count; i++) {
					socket.send(Messages.message(i, 50), 0);
				}
			}, THREADS));
			all.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < count; i++) {
					socket.receive(50);
				}
			}, THREADS));
		}
		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
		Connection end = serverEnd(watcher, count * 50L, count * 50L);
		assertAlike(watcher.peerOf(end).moved(CaptureRecord.SENT), end.moved(CaptureRecord.RECEIVED), 0);
		assertAlike(end.moved(CaptureRecord.SENT), watcher.peerOf(end).moved(CaptureRecord.RECEIVED), 0);
		assertNotEquals(end.moved(CaptureRecord.SENT).get(0).nonce(), end.moved(CaptureRecord.RECEIVED).get(0).nonce());
	}

	/** The kernel lets the other in while one waits for room; so what each of them sent may lie in pieces. */
	@Test
	void twoThreadsSendingOnOneConnection_loseNoByteAndNoPlace() throws Exception {
		assumeTrue(watcher.capture.provider().contains("(tp_btf)"), "trampolines do not see the first one go on");
		connect(TCP);
		client.set(1, 7, 8_000); // SO_SNDBUF
		int size = 60_000;
		int count = 40;
		List<CompletableFuture<Void>> senders = new ArrayList<>();
		for (int thread = 0; thread < 2; thread++) {
			senders.add(CompletableFuture.runAsync(() -> {
				for (int i = 0; i < count; i++) {
					client.send(Messages.message(i, size), 0);
				}
			}, THREADS));
		}
		server.receive(2 * count * size);
		CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new)).get();
		Connection end = serverEnd(watcher, 0, 2L * count * size);
		List<Moved> sent = new ArrayList<>(watcher.peerOf(end).moved(CaptureRecord.SENT));
		sent.sort((a, b) -> Long.compare(a.offset(), b.offset())); // a send that waited is told when it goes on
		assertAlike(sent, end.moved(CaptureRecord.RECEIVED), 0);
		assertEquals(2, sent.stream().map(Moved::tid).distinct().count());
		assertTrue(watcher.capture.counters().get("sends without payload: two threads on one connection") > 0);
	}

	/** A signature takes 20 of the 40 bytes, and leaves no room for SACK blocks instead. */
	@Test
	void signedConnection_carriesItsNamesToo() throws Exception {
		listener = NativeSocket.of(TCP).listen(5);
		int port = listener.port();
		client = NativeSocket.of(TCP).sign(port);
		listener.sign(0);
		client.connect(port);
		server = listener.accept();
		for (int i = 0; i < 200; i++) {
			speak();
		}
		Connection end = serverEnd(watcher, 20_000, 20_000);
		assertAlike(watcher.peerOf(end).moved(CaptureRecord.SENT), end.moved(CaptureRecord.RECEIVED), 0);
		assertAlike(end.moved(CaptureRecord.SENT), watcher.peerOf(end).moved(CaptureRecord.RECEIVED), 0);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void multipathConnection_isLeftAloneAndCounted(boolean both) throws Exception {
		listener = NativeSocket.of(MPTCP).listen(5);
		client = NativeSocket.of(both ? MPTCP : TCP).connect(listener.port());
		server = listener.accept();
		byte[] message = Messages.message(1, 5_000);
		for (int i = 0; i < 100; i++) {
			client.send(message, 0);
			assertArrayEquals(message, server.receive(5_000));
			server.send(message, 0);
			assertArrayEquals(message, client.receive(5_000));
		}
		if (both && watcher.capture.provider().contains("tp_btf")) { // trampolines in TCP's functions do not even see it
			watcher.await("it is counted", () -> watcher.capture.counters().get("receives not seen: multipath TCP") >= 200);
		}
		if (both) {
			assertTrue(watcher.connections.isEmpty());
		} else {
			serverEnd(watcher, 500_000, 500_000); // falls back to one path, as most do
		}
	}
}
