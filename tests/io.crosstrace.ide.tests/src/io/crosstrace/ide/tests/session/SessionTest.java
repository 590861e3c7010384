package io.crosstrace.ide.tests.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.session.AgentProbe;
import io.crosstrace.ide.session.AgentStatus;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.ConnectionState;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {
	private final Session session = new Session(10_000);
	private final LinkedBlockingQueue<Snapshot> published = new LinkedBlockingQueue<>();

	@AfterEach
	void close() {
		session.close();
	}

	@Test
	void spans_areBatchedIntoFewSnapshots() throws InterruptedException {
		session.addListener(published::add);
		for (int n = 0; n < 50; n++) {
			session.add(Spans.traces(session.names(), n, n + 1), "");
		}
		Snapshot last = until(snapshot -> snapshot.received() == 150);
		assertEquals(50, last.traces().size());
		assertTrue(published.size() < 5, published.size() + " snapshots more");
	}

	@Test
	void pausedSession_keepsItsTracesAndCatchesUp() throws InterruptedException {
		session.addListener(published::add);
		session.add(Spans.traces(session.names(), 0, 2), "");
		until(snapshot -> snapshot.traces().size() == 2);
		session.pause(true);
		until(Snapshot::paused);
		session.add(Spans.traces(session.names(), 2, 5), "");
		Snapshot behind = until(snapshot -> snapshot.behind() == 9);
		assertEquals(2, behind.traces().size());
		session.pause(false);
		assertEquals(0, until(snapshot -> snapshot.traces().size() == 5).behind());
	}

	@Test
	void chosenSpan_isFollowedWhenItsTraceGrows() throws InterruptedException {
		session.addListener(published::add);
		SpanTable late = Spans.traces(session.names(), 0, 1);
		SpanTable first = new SpanTable(session.names());
		first.addCopy(late, 2);
		session.add(first, "");
		Snapshot one = until(snapshot -> snapshot.traces().size() == 1);
		session.selection().choose(one, one.traces().newest(0), 0);
		session.add(late, "");
		until(snapshot -> snapshot.traces().size() == 1 && snapshot.traces().newest(0).size() == 3);
		assertEquals(3, session.selection().chosen().trace().size());
		assertEquals(3, session.selection().span().table().spanId.get(session.selection().span().row()));
	}

	@Test
	void chosenSpan_isFollowedWhenRowsAreNumberedAnew() throws InterruptedException {
		try (Session small = new Session(60)) {
			small.addListener(published::add);
			small.add(Spans.traces(small.names(), 0, 15), "");
			Snapshot before = until(snapshot -> snapshot.received() == 45);
			small.selection().choose(before, before.traces().newest(0), 1);
			long id = small.selection().span().table().spanId.get(small.selection().span().row());
			small.add(Spans.traces(small.names(), 15, 25), "");
			until(snapshot -> snapshot.received() == 75 && snapshot.era() != before.era());
			assertEquals(small.snapshot().era(), small.selection().chosen().era());
			assertEquals(id, small.selection().span().table().spanId.get(small.selection().span().row()));
		}
	}

	@Test
	void agentThatIsNotThere_isToldInOneSentence() throws InterruptedException, IOException {
		session.addListener(published::add);
		AgentAddress nobody = AgentAddress.plain("127.0.0.1", freePort(), "");
		session.connect(nobody);
		AgentStatus status = until(snapshot -> !snapshot.agents().isEmpty()
				&& snapshot.agents().get(0).state() == ConnectionState.WAITING).agents().get(0);
		assertTrue(status.reason().startsWith("Nothing answers at 127.0.0.1:"), status.reason());
		session.disconnect(nobody);
		until(snapshot -> snapshot.agents().get(0).state() == ConnectionState.CLOSED);
		session.remove(nobody);
		until(snapshot -> snapshot.agents().isEmpty());
	}

	@Test
	void probe_saysWhyNot() throws InterruptedException, IOException {
		AgentProbe.Answer answer = AgentProbe.ask(AgentAddress.plain("127.0.0.1", freePort(), ""),
				Duration.ofSeconds(10));
		assertEquals(ConnectionState.WAITING, answer.state());
		assertTrue(answer.message().endsWith("open?"), answer.message());
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	private Snapshot until(Predicate<Snapshot> condition) throws InterruptedException {
		while (true) {
			Snapshot next = published.poll(10, TimeUnit.SECONDS);
			assertNotNull(next, "no such snapshot within 10 s; the last was " + session.snapshot());
			if (condition.test(next)) {
				return next;
			}
		}
	}
}
