package io.crosstrace.agent.bpf;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import io.crosstrace.agent.bpf.BpfObject.Refusal;
import io.crosstrace.core.capture.RingReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Captures what the processes of this host send and receive over TCP, from {@link #open} to {@link #close}.
 * Their traffic does not depend on it: whatever happens here, a service loses nothing.
 *
 * <p>One thread drains {@link #reader()}; the other methods are for any thread. When this process dies, the
 * kernel detaches everything by itself.
 */
public final class KernelCapture implements AutoCloseable {
	private static final long SHORTEST_NAP_NANOS = 250_000;
	private static final long LONGEST_NAP_NANOS = 10_000_000;

	private static final int CONFIG_BYTES = 48;

	private final LibBpf bpf;
	private final BpfObject object;
	private final MappedRing ring;
	private final CaptureOptions options;
	private final Feature provider;
	private final Set<Feature> features;
	private final List<String> limits;
	private final TlsLibraries libraries = new TlsLibraries(this::attachLibrary, this::isWatched);
	private final Set<Integer> watchedPids = ConcurrentHashMap.newKeySet();
	private boolean lookingIntoTls;
	private long napNanos = SHORTEST_NAP_NANOS;
	private boolean closed;

	private KernelCapture(LibBpf bpf, BpfObject object, CaptureOptions options, Feature provider, Set<Feature> features,
			List<String> limits) throws Refusal {
		this.bpf = bpf;
		this.object = object;
		this.options = options;
		this.provider = provider;
		this.features = features;
		this.limits = limits;
		ring = new MappedRing(object.map("ct_ring"), options.ringBytes());
	}

	/**
	 * Loads and attaches what this kernel and these rights allow. Takes well under a second.
	 *
	 * @throws CaptureException if nothing can be captured: says what is missing and how to get it. What is
	 *         merely less than asked for is in {@link #limits()}
	 */
	public static KernelCapture open(CaptureOptions options) throws CaptureException {
		Host.require();
		List<String> missing = Rights.current().missing();
		if (!missing.isEmpty()) {
			throw new CaptureException("The agent lacks " + String.join(", ", missing) + ": run it as root, or with "
					+ "setpriv --ambient-caps +bpf,+perfmon,+net_admin, or as a container with these capabilities.");
		}
		LibBpf bpf = LibBpf.load();
		Path cgroup = options.cgroup() != null ? options.cgroup() : options.propagation().on() ? Host.cgroupRoot() : null;
		List<String> refusals = new ArrayList<>();
		for (Feature provider : Feature.PROVIDERS) {
			try {
				return open(bpf, options, provider, cgroup);
			} catch (Refusal e) {
				refusals.add(provider.words + " - " + e.getMessage());
			}
		}
		throw new CaptureException("This kernel (" + Host.kernel() + ") offers no way to capture that we know of: "
				+ String.join("; ", refusals) + ". crosstrace agent check says more.");
	}

	private static KernelCapture open(LibBpf bpf, CaptureOptions options, Feature provider, Path cgroup)
			throws Refusal, CaptureException {
		Set<Feature> wanted = new LinkedHashSet<>(List.of(provider, Feature.SELF, Feature.OLD_CONNECTIONS));
		if (provider == Feature.CAPTURE_FENTRY && Host.hasFunction("do_tcp_sendpages")) {
			wanted.add(Feature.CAPTURE_PAGES);
		}
		if (!options.pids().isEmpty()) {
			wanted.add(Feature.WATCH);
		}
		if (options.propagation().on()) {
			wanted.add(Feature.OPTION);
		}
		if (options.handOffs()) {
			wanted.add(Feature.HAND_OFFS);
		}
		List<String> limits = new ArrayList<>();
		if (options.plaintext() && Host.returnProbesKill(Host.kernel(), System.getProperty("os.arch"))) {
			limits.add("without " + Feature.TLS.words + " - this kernel would kill sandboxed processes for it: use one from "
					+ "6.12.14, 6.13.3 or 6.14 on");
		} else if (options.plaintext()) {
			wanted.add(Feature.TLS);
		}
		BpfObject object = load(bpf, wanted, provider, options, limits);
		try {
			KernelCapture capture = new KernelCapture(bpf, object, options, provider, wanted, limits);
			try {
				capture.start(cgroup);
				LibC.trim(); // libbpf took apart the type information of the whole kernel: some 50 MB
				return capture;
			} catch (Refusal e) {
				capture.ring.close();
				throw e;
			}
		} catch (Refusal e) {
			object.close();
			throw e;
		}
	}

	/** Loads what is wanted; if that is refused, what is left of it when each refused feature is dropped. */
	private static BpfObject load(LibBpf bpf, Set<Feature> wanted, Feature provider, CaptureOptions options,
			List<String> limits) throws Refusal, CaptureException {
		try {
			return BpfObject.load(bpf, programs(wanted), options.ringBytes());
		} catch (Refusal whole) {
			for (Feature feature : List.copyOf(wanted)) {
				try {
					BpfObject.load(bpf, feature.programs, 1 << 16).close();
				} catch (Refusal e) {
					if (feature == provider) {
						throw e;
					}
					wanted.remove(feature);
					limits.add("without " + feature.words + " - " + e.getMessage());
				}
			}
			return BpfObject.load(bpf, programs(wanted), options.ringBytes());
		}
	}

	private static List<String> programs(Set<Feature> features) {
		return features.stream().flatMap(f -> f.programs.stream()).toList();
	}

	private void start(Path cgroup) throws Refusal, CaptureException {
		configure(options.propagation().on());
		if (options.propagation().peers() != null) {
			listPeers(options.propagation().peers());
		}
		if (features.contains(Feature.SELF)) {
			object.run("ct_self");
		}
		if (options.cgroup() != null) {
			watchCgroup(options.cgroup());
		}
		for (int pid : options.pids()) {
			watch(pid);
		}
		if (features.contains(Feature.WATCH)) {
			attachAll(Feature.WATCH);
		}
		startPropagation(cgroup);
		if (features.contains(Feature.HAND_OFFS)) {
			attachAll(Feature.HAND_OFFS);
		}
		attachAll(provider);
		if (features.contains(Feature.CAPTURE_PAGES)) {
			attachAll(Feature.CAPTURE_PAGES);
		}
		if (features.contains(Feature.TLS)) {
			libraries.start(options.pids().isEmpty());
		}
	}

	private synchronized void attachLibrary(String program, Path file, String function, boolean atReturn) throws Refusal {
		if (closed) {
			throw new Refusal("attaching to " + file, LibC.ENOENT, "");
		}
		object.attach(program, file, function, atReturn);
		if (!lookingIntoTls) {
			lookingIntoTls = true;
			Memory key = new Memory(4);
			key.setInt(0, 0);
			Memory config = new Memory(CONFIG_BYTES);
			bpf.bpf_map_lookup_elem(object.map("ct_configs"), key, config);
			config.setInt(40, 1);
			put("ct_configs", key, config);
		}
	}

	/** Whether a process, or one it descends from, was named; everybody if nobody was. */
	private boolean isWatched(int pid) {
		if (options.pids().isEmpty()) {
			return true;
		}
		for (ProcessHandle at = ProcessHandle.of(pid).orElse(null); at != null; at = at.parent().orElse(null)) {
			if (watchedPids.contains((int) at.pid())) {
				return true;
			}
		}
		return false;
	}

	/** TLS libraries whose plaintext is told. */
	public int tlsLibraries() {
		return libraries.attached();
	}

	private void startPropagation(Path cgroup) {
		if (features.contains(Feature.OPTION)) {
			try {
				object.attach("ct_option", cgroup.toString());
			} catch (Refusal e) {
				features.remove(Feature.OPTION);
				limits.add("without " + Feature.OPTION.words + " - " + e.getMessage());
				return;
			}
		}
		if (features.contains(Feature.OLD_CONNECTIONS) && (options.propagation().on() || !othersPropagate())) {
			String problem = new OldConnections(object).visit(); // if we do not propagate: after an agent that was killed
			if (problem != null && options.propagation().on()) {
				limits.add("connections older than the agent carry no span ids everywhere - " + problem);
			}
		}
	}

	/** Whether another agent on this host uses the option's switch: then it must stay on. */
	private boolean othersPropagate() {
		int own = 0;
		try {
			own = features.contains(Feature.OPTION) ? LoadedPrograms.id(bpf, object.fd("ct_option")) : 0;
		} catch (Refusal e) {
			own = 0; // not loaded, so it cannot be mistaken for another's
		}
		Map<Integer, String> programs = LoadedPrograms.all(bpf);
		programs.remove(own);
		return programs.containsValue("ct_option");
	}

	private void attachAll(Feature feature) throws Refusal {
		for (String program : feature.programs) {
			object.attach(program);
		}
	}

	/** struct ct_config */
	private void configure(boolean propagate) throws Refusal {
		Memory config = new Memory(CONFIG_BYTES);
		config.clear();
		long[] secrets = Host.secrets();
		config.setLong(0, secrets[0]);
		config.setLong(8, secrets[1]);
		config.setInt(16, (int) ProcessHandle.current().pid());
		config.setInt(20, options.cgroup() != null ? 2 : options.pids().isEmpty() ? 0 : 1);
		config.setInt(24, options.payloadBytes());
		config.setInt(28, propagate ? 1 : 2);
		config.setInt(32, features.contains(Feature.HAND_OFFS) ? 1 : 0);
		Propagation how = options.propagation();
		config.setByte(36, (byte) ((how.write() ? 1 : 0) | (how.read() ? 2 : 0) | (how.peers() != null ? 4 : 0)));
		config.setByte(37, (byte) how.kind());
		config.setShort(38, (short) how.experiment());
		put("ct_configs", 0, config);
	}

	private void listPeers(List<Network> peers) throws Refusal {
		Memory one = new Memory(1);
		one.setByte(0, (byte) 1);
		for (Network network : peers) {
			Memory key = new Memory(20); // struct ct_network
			key.setInt(0, network.prefix());
			key.write(4, network.address(), 0, 16);
			put("ct_peers", key, one);
		}
	}

	private void put(String map, int key, Memory value) throws Refusal {
		Memory at = new Memory(4);
		at.setInt(0, key);
		put(map, at, value);
	}

	private void put(String map, Memory at, Memory value) throws Refusal {
		int result = bpf.bpf_map_update_elem(object.map(map), at, value, 0);
		if (result < 0) {
			throw new Refusal("writing " + map, -result, "");
		}
	}

	private void watchCgroup(Path cgroup) throws Refusal, CaptureException {
		int fd = LibC.C.open(cgroup.toString(), LibC.O_RDONLY | LibC.O_CLOEXEC);
		if (fd < 0) {
			throw new CaptureException("The control group " + cgroup + " cannot be opened: "
					+ LibC.reason(Native.getLastError()) + ".");
		}
		Memory value = new Memory(4);
		value.setInt(0, fd);
		try {
			put("ct_cgroup", 0, value);
		} finally {
			LibC.C.close(fd);
		}
	}

	/**
	 * Watches one more process, and its children from now on and those it has. Without effect unless
	 * {@link CaptureOptions#pids()} named some.
	 *
	 * @throws CaptureException if the list is full
	 */
	public synchronized void watch(int pid) throws CaptureException {
		try {
			watchOne(pid);
			ProcessHandle process = ProcessHandle.of(pid).orElse(null);
			if (process != null && pid != ProcessHandle.current().pid()) {
				for (ProcessHandle child : process.descendants().toList()) {
					watchOne((int) child.pid());
				}
			}
		} catch (Refusal e) {
			throw new CaptureException("Process " + pid + " cannot be watched: " + e.getMessage() + ".", e);
		}
	}

	private void watchOne(int pid) throws Refusal {
		watchedPids.add(pid);
		if (!closed) {
			Memory one = new Memory(1);
			one.setByte(0, (byte) 1);
			put("ct_watch", pid, one);
		}
	}

	/** Watches a process no longer; its children stay watched. */
	public synchronized void unwatch(int pid) {
		if (closed) {
			return;
		}
		watchedPids.remove(pid);
		Memory key = new Memory(4);
		key.setInt(0, pid);
		try {
			bpf.bpf_map_delete_elem(object.map("ct_watch"), key);
		} catch (Refusal e) {
			throw new IllegalStateException(e);
		}
	}

	/**
	 * Large bodies of a connection need not be copied: what moves without the other end having answered is, after its
	 * first 16 KB, told as ranges only. A hint, which the kernel may forget.
	 *
	 * @param directions a bit each for what is received (1) and sent (2); 0: all is to be copied again
	 */
	public synchronized void passOver(long connection, int directions) {
		if (closed) {
			return;
		}
		Memory key = new Memory(8);
		key.setLong(0, connection);
		try {
			if (directions == 0) {
				bpf.bpf_map_delete_elem(object.map("ct_quiet"), key);
			} else {
				Memory value = new Memory(1);
				value.setByte(0, (byte) directions);
				bpf.bpf_map_update_elem(object.map("ct_quiet"), key, value, 0);
			}
		} catch (Refusal e) {
			throw new IllegalStateException(e);
		}
	}

	/** The ring; the same one each time. Drains nothing after {@link #close}. */
	public RingReader reader() {
		return ring.reader();
	}

	/**
	 * Waits until there is something to drain. The kernel does not wake us, because waking costs ten times what a
	 * record costs: so this sleeps, the longer the emptier it has found the ring. Draining thread.
	 *
	 * @return false if the time is up, or this thread was interrupted
	 */
	public boolean await(long timeoutNanos) {
		long end = System.nanoTime() + timeoutNanos;
		RingReader reader = ring.reader();
		long backlog = reader.backlog();
		while (backlog < reader.capacity() / 8) {
			long left = end - System.nanoTime();
			if (left <= 0 || Thread.currentThread().isInterrupted()) {
				return backlog > 0;
			}
			LockSupport.parkNanos(Math.min(left, napNanos));
			backlog = reader.backlog();
			if (backlog > reader.capacity() / 16) {
				napNanos = Math.max(napNanos / 2, SHORTEST_NAP_NANOS);
			} else if (backlog < reader.capacity() / 64) {
				napNanos = Math.min(napNanos * 2, LONGEST_NAP_NANOS);
			}
			if (backlog > 0) {
				return true;
			}
		}
		return true;
	}

	/** What the kernel programs counted since {@link #open}, in plain words: losses and a few facts. */
	public Map<String, Long> counters() {
		return count(false);
	}

	/** The part of {@link #counters()} that counts something lost or left out. */
	public Map<String, Long> losses() {
		return count(true);
	}

	private synchronized Map<String, Long> count(boolean lossesOnly) {
		Map<String, Long> counts = new LinkedHashMap<>();
		if (closed) {
			return counts;
		}
		KernelCounter[] all = KernelCounter.values();
		int cpus = bpf.libbpf_num_possible_cpus();
		Memory value = new Memory(8L * all.length * cpus);
		Memory key = new Memory(4);
		key.setInt(0, 0);
		try {
			int result = bpf.bpf_map_lookup_elem(object.map("ct_stats"), key, value);
			if (result < 0) {
				throw new IllegalStateException("counters: " + LibC.reason(-result));
			}
		} catch (Refusal e) {
			throw new IllegalStateException(e);
		}
		for (KernelCounter counter : all) {
			long sum = 0;
			for (int cpu = 0; cpu < cpus; cpu++) {
				sum += value.getLong(8L * (cpu * all.length + counter.ordinal()));
			}
			if (counter.loss || !lossesOnly) {
				counts.put(counter.words, sum);
			}
		}
		return counts;
	}

	/** How sends and receives are captured, in a few words. */
	public String provider() {
		return provider.words;
	}

	/** Whether span ids travel in the TCP option. */
	public boolean propagates() {
		return features.contains(Feature.OPTION);
	}

	/** What was asked for and is not to be had here, one sentence each; empty if all is well. */
	public List<String> limits() {
		List<String> all = new ArrayList<>(limits);
		if (!libraries.problem().isEmpty()) {
			all.add("without the plaintext of a TLS library - " + libraries.problem());
		}
		return List.copyOf(all);
	}

	/**
	 * Detaches every program, and switches the option off on every connection unless another agent on this
	 * host needs it. Traffic goes on. Again: nothing.
	 */
	@Override
	public synchronized void close() {
		if (closed) {
			return;
		}
		closed = true;
		libraries.stop();
		object.detach();
		if (features.contains(Feature.OPTION) && features.contains(Feature.OLD_CONNECTIONS) && !othersPropagate()) {
			try {
				configure(false);
				new OldConnections(object).visit();
			} catch (Refusal e) {
				// the switches stay on, which costs some nanoseconds a packet; the next agent finds them
			}
		}
		ring.close();
		object.close();
	}
}
