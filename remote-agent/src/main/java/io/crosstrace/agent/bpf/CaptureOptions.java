package io.crosstrace.agent.bpf;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to capture. Immutable; start from {@link #defaults()}.
 *
 * @param ringBytes size of the ring between kernel and agent; a power of two, at least a page
 * @param payloadBytes how many of the first bytes of each send and receive to capture, 0 to 16384
 * @param pids processes to watch, with their children; empty: all but the agent itself. A process named here
 *        is watched even if it is the agent
 * @param cgroup watch the processes below this control group (a cgroup2 directory) only, and touch no other's
 *        connections; null: the whole host
 * @param propagation how span ids are carried to peers, in a TCP header option
 * @param handOffs tell of each send what its thread, and whoever woke that, had received last
 * @param plaintext tell what TLS libraries send and receive in the clear
 */
public record CaptureOptions(int ringBytes, int payloadBytes, Set<Integer> pids, Path cgroup, Propagation propagation,
		boolean handOffs, boolean plaintext) {
	private static final int PAYLOAD_MAX = 16384;

	public CaptureOptions {
		if (Integer.bitCount(ringBytes) != 1 || ringBytes < 1 << 16) {
			throw new IllegalArgumentException("ring of " + ringBytes + " bytes: not a power of two from 65536 on");
		}
		if (payloadBytes < 0 || payloadBytes > PAYLOAD_MAX) {
			throw new IllegalArgumentException("payload of " + payloadBytes + " bytes: not in 0 to " + PAYLOAD_MAX);
		}
		if (cgroup != null && !pids.isEmpty()) {
			throw new IllegalArgumentException("watch processes or a control group, not both: " + pids + ", " + cgroup);
		}
		pids = Set.copyOf(new TreeSet<>(pids));
	}

	/** Every process but the agent; 8 MB of ring; 8 KB per call, which holds the headers servers accept. */
	public static CaptureOptions defaults() {
		return new CaptureOptions(8 << 20, 8192, Set.of(), null, Propagation.standard(), true, true);
	}

	public CaptureOptions withRingBytes(int bytes) {
		return new CaptureOptions(bytes, payloadBytes, pids, cgroup, propagation, handOffs, plaintext);
	}

	public CaptureOptions withPayloadBytes(int bytes) {
		return new CaptureOptions(ringBytes, bytes, pids, cgroup, propagation, handOffs, plaintext);
	}

	public CaptureOptions withPids(Set<Integer> watched) {
		return new CaptureOptions(ringBytes, payloadBytes, watched, cgroup, propagation, handOffs, plaintext);
	}

	public CaptureOptions withCgroup(Path directory) {
		return new CaptureOptions(ringBytes, payloadBytes, pids, directory, propagation, handOffs, plaintext);
	}

	public CaptureOptions withPropagation(Propagation how) {
		return new CaptureOptions(ringBytes, payloadBytes, pids, cgroup, how, handOffs, plaintext);
	}

	public CaptureOptions withPlaintext(boolean on) {
		return new CaptureOptions(ringBytes, payloadBytes, pids, cgroup, propagation, handOffs, on);
	}

	public CaptureOptions withHandOffs(boolean on) {
		return new CaptureOptions(ringBytes, payloadBytes, pids, cgroup, propagation, on, plaintext);
	}
}
