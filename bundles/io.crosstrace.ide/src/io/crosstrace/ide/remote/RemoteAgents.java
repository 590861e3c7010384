package io.crosstrace.ide.remote;

import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.wire.client.AgentAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hosts this IDE has brought agents to. A host is left, and cleaned, when its agent is removed from the session or
 * the IDE ends. Any thread; nothing waits but {@link #closeAll}.
 */
public final class RemoteAgents {
	private static final long LAST_WAIT_MILLIS = 8_000;

	private final Session session;
	private final Map<AgentAddress, RemoteAgent> agents = new ConcurrentHashMap<>();
	/** Addresses the session has told of. Session's thread only. */
	private final Set<AgentAddress> seen = new HashSet<>();

	RemoteAgents(Session session) {
		this.session = session;
		session.addListener(this::follow);
	}

	/** Those of the session all views show. */
	public static RemoteAgents shared() {
		return Shared.AGENTS;
	}

	private static final class Shared {
		static final RemoteAgents AGENTS = new RemoteAgents(Session.shared());
	}

	/** Lets the session listen to an agent, and looks after it from now on. */
	public void add(RemoteAgent agent) {
		session.connect(agent.address());
		agents.put(agent.address(), agent);
	}

	/** The hosts that have an agent of ours. */
	public List<SshAddress> hosts() {
		return agents.values().stream().map(RemoteAgent::host).toList();
	}

	private void follow(Snapshot snapshot) {
		if (agents.isEmpty()) {
			return;
		}
		Set<AgentAddress> wanted = new HashSet<>();
		snapshot.agents().forEach(status -> wanted.add(status.address()));
		for (AgentAddress address : agents.keySet()) {
			if (wanted.contains(address)) {
				seen.add(address);
			} else if (seen.remove(address)) { // a snapshot from before it was added says nothing
				closer(agents.remove(address)).start();
			}
		}
	}

	/** Leaves all hosts at once; waits some seconds for those that answer. */
	public void closeAll() {
		List<Thread> closers = agents.values().stream().map(RemoteAgents::closer).toList();
		agents.clear();
		closers.forEach(Thread::start);
		long until = System.currentTimeMillis() + LAST_WAIT_MILLIS;
		try {
			for (Thread closer : closers) {
				closer.join(Math.max(1, until - System.currentTimeMillis()));
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private static Thread closer(RemoteAgent agent) {
		Thread thread = new Thread(agent::close, "CrossTrace leaves " + agent.host());
		thread.setDaemon(true);
		return thread;
	}
}
