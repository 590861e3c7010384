package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.kernel.Watcher.Connection;
import io.crosstrace.kernel.Watcher.Moved;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What two agents tell each other: one watches the caller's control group, the other the server's, and neither
 * sees the other's end.
 */
@Tag("kernel")
class OptionTest {
	private Path left;
	private Path right;

	@BeforeEach
	void create() throws Exception {
		left = Cgroup.create("left");
		right = Cgroup.create("right");
	}

	@AfterEach
	void remove() throws Exception {
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
		try (Watcher a = in(left); Watcher b = in(right); Helper server = Helper.serverIn(right);
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

	@Test
	void agentThatComesLater_asksForTheNameAndGetsIt() throws Exception {
		try (Watcher a = in(left); Helper server = Helper.serverIn(right)) {
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
