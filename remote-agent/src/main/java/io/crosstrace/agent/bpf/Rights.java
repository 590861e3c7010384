package io.crosstrace.agent.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The capabilities of this process that matter here. */
final class Rights {
	private static final int NET_ADMIN = 12;
	private static final int SYS_ADMIN = 21;
	private static final int PERFMON = 38;
	private static final int BPF = 39;

	private final long effective;

	private Rights(long effective) {
		this.effective = effective;
	}

	static Rights current() {
		try {
			for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
				if (line.startsWith("CapEff:")) {
					return new Rights(Long.parseUnsignedLong(line.substring(7).trim(), 16));
				}
			}
		} catch (IOException | NumberFormatException e) {
			return new Rights(-1); // let the kernel decide
		}
		return new Rights(-1);
	}

	private boolean has(int capability) {
		return (effective >>> capability & 1) != 0;
	}

	/** Names of the capabilities that capturing needs and this process lacks; empty if none. */
	List<String> missing() {
		List<String> names = new ArrayList<>();
		if (!has(BPF) && !has(SYS_ADMIN)) {
			names.add("CAP_BPF");
		}
		if (!has(PERFMON) && !has(SYS_ADMIN)) {
			names.add("CAP_PERFMON");
		}
		if (!has(NET_ADMIN)) {
			names.add("CAP_NET_ADMIN");
		}
		return names;
	}

	/** Whether other network namespaces may be entered. */
	boolean entersNamespaces() {
		return has(SYS_ADMIN);
	}
}
