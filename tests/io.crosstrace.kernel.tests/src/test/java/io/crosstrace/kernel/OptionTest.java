package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.Network;
import io.crosstrace.agent.bpf.Propagation;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.kernel.Watcher.Connection;
import io.crosstrace.kernel.Watcher.Moved;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What two agents tell each other: one watches the caller's control group, the other the server's, and neither
 * sees the other's end.
 */
@Tag("kernel")
class OptionTest {
	private static final String OUTSIDE = "connections without options: the peer is not on the list of networks";

	private static Path left;
	private static Path right;
	private static Helper server;
	private static Helper freshCaller;

	@BeforeAll
	static void create() throws Exception {
		left = Cgroup.create("left");
		right = Cgroup.create("right");
		server = Helper.serverIn(right);
		freshCaller = Helper.freshCallerIn(left, server.port(), 50);
	}

	@AfterAll
	static void remove() throws Exception {
		freshCaller.close();
		server.close();
		Cgroup.remove(left);
		Cgroup.remove(right);
	}

	private static Watcher in(Path cgroup) {
		return Watcher.of(CaptureOptions.defaults().withCgroup(cgroup));
	}

	private static long written(Watcher watcher) {
		return watcher.capture.counters().get("options written");
	}

	/** The server's end, once {@code requests} were seen to arrive at it. */
	private static Connection serverEnd(Watcher watcher, int port, int requests) throws Exception {
		watcher.await(requests + " requests at the server", () -> watcher.local(port).stream()
				.anyMatch(c -> c.moved(CaptureRecord.SENT).size() >= requests));
		return watcher.local(port).get(0);
	}

	@Test
	void twoAgents_tellEachOtherOnceAndThenAreQuiet() throws Exception {
		try (Watcher a = in(left); Watcher b = in(right);
				Helper caller = Helper.callerIn(left, server.port(), 1_000)) {
			caller.go();
			Connection end = serverEnd(b, server.port(), 1_000);
			for (Moved moved : end.moved) {
				assertNotEquals(0, moved.nonce(), "known from the first message on");
			}
			assertTrue(written(a) <= 10 && written(b) <= 10, () -> written(a) + " and " + written(b) + " options");
			assertEquals(0, a.capture.counters().get("options not believed: the position disagrees"));
			assertEquals(0, caller.end());
		}
	}

	/** What the server's agent knows of the name of the caller's direction after {@code requests} requests. */
	private long nonceLearned(Propagation a, Propagation b, Map<String, Long> countersA, Map<String, Long> countersB)
			throws Exception {
		try (Watcher watcherA = Watcher.of(CaptureOptions.defaults().withCgroup(left).withPropagation(a));
				Watcher watcherB = Watcher.of(CaptureOptions.defaults().withCgroup(right).withPropagation(b))) {
			freshCaller.go();
			Connection end = serverEnd(watcherB, server.port(), 50);
			countersA.putAll(watcherA.capture.counters());
			countersB.putAll(watcherB.capture.counters());
			List<Moved> received = end.moved(CaptureRecord.RECEIVED);
			assertTrue(received.stream().map(Moved::nonce).distinct().count() == 1);
			return received.get(0).nonce();
		}
	}

	static List<Arguments> agreements() {
		Propagation standard = Propagation.standard();
		Propagation other = standard.withOption(254, 0x1234);
		Propagation elsewhere = standard.withPeers(Network.list("10.0.0.0/8,fd00::/8,127.0.0.2"));
		Propagation here = standard.withPeers(Network.list("127.0.0.1"));
		return List.of(Arguments.of("as it comes", standard, standard, true),
				Arguments.of("another kind and experiment", other, other, true),
				Arguments.of("experiments that differ", standard, standard.withOption(253, 0x1234), false),
				Arguments.of("one only writes, one only reads", standard.withWays(true, false), standard.withWays(false, true), true),
				Arguments.of("the caller does not write", standard.withWays(false, true), standard, false),
				Arguments.of("the server does not read", standard, standard.withWays(true, false), false),
				Arguments.of("each on the other's list", here, here, true),
				Arguments.of("everybody on the list", standard.withPeers(null), standard.withPeers(null), true),
				Arguments.of("the caller is not on the server's list", standard, elsewhere, false),
				Arguments.of("the server is not on the caller's list", elsewhere, standard, false));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("agreements")
	void name_isLearnedOnlyIfBothWantIt(String how, Propagation a, Propagation b, boolean learned) throws Exception {
		Map<String, Long> ofA = new HashMap<>();
		Map<String, Long> ofB = new HashMap<>();
		assertEquals(learned, nonceLearned(a, b, ofA, ofB) != 0);
		assertEquals(a.write() && !how.equals("the server is not on the caller's list"), ofA.get("options written") > 0);
		Map<String, Long> stranger = how.equals("the caller is not on the server's list") ? ofB
				: how.equals("the server is not on the caller's list") ? ofA : Map.of(OUTSIDE, 1L);
		assertTrue(stranger.get(OUTSIDE) > 0);
		assertEquals(how.equals("the caller is not on the server's list") || !b.write(), ofB.get("options written") == 0);
	}

	/** Another agent on the host has the kernel read options on all connections; this one still believes its list only. */
	@Test
	void optionFromOutsideTheList_isNotBelievedThoughAnotherAgentReadsIt() throws Exception {
		Propagation elsewhere = Propagation.standard().withPeers(Network.list("10.0.0.0/8"));
		try (Watcher other = in(right)) {
			Map<String, Long> ofB = new HashMap<>();
			assertEquals(0, nonceLearned(Propagation.standard(), elsewhere, new HashMap<>(), ofB));
			assertTrue(other.capture.counters().get("options read") > 0);
			assertTrue(ofB.get("options ignored: the peer is not on the list of networks") > 0, ofB::toString);
		}
	}

	@Test
	void agentThatComesLater_asksForTheNameAndGetsIt() throws Exception {
		try (Watcher a = in(left)) {
			try (Helper caller = Helper.callerIn(left, server.port(), 200)) {
				for (int round = 0; round < 3; round++) {
					caller.go(); // nobody listens to what a says
					long before = written(a);
					try (Watcher b = in(right)) {
						b.assumeOldConnectionsJoin();
						caller.go();
						Connection end = serverEnd(b, server.port(), 200);
						List<Moved> received = end.moved(CaptureRecord.RECEIVED);
						assertEquals(0, received.get(0).nonce(), "a had nothing more to say");
						assertNotEquals(0, received.get(received.size() - 1).nonce(), "until it was asked");
						long unnamed = received.stream().filter(m -> m.nonce() == 0).count();
						assertTrue(unnamed <= 10, () -> unnamed + " records without a name");
					}
					long said = written(a) - before;
					assertTrue(said >= 1 && said <= 20, () -> said + " options, when a new agent asked");
				}
				assertEquals(0, caller.end());
			}
		}
	}
}
