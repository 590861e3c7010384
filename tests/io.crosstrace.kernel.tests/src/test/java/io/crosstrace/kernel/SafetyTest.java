package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.agent.bpf.KernelCheck;
import io.crosstrace.core.capture.CaptureRecord;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the agent must never do to others, and must leave behind: nothing. */
@Tag("kernel")
class SafetyTest {
	private static final String JOINED = "connections older than the agent, joined";

	@Test
	void leftoversOfAKilledAgent_areRemovedByTheNext() throws Exception {
		try (Echo echo = Echo.on(InetAddress.getLoopbackAddress()); Echo.Caller caller = echo.connect()) {
			caller.call(1, 100);
			try (Helper agent = Helper.agent()) {
				agent.kill();
			}
			assumeTrue(noOtherAgent(), "another agent on this host needs the switches on");
			Map<String, Long> first;
			try (Watcher cleaner = Watcher.ofThisProcess()) {
				cleaner.assumeOldConnectionsJoin();
				first = cleaner.capture.counters();
			}
			assumeTrue(noOtherAgent(), "another agent on this host needs the switches on");
			try (Watcher next = Watcher.ofThisProcess()) {
				long found = next.capture.counters().get(JOINED);
				assertTrue(found >= 2, () -> "the caller's ends were still switched on: " + found + " after " + first);
			}
			caller.call(2, 100);
		}
	}

	@Test
	void closing_leavesNoProgramBehind() throws Exception {
		assumeTrue(KernelCheck.canCapture(KernelCheck.run()), "capturing is refused here");
		KernelCapture capture = KernelCapture.open(CaptureOptions.defaults());
		Set<Integer> own = Helper.programs(ProcessHandle.current().pid());
		assertTrue(own.size() >= 6, () -> "programs held: " + own);
		assertTrue(KernelCheck.programs().keySet().containsAll(own));
		capture.close();
		capture.close();
		assertEquals(Set.of(), Helper.programs(ProcessHandle.current().pid()));
		Set<Integer> left = own;
		for (int i = 0; i < 100 && !left.isEmpty(); i++) {
			Thread.sleep(20); // the kernel frees programs a little later
			left = new TreeSet<>(KernelCheck.programs().keySet());
			left.retainAll(own);
		}
		assertEquals(Set.of(), left);
	}

	@Test
	void peerWithoutAnAgent_isUnharmed() throws Exception {
		Path cgroup = Cgroup.create("peer");
		try (Echo echo = Echo.on(InetAddress.getLoopbackAddress());
				Watcher watcher = Watcher.of(CaptureOptions.defaults().withCgroup(cgroup));
				Helper caller = Helper.callerIn(cgroup, echo.port(), 2_000)) {
			caller.go();
			assertEquals(0, caller.end());
			watcher.await("the caller's requests", () -> watcher.connections.values().stream()
					.anyMatch(c -> c.end.peerPort() == echo.port() && c.moved(CaptureRecord.SENT).size() == 2_000));
			assertEquals(List.of(), watcher.local(echo.port()), "the peer is not watched");
			long options = watcher.capture.counters().get("options written");
			assertTrue(options >= 3 && options < 20, () -> "a peer that never answers is told a few times, not "
					+ options + " times in 2000 requests");
			assertTrue(watcher.connections.values().stream().flatMap(c -> c.moved.stream())
					.allMatch(m -> m.pid() == caller.pid()), "nobody else is watched");
		} finally {
			Cgroup.remove(cgroup);
		}
	}

	@Test
	void processNotOnTheList_isNotSeen() throws Exception {
		Process other = new ProcessBuilder("sleep", "60").start();
		try (Echo echo = Echo.on(InetAddress.getLoopbackAddress());
				Watcher watcher = Watcher.of(CaptureOptions.defaults().withPids(Set.of((int) other.pid())));
				Echo.Caller caller = echo.connect()) {
			caller.call(1, 100);
			try (Echo second = Echo.on(InetAddress.getLoopbackAddress()); Echo.Caller seen = second.connect()) {
				watcher.capture.watch((int) ProcessHandle.current().pid());
				seen.call(2, 100);
				watcher.await("the call made while watched", () -> seen.isSeenIn(watcher, second.port()));
			}
			assertEquals(List.of(), watcher.local(echo.port()));
		} finally {
			other.destroy();
		}
	}

	@Test
	void agentWithoutRights_saysWhichItLacks() throws Exception {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is missing");
		Process process = new ProcessBuilder("/usr/bin/setpriv", "--bounding-set=-all", "--inh-caps=-all",
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Helper.class.getName(), "agent").redirectErrorStream(true).start();
		String said = new String(process.getInputStream().readAllBytes());
		assertFalse(process.waitFor() == 0);
		assertTrue(said.contains("lacks CAP_BPF, CAP_PERFMON, CAP_NET_ADMIN: run it as root"), said);
	}

	@Test
	void agentOfAnOrdinaryUser_needsThreeCapabilitiesOnly(@TempDir Path readable) throws Exception {
		assumeTrue(ProcessHandle.current().info().user().orElse("").equals("root"), "giving capabilities needs root");
		assumeTrue(KernelCheck.canCapture(KernelCheck.run()), "capturing is refused here");
		Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxr-xr-x"));
		StringJoiner classPath = new StringJoiner(":");
		for (String entry : System.getProperty("java.class.path").split(":")) {
			classPath.add(entry.endsWith(".jar")
					? Files.copy(Path.of(entry), readable.resolve(Path.of(entry).getFileName())).toString() : entry);
		}
		try (Helper agent = Helper.agentOfAnOrdinaryUser(classPath.toString());
				Echo echo = Echo.on(InetAddress.getLoopbackAddress()); Echo.Caller caller = echo.connect()) {
			caller.call(1, 100);
		}
	}

	private static boolean noOtherAgent() throws Exception {
		for (int i = 0; i < 50; i++) {
			if (!KernelCheck.programs().containsValue("ct_option")) {
				return true;
			}
			Thread.sleep(20); // the kernel frees programs of a killed process a little later
		}
		return false;
	}
}
