package io.crosstrace.ide.tests.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.ide.remote.AgentPackage;
import io.crosstrace.ide.remote.RemoteAgent;
import io.crosstrace.ide.remote.RemoteException;
import io.crosstrace.ide.remote.SshAddress;
import io.crosstrace.ide.session.AgentStatus;
import io.crosstrace.ide.session.Session;
import io.crosstrace.wire.client.ConnectionState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteAgentTest {
	@TempDir
	Path scratch;
	private final Person person = new Person();
	private final List<AutoCloseable> open = new ArrayList<>();
	private Path ssh;

	@BeforeEach
	void needsAHost() throws IOException {
		assumeTrue(StagingHost.possible(), "needs root and Debian's openssh-server");
		ssh = Files.createDirectories(scratch.resolve("ssh"));
		// Hosts are below, and their ordinary users have to get there.
		Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

	@AfterEach
	void close() throws Exception {
		for (int i = open.size() - 1; i >= 0; i--) {
			open.get(i).close();
		}
	}

	@Test
	void attachedAgent_isReachedThroughTheTunnel_andLeavesNothing() throws Exception {
		StagingHost host = host().start();
		RemoteAgent agent = attach(host.as("root"));
		assertEquals(1, host.left().size());
		AgentStatus status = connected(agent);
		assertTrue(status.info().hostName().length() > 0);
		agent.close();
		assertEquals(List.of(), host.left());
		assertEquals(1, person.asked.size(), person.asked.toString());
		// The key is known now.
		attach(host.as("root")).close();
		assertEquals(1, person.asked.size(), person.asked.toString());
	}

	@Test
	void ordinaryUser_becomesRootBySudoWithAPassword_onAHostWithoutJava() throws Exception {
		StagingHost host = host().sudoers("dev ALL=(ALL) ALL").without("/usr/lib/jvm").without("/opt").start();
		person.sudoPassword = StagingHost.PASSWORD;
		RemoteAgent agent = attach(host.as("dev"));
		connected(agent);
		assertTrue(person.asked.contains("sudo dev 1"), person.asked.toString());
		try (var found = Files.walk(host.left().get(0))) {
			assertTrue(found.anyMatch(path -> path.endsWith("runtime/bin/java")));
		}
		agent.close();
		assertEquals(List.of(), host.left());
	}

	@Test
	void brokenConnection_isOpenedAgain_andTheSessionGoesOn() throws Exception {
		StagingHost host = host().start();
		RemoteAgent agent = attach(host.as("root"));
		Session session = session();
		session.connect(agent.address());
		until(session, status -> status.state() == ConnectionState.CONNECTED);
		host.cut();
		until(session, status -> status.state() == ConnectionState.WAITING);
		assertFalse(agent.trouble().isEmpty());
		host.start();
		AgentStatus status = until(session, s -> s.state() == ConnectionState.CONNECTED);
		assertEquals("", agent.trouble());
		assertEquals(0, status.lost().size(), status.lost().toString());
		agent.close();
		assertEquals(List.of(), host.left());
	}

	@Test
	void hostThatLostItsAgent_isRefusedOnce_andEachTryToComeBackLeavesNothing() throws Exception {
		StagingHost host = host().sudoers("dev ALL=(ALL) NOPASSWD: ALL").start();
		RemoteAgent agent = attach(host.as("dev"));
		host.lose();
		host.sudoers("dev ALL=(ALL) ALL").start(); // it wants a password now, and nobody gives one
		Path temporary = host.temporary();
		int made = 0;
		for (boolean there = false; made < 2 || there;) { // a second try has begun and ended
			boolean now = !host.left().isEmpty();
			made += now && !there ? 1 : 0;
			there = now;
			TimeUnit.MILLISECONDS.sleep(5);
		}
		assertTrue(agent.trouble().contains("wants a password"), agent.trouble());
		assertEquals(1, person.asked.stream().filter(asked -> asked.startsWith("sudo")).count(), person.asked.toString());
		agent.close();
		assertEquals(List.of(), host.left(), temporary.toString());
	}

	@Test
	void hostBehindAnother_isReachedThroughIt() throws Exception {
		StagingHost door = host().start();
		StagingHost host = host().start();
		door.letIn(host);
		SshAddress inner = host.as("root");
		RemoteAgent agent = attach(new SshAddress(inner.user(), inner.host(), inner.port(),
				"root@" + door.name(), inner.keyFile()));
		connected(agent);
		agent.close();
		assertEquals(List.of(), host.left());
		assertEquals(List.of(), door.left());
	}

	@Test
	void lockedKey_isUnlockedByItsPassphrase() throws Exception {
		StagingHost host = host().start();
		person.passphrase = StagingHost.PASSWORD;
		attach(host.withLockedKey("root")).close();
		assertTrue(person.asked.contains("passphrase 1"), person.asked.toString());
	}

	@Test
	void password_letsIn() throws Exception {
		StagingHost host = host().start();
		person.password = StagingHost.PASSWORD;
		attach(host.withoutKey("root")).close();
		assertTrue(person.asked.contains("password root 1"), person.asked.toString());
	}

	@Test
	void wrongPassword_isAskedForThreeTimes_andSaidSo() throws Exception {
		StagingHost host = host().start();
		person.password = "wrong";
		String reason = refused(host.withoutKey("root"));
		assertTrue(reason.contains("let nobody in with the keys and passwords at hand"), reason);
		assertTrue(person.asked.contains("password root 3"), person.asked.toString());
		assertFalse(person.asked.contains("password root 4"), person.asked.toString());
	}

	@Test
	void strangeHostKey_isNotTrustedWithoutAPersonsWord() throws Exception {
		StagingHost host = host().start();
		person.trusts = false;
		String reason = refused(host.as("root"));
		assertTrue(reason.contains("was not trusted"), reason);
		assertFalse(Files.exists(ssh.resolve("known_hosts")));
		assertEquals(List.of(), host.left());
	}

	@Test
	void changedHostKey_isRefusedWithoutAQuestion() throws Exception {
		StagingHost other = host();
		StagingHost host = host().start();
		String key = Files.readString(other.hostKey());
		Files.writeString(ssh.resolve("known_hosts"), "[" + host.name().replace(":", "]:") + " " + key);
		String reason = refused(host.as("root"));
		assertTrue(reason.contains("is not the one in"), reason);
		assertEquals(List.of(), person.asked);
	}

	@Test
	void userWithoutSudo_isToldSo() throws Exception {
		StagingHost host = host().sudoers("").start();
		person.sudoPassword = StagingHost.PASSWORD;
		String reason = refused(host.as("dev"));
		assertTrue(reason.contains("may not use sudo"), reason);
		assertEquals(List.of(), host.left());
	}

	@Test
	void fullDisk_isToldSo() throws Exception {
		StagingHost host = host().smallDisk(64).start();
		String reason = refused(host.as("root"));
		assertTrue(reason.contains("No space left on device"), reason);
		assertTrue(reason.contains("Make room"), reason);
	}

	@Test
	void hostThatIsNoLinux_isToldSo() throws Exception {
		StagingHost host = host().instead("/usr/bin/uname", "echo FreeBSD").start();
		String reason = refused(host.as("root"));
		assertTrue(reason.contains("runs FreeBSD"), reason);
	}

	@Test
	void nobodyThere_isToldSo() throws Exception {
		String reason = refused(host().as("root"));
		assertTrue(reason.contains("No SSH server answers"), reason);
	}

	private StagingHost host() throws Exception {
		StagingHost host = new StagingHost(scratch.resolve("host" + open.size()));
		open.add(host);
		return host;
	}

	private RemoteAgent attach(SshAddress address) throws RemoteException {
		// Only what belongs to this process: other tests' traffic is none of ours.
		RemoteAgent agent = RemoteAgent.attach(address, ssh, person, AgentPackage.bundled(),
				List.of("--pid", String.valueOf(ProcessHandle.current().pid())), what -> { });
		open.add(agent);
		return agent;
	}

	private String refused(SshAddress address) {
		return assertThrows(RemoteException.class, () -> attach(address)).getMessage();
	}

	private AgentStatus connected(RemoteAgent agent) throws InterruptedException {
		Session session = session();
		session.connect(agent.address());
		// Health is told by the part of the agent that decides: without it nothing would ever come.
		return until(session, status -> status.state() == ConnectionState.CONNECTED && status.info() != null
				&& status.health() != null);
	}

	private Session session() {
		Session session = new Session(10_000);
		open.add(session);
		return session;
	}

	private static AgentStatus until(Session session, Predicate<AgentStatus> wanted) throws InterruptedException {
		CountDownLatch seen = new CountDownLatch(1);
		AgentStatus[] found = new AgentStatus[1];
		Consumer<io.crosstrace.ide.session.Snapshot> listener = snapshot -> {
			for (AgentStatus status : snapshot.agents()) {
				if (found[0] == null && wanted.test(status)) {
					found[0] = status;
					seen.countDown();
				}
			}
		};
		session.addListener(listener);
		listener.accept(session.snapshot());
		assertTrue(seen.await(90, TimeUnit.SECONDS), () -> "not seen; agents: " + session.snapshot().agents());
		session.removeListener(listener);
		return found[0];
	}
}
