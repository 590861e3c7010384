package io.crosstrace.ide.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.CrossTrace;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.AgentConnection;
import io.crosstrace.wire.client.AgentHealth;
import io.crosstrace.wire.client.AgentInfo;
import io.crosstrace.wire.client.AgentListener;
import io.crosstrace.wire.client.ConnectionState;
import io.crosstrace.wire.proto.Routes;
import io.crosstrace.wire.proto.Watch;
import io.crosstrace.wire.otlp.SpanFiles;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.IPreferencesService;
import org.osgi.framework.FrameworkUtil;

/**
 * Listens to agents and publishes what they sent.
 *
 * <p>One daemon thread takes in spans and calls the listeners, at most every {@link #PUBLISH_MILLIS}. Any thread
 * may call any method; none waits, but {@link #add} when the thread is 512 batches behind: that slows the
 * connection, and the agent counts what it then drops.
 */
public final class Session implements AutoCloseable {
	/** Shortest time between two snapshots. */
	public static final long PUBLISH_MILLIS = 250;
	/** Spans held unless said otherwise. */
	public static final int DEFAULT_SPAN_BUDGET = 1_000_000;
	/** Preference of {@link CrossTrace#PLUGIN_ID}: spans held by {@link #shared}, read when it begins. */
	public static final String SPAN_BUDGET = "spanBudget";
	private static final int MOST_WATCHED = 100;
	/** Preference: whether {@link #shared} keeps what agents send on disk; read when it begins. */
	public static final String RECORD = "record";
	/** Preference: most megabytes of recordings kept in the workspace; read when {@link #shared} begins. */
	public static final String RECORD_LIMIT = "recordLimitMegabytes";
	public static final int DEFAULT_RECORD_LIMIT = 2_000;
	private static final int NAMES = 1 << 18;

	private final Dictionary names = new Dictionary(NAMES);
	private final SessionStore store;
	private final int spanBudget;
	private final Path folder;
	/** Null if nothing is recorded. */
	private final Journal journal;
	private final SelectionModel selection = new SelectionModel();
	private final FilterModel filter = new FilterModel();
	private final List<Consumer<Snapshot>> listeners = new CopyOnWriteArrayList<>();
	private final List<Agent> agents = new CopyOnWriteArrayList<>();
	private final BlockingQueue<Runnable> work = new ArrayBlockingQueue<>(512);
	private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
	private final Thread thread = new Thread(this::run, "CrossTrace session");
	private volatile List<Routes> routes = List.of();
	private volatile List<Watch> watches = List.of();
	private volatile boolean closed;
	private volatile boolean changed;
	private volatile Snapshot latest;
	/** Session's thread only. */
	private boolean paused;
	private long received;
	private long receivedAtPause;
	/** The file shown instead of the agents' spans, with its spans; null if none is. */
	private RecordingReader opened;
	/** What will be {@link #opened} soon: a file nobody waits for is not read on. */
	private volatile RecordingReader wanted;

	/** @param spanBudget most spans held in memory; no other are kept */
	public Session(int spanBudget) {
		this(spanBudget, null, 0);
	}

	/**
	 * @param spanBudget most spans held in memory, of agents and of an opened recording each
	 * @param recordings folder in which what agents send is kept; null for nowhere
	 * @param limitBytes most bytes of recordings kept there
	 */
	public Session(int spanBudget, Path recordings, long limitBytes) {
		this.spanBudget = spanBudget;
		folder = recordings;
		journal = recordings == null ? null : new Journal(recordings, limitBytes);
		store = new SessionStore(spanBudget, names);
		latest = new Snapshot(store.traces(), store.era(), List.of(), false, 0, 0, 0, 0, null, 0);
		thread.setDaemon(true);
		thread.start();
	}

	/** The session of this IDE, which all views show. */
	public static Session shared() {
		return Shared.SESSION;
	}

	private static final class Shared {
		static final Session SESSION = make();

		private static Session make() {
			IPreferencesService preferences = Platform.getPreferencesService();
			int budget = Integer.getInteger("crosstrace.spanBudget",
					preferences.getInt(CrossTrace.PLUGIN_ID, SPAN_BUDGET, DEFAULT_SPAN_BUDGET, null));
			if (!preferences.getBoolean(CrossTrace.PLUGIN_ID, RECORD, true, null)) {
				return new Session(budget);
			}
			Path folder = Platform.getStateLocation(FrameworkUtil.getBundle(Session.class)).append("recordings").toPath();
			return new Session(budget, folder,
					1_000_000L * preferences.getInt(CrossTrace.PLUGIN_ID, RECORD_LIMIT, DEFAULT_RECORD_LIMIT, null));
		}
	}

	/** The latest state. Never null. */
	public Snapshot snapshot() {
		return latest;
	}

	/** What the views look at. */
	public SelectionModel selection() {
		return selection;
	}

	/** Which traces are listed. */
	public FilterModel filter() {
		return filter;
	}

	/** What was recorded, this time and before, newest first. Reads a folder: not for the UI thread. */
	public List<Path> recordings() {
		return folder == null ? List.of() : Journal.recordings(folder);
	}

	/**
	 * Shows the spans of a file instead of those of agents, which go on being taken in. Any format that
	 * {@link SpanFiles} reads; a file that cannot be read, or not whole, gives what it can, and
	 * {@link Recording#problem} says why. Returns at once.
	 */
	public void open(Path file) {
		open(new RecordingReader(file, spanBudget, names, this::hand));
	}

	/** Shows the part of the recording before that which is shown; nothing happens if there is none. Returns at once. */
	public void openEarlier() {
		command(() -> {
			RecordingReader earlier = opened == null ? null : opened.earlier();
			if (earlier != null) {
				open(earlier);
			}
		});
	}

	/** As {@link #openEarlier}, the other way. */
	public void openLater() {
		command(() -> {
			RecordingReader later = opened == null ? null : opened.later();
			if (later != null) {
				open(later);
			}
		});
	}

	private void open(RecordingReader opening) {
		show(opening);
		Thread reader = new Thread(opening::read, "CrossTrace reader");
		reader.setDaemon(true);
		reader.start();
	}

	private void hand(RecordingReader from, Runnable step) {
		if (closed || wanted != from) {
			throw new CancellationException();
		}
		try {
			work.put(() -> {
				step.run();
				changed = true;
			});
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException();
		}
	}

	/** Shows again what agents send. Nothing happens if no recording is shown. */
	public void closeRecording() {
		if (wanted != null) {
			show(null);
		}
	}

	private void show(RecordingReader next) {
		wanted = next;
		command(() -> {
			opened = next;
			paused = false;
		});
		filter.setRange(TimeRange.ALL);
		selection.choose((SelectionModel.Chosen) null);
	}

	/** Low-cardinality strings of all spans of this session. */
	public Dictionary names() {
		return names;
	}

	/** @param listener is called by the session's thread with each new state; it must return soon */
	public void addListener(Consumer<Snapshot> listener) {
		listeners.add(listener);
	}

	public void removeListener(Consumer<Snapshot> listener) {
		listeners.remove(listener);
	}

	/** Begins to listen to an agent; an agent at the same host and port is replaced. Returns at once. */
	public void connect(AgentAddress address) {
		Agent agent = new Agent(address);
		synchronized (agents) {
			Agent before = find(address);
			if (before == null) {
				agents.add(agent);
			} else {
				before.close();
				agents.set(agents.indexOf(before), agent);
			}
			agent.open();
		}
		changed();
	}

	/** Stops listening; the agent stays in the list. Nothing happens if it is not there. */
	public void disconnect(AgentAddress address) {
		Agent agent = find(address);
		if (agent != null) {
			agent.close();
		}
	}

	/** Stops listening and forgets the agent. Its spans stay. */
	public void remove(AgentAddress address) {
		synchronized (agents) {
			Agent agent = find(address);
			if (agent != null) {
				agent.close();
				agents.remove(agent);
			}
		}
		changed();
	}

	/** Tells all agents, also those connected later, what routes the services' sources declare. */
	public void tellRoutes(List<Routes> all) {
		routes = List.copyOf(all);
		agents.forEach(agent -> agent.tell(routes));
	}

	/**
	 * Tells the agents on this host to watch a program, and what to call its service; agents connected later, too.
	 */
	public void watch(int pid, String service) {
		synchronized (agents) {
			List<Watch> more = new ArrayList<>(watches);
			more.removeIf(each -> each.getPid() == pid);
			more.add(Watch.newBuilder().setPid(pid).setService(service).build());
			watches = List.copyOf(more.subList(Math.max(0, more.size() - MOST_WATCHED), more.size()));
			agents.forEach(agent -> agent.watch(watches));
		}
	}

	/** While paused, snapshots keep their traces; spans go on being taken in. */
	public void pause(boolean on) {
		command(() -> {
			paused = on;
			receivedAtPause = received;
		});
	}

	/** Forgets all spans and closes the recording that is shown. Agents stay connected, files stay on disk. */
	public void clear() {
		wanted = null;
		command(() -> {
			store.clear();
			opened = null;
			received = 0;
			receivedAtPause = 0;
			paused = false;
		});
		selection.choose((SelectionModel.Chosen) null);
	}

	/**
	 * Takes in spans from elsewhere than an agent, such as a recording.
	 *
	 * @param batch the session's to keep; not written again
	 * @param host whose clock its times are of; empty keeps what the batch says
	 */
	public void add(SpanTable batch, String host) {
		try {
			work.put(() -> take(batch, host));
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/** Disconnects all agents, ends the session's thread and completes what is recorded. */
	@Override
	public void close() {
		closed = true;
		agents.forEach(Agent::close);
		thread.interrupt();
		if (journal != null) {
			journal.close();
		}
	}

	private Agent find(AgentAddress address) {
		for (Agent agent : agents) {
			if (agent.address.host().equals(address.host()) && agent.address.port() == address.port()) {
				return agent;
			}
		}
		return null;
	}

	private void changed() {
		changed = true;
		work.offer(() -> { }); // wakes the thread; if there is no room it is awake
	}

	private void command(Runnable command) {
		commands.add(command);
		changed();
	}

	private void take(SpanTable batch, String host) {
		received += batch.size();
		store.add(batch, host);
		if (journal != null) {
			journal.add(batch, host);
		}
		changed = true;
	}

	private void run() {
		long published = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(PUBLISH_MILLIS);
		while (!closed) {
			try {
				long left = TimeUnit.MILLISECONDS.toNanos(PUBLISH_MILLIS) - (System.nanoTime() - published);
				Runnable step = changed ? work.poll(Math.max(0, left), TimeUnit.NANOSECONDS) : work.take();
				if (step != null) {
					step.run();
				}
				for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
					command.run();
				}
				if (changed && System.nanoTime() - published >= TimeUnit.MILLISECONDS.toNanos(PUBLISH_MILLIS)) {
					changed = false;
					publish();
					published = System.nanoTime();
				}
			} catch (InterruptedException e) {
				closed = true;
			}
		}
	}

	private void publish() {
		Snapshot before = latest;
		List<AgentStatus> states = new ArrayList<>();
		agents.forEach(agent -> states.add(agent.status()));
		Recording recording = opened == null ? null : opened.recording();
		SessionStore shown = opened == null ? store : opened.spans;
		boolean still = paused && before.paused();
		Traces traces = still ? before.traces() : shown.traces();
		Snapshot now = new Snapshot(traces, still ? before.era() : shown.era(), List.copyOf(states), paused, received,
				paused ? received - receivedAtPause : 0, shown.droppedSpans(), shown.droppedTraces(), recording,
				journal == null ? 0 : journal.lost());
		latest = now;
		selection.follow(now);
		listeners.forEach(listener -> listener.accept(now));
	}

	/** One agent of the list: hears its connection, in the connection's thread, and keeps what it heard last. */
	private final class Agent implements AgentListener {
		final AgentAddress address;
		private AgentConnection connection;
		private ConnectionState state = ConnectionState.CONNECTING;
		private String reason = "";
		private AgentInfo info;
		private AgentHealth health;
		private long spans;
		private final Losses losses = new Losses();
		private final BitSet services = new BitSet();

		Agent(AgentAddress address) {
			this.address = address;
		}

		synchronized void open() {
			connection = AgentConnection.connect(address, "Eclipse on " + localHost(), names, this);
			connection.tell(routes);
			watch(watches);
		}

		/** A process id means something on its own host only. */
		synchronized void watch(List<Watch> all) {
			if (connection != null && address.host().matches("localhost|127\\..*|::1|\\[::1]")) {
				connection.watch(all);
			}
		}

		synchronized void tell(List<Routes> all) {
			if (connection != null) {
				connection.tell(all);
			}
		}

		synchronized void close() {
			if (connection != null) {
				connection.close();
			}
		}

		synchronized AgentStatus status() {
			return new AgentStatus(address, state, reason, info, health, spans, losses.sinceWeListen(), services.cardinality(),
					connection == null ? "" : connection.offeredFingerprint());
		}

		@Override
		public void state(ConnectionState newState, String newReason) {
			synchronized (this) {
				state = newState;
				reason = newReason;
			}
			changed();
		}

		@Override
		public synchronized void welcome(AgentInfo agent) {
			if (info != null && !info.streamId().equals(agent.streamId())) {
				losses.restarted();
			}
			info = agent;
		}

		@Override
		public void spans(SpanTable batch) {
			synchronized (this) {
				spans += batch.size();
				for (int row = 0; row < batch.size(); row++) {
					services.set(batch.service.get(row));
				}
			}
			add(batch, address.host() + ":" + address.port());
		}

		@Override
		public void health(AgentHealth report) {
			synchronized (this) {
				health = report;
				losses.report(report.lost());
			}
			changed();
		}

		@Override
		public void gap(long count) {
			synchronized (this) {
				losses.missed(count);
			}
			changed();
		}
	}

	private static String localHost() {
		try {
			return InetAddress.getLocalHost().getHostName();
		} catch (UnknownHostException e) {
			return "this host";
		}
	}
}
