package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.ptr.IntByReference;
import io.crosstrace.agent.bpf.KernelCheck;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Agents killed at any moment of their lives, while services talk: nobody may notice, and nothing may stay. Five times;
 * {@code -Dcrosstrace.restarts=100} for as often as that.
 */
@Tag("kernel")
class RestartTest {
	private interface LibBpf extends Library {
		int bpf_prog_query(int cgroup, int attachType, int flags, IntByReference attachFlags, int[] programs,
				IntByReference count);
	}

	private interface LibC extends Library {
		LibC C = Native.load("c", LibC.class);

		int open(String path, int flags);

		int close(int fd);
	}

	private static final int SOCK_OPS = 3;
	private static final int RESTARTS = Integer.getInteger("crosstrace.restarts", 5);

	@Test
	void killedAgents_areNoticedByNobodyAndLeaveNothing() throws Exception {
		Random random = new Random(7);
		Set<Integer> programs = new TreeSet<>();
		AtomicBoolean stopped = new AtomicBoolean();
		AtomicInteger calls = new AtomicInteger();
		AtomicReference<Throwable> failure = new AtomicReference<>();
		int captured = 0;
		try (Echo echo = Echo.on(InetAddress.getLoopbackAddress()); Echo.Caller judge = echo.connect()) {
			List<Thread> services = List.of(load(stopped, failure, () -> talk(echo, stopped, calls, Integer.MAX_VALUE)),
					load(stopped, failure, () -> talk(echo, stopped, calls, 50)));
			try {
				for (int i = 0; i < RESTARTS; i++) {
					try (Helper agent = i % 3 == 0 ? Helper.agentNotWaitedFor() : Helper.agent()) {
						captured += i % 3 == 0 ? 0 : 1;
						Thread.sleep(random.nextInt(i % 3 == 0 ? 1_200 : 100)); // while it loads, attaches or captures
						programs.addAll(agent.programs());
						agent.kill();
					}
				}
				assertNamed(echo, judge);
			} finally {
				stopped.set(true);
				for (Thread service : services) {
					service.join();
				}
			}
		}
		assertEquals(null, failure.get());
		assertTrue(calls.get() > RESTARTS * 100, calls + " calls");
		assertTrue(captured >= RESTARTS / 2);
		assertTrue(programs.size() > captured * 6, "programs of the agents: " + programs.size());
		assertEquals(Set.of(), left(programs), "programs");
		programs.retainAll(attached());
		assertEquals(Set.of(), programs, "programs attached to the control group");
		try (Stream<Path> pinned = Files.exists(Path.of("/sys/fs/bpf")) ? Files.list(Path.of("/sys/fs/bpf")) : Stream.of()) {
			assertEquals(List.of(), pinned.filter(p -> p.getFileName().toString().startsWith("ct_")).toList());
		}
		System.out.println(RESTARTS + " agents killed, " + calls + " calls answered meanwhile");
	}

	/** After all that, the next agent names what is said on a connection that saw them all. */
	private static void assertNamed(Echo echo, Echo.Caller judge) throws Exception {
		judge.forget();
		try (Watcher watcher = Watcher.ofThisProcess()) {
			for (int i = 0; i < 200; i++) {
				judge.call(i, 300);
			}
			if (watcher.oldConnectionsJoin()) {
				LoopbackTest.assertAllNamed(watcher, echo, List.of(judge), 400);
			}
		}
	}

	private interface Work {
		void run() throws Exception;
	}

	private static Thread load(AtomicBoolean stopped, AtomicReference<Throwable> failure, Work work) {
		return Thread.ofPlatform().start(() -> {
			try {
				work.run();
			} catch (Exception | AssertionError e) {
				failure.set(e);
				stopped.set(true);
			}
		});
	}

	/** Calls on one connection, or a new one every so many calls. */
	private static void talk(Echo echo, AtomicBoolean stopped, AtomicInteger calls, int callsPerConnection) throws Exception {
		while (!stopped.get()) {
			try (Echo.Caller caller = echo.connect()) {
				for (int i = 0; i < callsPerConnection && !stopped.get(); i++) {
					caller.call(i, 100 + i % 5_000);
					calls.incrementAndGet();
					caller.forget();
				}
			}
		}
	}

	/** Which of these programs there still are. The kernel frees those of a killed process a little later. */
	private static Set<Integer> left(Set<Integer> programs) throws Exception {
		Set<Integer> left = new TreeSet<>(programs);
		for (int i = 0; i < 100 && !left.isEmpty(); i++) {
			left.retainAll(KernelCheck.programs().keySet());
			Thread.sleep(20);
		}
		return left;
	}

	/** The programs attached to the root control group's sockets. */
	private static Set<Integer> attached() throws Exception {
		String root = Files.readAllLines(Path.of("/proc/self/mountinfo")).stream().filter(l -> l.contains(" - cgroup2 "))
				.map(l -> l.split(" ")[4]).findFirst().orElse(null);
		assumeTrue(root != null, "no cgroup2 file system is mounted");
		int fd = LibC.C.open(root, 0);
		IntByReference count = new IntByReference(64);
		int[] programs = new int[64];
		int result = Native.load("libbpf.so.1", LibBpf.class).bpf_prog_query(fd, SOCK_OPS, 0, null, programs, count);
		LibC.C.close(fd);
		assertEquals(0, result, "what is attached to " + root);
		return Arrays.stream(programs, 0, count.getValue()).boxed().collect(Collectors.toSet());
	}
}
