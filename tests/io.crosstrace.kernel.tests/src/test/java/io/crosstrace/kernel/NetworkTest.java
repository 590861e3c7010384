package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is seen of connections between two network stacks, over a cable of MTU 1500. */
@Tag("kernel")
class NetworkTest {
	private Namespace.Pair pair;
	private Echo echo;

	@BeforeEach
	void connect() throws Exception {
		assumeTrue(ProcessHandle.current().info().user().orElse("").equals("root"), "network namespaces need root");
		pair = Namespace.Pair.create();
		echo = pair.right().inside(() -> Echo.on(InetAddress.getByName(Namespace.Pair.RIGHT)));
	}

	@AfterEach
	void disconnect() throws Exception {
		if (pair != null) {
			echo.close();
			pair.close();
		}
	}

	private List<Echo.Caller> callers(int count) throws Exception {
		List<Echo.Caller> callers = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			callers.add(pair.left().inside(echo::connect));
		}
		return callers;
	}

	private static void closeAll(List<Echo.Caller> callers) throws Exception {
		for (Echo.Caller caller : callers) {
			caller.close();
		}
	}

	@Test
	void tenThousandMessagesOverACable_areAllNamedAlike() throws Exception {
		try (Watcher watcher = Watcher.ofThisProcess()) {
			List<Echo.Caller> callers = callers(4);
			for (int i = 0; i < 1_500; i++) {
				for (Echo.Caller caller : callers) {
					caller.call(i, 20 + i % 4000);
				}
			}
			closeAll(callers);
			LoopbackTest.assertAllNamed(watcher, echo, callers, 12_000);
		}
	}

	@Test
	void postsOfAMegabyte_loseNoPacketForBeingTooLarge() throws Exception {
		try (Watcher watcher = Watcher.ofThisProcess()) {
			long before = pair.left().fragFails() + pair.right().fragFails();
			List<Echo.Caller> callers = callers(2);
			for (int i = 0; i < 40; i++) {
				for (Echo.Caller caller : callers) {
					caller.call(i, 1 << 20);
				}
			}
			closeAll(callers);
			LoopbackTest.assertAllNamed(watcher, echo, callers, 160);
			assertEquals(0, pair.left().fragFails() + pair.right().fragFails() - before, "IpFragFails");
		}
	}

	@Test
	void messagesOverACableThatLosesEveryTenthPacket_areAllNamedAlike() throws Exception {
		try (Watcher watcher = Watcher.ofThisProcess()) {
			pair.loseEveryTenth();
			List<Echo.Caller> callers = callers(8);
			List<Thread> threads = new ArrayList<>();
			AtomicInteger failed = new AtomicInteger();
			for (Echo.Caller caller : callers) {
				threads.add(Thread.ofPlatform().start(() -> {
					try {
						for (int i = 0; i < 25; i++) {
							caller.call(i, 20 + i * 300);
						}
					} catch (IOException e) {
						failed.incrementAndGet();
					}
				}));
			}
			for (Thread thread : threads) {
				thread.join();
			}
			assertEquals(0, failed.get());
			LoopbackTest.assertAllNamed(watcher, echo, callers, 8 * 50);
			closeAll(callers);
			assertEquals(0, watcher.capture.counters().get("options not believed: the position disagrees"));
		}
	}

	@Test
	void optionsStrippedOnTheWay_leaveTheSequenceNumbersToJoinBy() throws Exception {
		try (Watcher watcher = Watcher.ofThisProcess()) {
			pair.stripOptions();
			List<Echo.Caller> callers = callers(3);
			for (int i = 0; i < 200; i++) {
				for (Echo.Caller caller : callers) {
					caller.call(i, 20 + i * 40);
				}
			}
			closeAll(callers);
			assertEquals(0, watcher.capture.counters().get("options read"));
			assertTrue(watcher.capture.counters().get("options written") > 0);
			for (Echo.Caller caller : callers) {
				watcher.await("all bytes of " + caller, () -> caller.isSeenIn(watcher, echo.port()));
				assertEquals(new Messages.Verdict(400, 0, 0, 0), caller.follow(watcher, echo.port()), "no name came through");
				assertEquals(400, caller.sameSequences(watcher, echo.port()));
			}
		}
	}

	@Test
	void connectionsOlderThanTheAgent_areNamedFromItsStartOn() throws Exception {
		Echo here = Echo.on(InetAddress.getLoopbackAddress());
		List<Echo.Caller> far = callers(3);
		List<Echo.Caller> near = List.of(here.connect(), here.connect());
		List<Echo.Caller> all = new ArrayList<>(far);
		all.addAll(near);
		for (Echo.Caller caller : all) {
			for (int i = 0; i < 10; i++) {
				caller.call(i, 333 + i);
			}
			caller.forget();
		}
		try (Watcher watcher = Watcher.ofThisProcess()) {
			for (int i = 0; i < 200; i++) {
				for (Echo.Caller caller : all) {
					caller.call(i, 100 + i);
				}
			}
			closeAll(all);
			watcher.assumeOldConnectionsJoin();
			LoopbackTest.assertAllNamed(watcher, echo, far, 1_200);
			LoopbackTest.assertAllNamed(watcher, here, near, 800);
			assertTrue(watcher.capture.limits().isEmpty(), () -> watcher.capture.limits().toString());
		} finally {
			here.close();
		}
	}
}
