package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.kernel.Watcher.Moved;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a send is said to follow from, when threads of a process hand work to each other. */
@Tag("kernel")
class HandOffTest {
	/** Long enough for a thread to have fallen asleep, waiting for work. */
	private static final long NAP_MILLIS = 30;

	private ServerSocket listener;
	private Socket caller;
	private Socket in;
	private Socket backend;
	private Socket out;

	@BeforeEach
	void connect() throws IOException {
		listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
		caller = new Socket(listener.getInetAddress(), listener.getLocalPort());
		in = listener.accept();
		out = new Socket(listener.getInetAddress(), listener.getLocalPort());
		backend = listener.accept();
	}

	@AfterEach
	void close() throws IOException {
		for (Socket socket : List.of(caller, in, backend, out)) {
			socket.close();
		}
		listener.close();
	}

	/** The thread that has just received tells of it; then {@code work} has whichever thread send. */
	private Moved afterReceiving(boolean handOffs, Work work) throws Exception {
		try (Watcher watcher = Watcher.of(CaptureOptions.defaults().withPids(Set.of((int) ProcessHandle.current().pid()))
				.withHandOffs(handOffs))) {
			assertTrue(watcher.capture.limits().isEmpty(), watcher.capture.limits().toString());
			Thread receiver = new Thread(() -> receive(work), "receiver");
			receiver.start();
			caller.getOutputStream().write(new byte[17]);
			receiver.join();
			backend.getInputStream().read();
			watcher.await("the send", () -> sent(watcher) != null);
			return sent(watcher);
		}
	}

	private Moved sent(Watcher watcher) {
		synchronized (watcher) {
			return watcher.connections.values().stream().filter(c -> c.end.localPort() == out.getLocalPort())
					.flatMap(c -> c.moved(CaptureRecord.SENT).stream()).findFirst().orElse(null);
		}
	}

	private void receive(Work work) {
		try {
			in.getInputStream().readNBytes(17);
			work.run();
		} catch (IOException | InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	private interface Work {
		void run() throws IOException, InterruptedException;
	}

	private void send() {
		try {
			out.getOutputStream().write(1);
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void sendOfTheThreadThatReceived_namesWhatItReceived() throws Exception {
		Moved sent = afterReceiving(true, this::send);
		assertEquals(16, sent.readOffset(), "the last byte received");
		assertTrue(sent.readConnection() != 0);
		assertEquals(0, sent.wokeConnection());
	}

	@Test
	void sendOfAThreadStartedByTheReceiver_namesWhatThatReceived() throws Exception {
		Moved sent = afterReceiving(true, () -> {
			Thread thread = new Thread(this::send);
			thread.start();
			thread.join();
		});
		assertEquals(List.of(16L, 1L), List.of(sent.wokeOffset(), (long) sent.wokeHops()));
		assertEquals(0, sent.readConnection());
	}

	@Test
	void sendAfterTwoQueues_namesWhatWasReceivedTwoThreadsBefore() throws Exception {
		BlockingQueue<Runnable> first = new LinkedBlockingQueue<>();
		BlockingQueue<Runnable> second = new LinkedBlockingQueue<>();
		Thread one = worker(first);
		Thread two = worker(second);
		Moved sent = afterReceiving(true, () -> {
			first.add(() -> second.add(this::send));
			one.join();
			two.join();
		});
		assertEquals(List.of(16L, 2L), List.of(sent.wokeOffset(), (long) sent.wokeHops()));
		assertTrue(sent.wokeAgeMicros() >= 0);
	}

	@Test
	void sendOfAThreadThatSomebodyElseWoke_namesNothing() throws Exception {
		BlockingQueue<Runnable> queue = new SynchronousQueue<>();
		Thread worker = worker(queue);
		AtomicBoolean received = new AtomicBoolean();
		Thread timer = new Thread(() -> {
			try {
				while (!received.get()) {
					TimeUnit.MILLISECONDS.sleep(NAP_MILLIS); // a lock would wake it
				}
				queue.put(this::send);
			} catch (InterruptedException e) {
				throw new IllegalStateException(e);
			}
		});
		timer.start(); // before anything is received: it has no reason to pass on
		Moved sent = afterReceiving(true, () -> {
			received.set(true);
			worker.join();
		});
		assertEquals(Map.of("read", 0L, "woke", 0L), Map.of("read", sent.readConnection(), "woke", sent.wokeConnection()));
	}

	@Test
	void switchedOff_nothingIsNamed() throws Exception {
		Moved sent = afterReceiving(false, this::send);
		assertEquals(0, sent.readConnection());
		assertEquals(0, sent.wokeConnection());
	}

	/** A thread that waits for one piece of work, and does it. Returns when it is asleep. */
	private static Thread worker(BlockingQueue<Runnable> queue) throws InterruptedException {
		Thread thread = new Thread(() -> {
			try {
				queue.take().run();
			} catch (InterruptedException e) {
				throw new IllegalStateException(e);
			}
		});
		thread.start();
		TimeUnit.MILLISECONDS.sleep(NAP_MILLIS);
		return thread;
	}
}
