package io.crosstrace.agent.bpf;

import io.crosstrace.agent.bpf.BpfObject.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds out what can be captured here, by loading and attaching each feature for a moment. Changes nothing
 * that lasts; takes well under a second.
 */
public final class KernelCheck {
	/**
	 * One thing that works or does not.
	 *
	 * @param needed whether it is missed if it does not work: of several ways to capture, one is enough
	 * @param reason why not, in a few words; "" if it works
	 * @param advice what to do about it, one sentence; "" if there is nothing to do
	 */
	public record Row(String feature, boolean works, boolean needed, String reason, String advice) {
	}

	private final List<Row> rows = new ArrayList<>();

	private KernelCheck() {
	}

	/** Tries everything; never fails. */
	public static List<Row> run() {
		KernelCheck check = new KernelCheck();
		if (check.environment()) {
			check.features();
		}
		return check.rows;
	}

	/** Whether the rows allow capturing at all. */
	public static boolean canCapture(List<Row> rows) {
		return rows.stream().anyMatch(row -> row.works && Feature.PROVIDERS.stream().anyMatch(f -> f.words.equals(row.feature)));
	}

	/**
	 * The programs of all agents on this host, names by the kernel's ids.
	 *
	 * @throws CaptureException if libbpf is missing; without rights the answer is empty
	 */
	public static Map<Integer, String> programs() throws CaptureException {
		return LoadedPrograms.all(LibBpf.load());
	}

	private void works(String feature) {
		rows.add(new Row(feature, true, true, "", ""));
	}

	private void fails(String feature, String reason, String advice) {
		rows.add(new Row(feature, false, true, reason, advice));
	}

	/** @return whether it makes sense to go on */
	private boolean environment() {
		try {
			Host.require();
			works("Linux " + Host.kernel() + " with type information (BTF)");
		} catch (CaptureException e) {
			fails("Linux with type information (BTF)", e.getMessage(), "");
			return false;
		}
		String lockdown = Host.setting("/sys/kernel/security/lockdown");
		if (lockdown.contains("[confidentiality]")) {
			fails("payload of messages", "the kernel runs with lockdown=confidentiality, so programs may not read memory",
					"Boot with lockdown=integrity or none.");
		} else {
			works("reading memory from programs" + (lockdown.isEmpty() ? "" : " (lockdown " + chosen(lockdown) + ")"));
		}
		List<String> missing = Rights.current().missing();
		if (missing.isEmpty()) {
			works("rights to load programs");
		} else {
			fails("rights to load programs", "this process lacks " + String.join(", ", missing),
					"Run as root (sudo ./crosstrace agent check).");
		}
		if (missing.isEmpty() && !Rights.current().entersNamespaces()) {
			fails("connections older than the agent in other network namespaces", "this process lacks CAP_SYS_ADMIN",
					"Run as root, or start the agent before the services.");
		}
		return missing.isEmpty();
	}

	private static String chosen(String lockdown) {
		int from = lockdown.indexOf('[');
		return from < 0 ? lockdown : lockdown.substring(from + 1, lockdown.indexOf(']', from));
	}

	private void features() {
		LibBpf bpf;
		try {
			bpf = LibBpf.load();
			works("libbpf.so.1");
		} catch (CaptureException e) {
			fails("libbpf.so.1", "not found", e.getMessage());
			return;
		}
		Path cgroup = null;
		try {
			cgroup = Host.cgroupRoot();
			works("control groups, version 2, at " + cgroup);
		} catch (CaptureException e) {
			fails("control groups, version 2", "not mounted", e.getMessage());
		}
		for (Feature feature : Feature.values()) {
			if (feature == Feature.CAPTURE_PAGES && !Host.hasFunction("do_tcp_sendpages")) {
				continue; // here, sendfile goes the way of all sends
			}
			try {
				attempt(bpf, feature, cgroup);
				works(feature.words);
			} catch (Refusal e) {
				boolean needed = feature != Feature.CAPTURE_PAGES && !feature.isProvider() || !canCapture(rows);
				rows.add(new Row(feature.words, false, needed, e.getMessage(), needed ? advice(feature, e) : ""));
			} catch (CaptureException e) {
				fails(feature.words, "no programs", e.getMessage());
			}
		}
	}

	private static void attempt(LibBpf bpf, Feature feature, Path cgroup) throws Refusal, CaptureException {
		try (BpfObject object = BpfObject.load(bpf, feature.programs, 1 << 16)) {
			switch (feature) {
				case SELF -> object.run(feature.programs.get(0));
				case TLS -> {
					if (Host.returnProbesKill(Host.kernel(), System.getProperty("os.arch"))) {
						throw new Refusal("probes at a function's return kill sandboxed processes here", LibC.EINVAL, "");
					}
				}
				case OPTION -> {
					if (cgroup == null) {
						throw new Refusal("attaching " + feature.programs.get(0), LibC.ENOENT, "");
					}
					object.attach(feature.programs.get(0), cgroup.toString());
				}
				case OLD_CONNECTIONS -> object.iterate(feature.programs.get(0)); // unconfigured, it changes nothing
				default -> {
					for (String program : feature.programs) {
						object.attach(program);
					}
				}
			}
		}
	}

	private static String advice(Feature feature, Refusal refusal) {
		if (refusal.errno == LibC.EPERM || refusal.errno == LibC.EACCES) {
			return "The kernel's policy refuses it even to this user; see lockdown, kernel.unprivileged_bpf_disabled and "
					+ "the hypervisor's rules.";
		}
		return switch (feature) {
			case CAPTURE_TP_BTF, CAPTURE_MIXED -> "Another way to capture may work, see below; or use Linux 6.18 or later.";
			case CAPTURE_FENTRY, CAPTURE_PAGES -> "Use Linux 5.19 or later on x86_64, 6.0 or later on arm64, or 6.18 "
					+ "where nobody may patch the kernel's functions.";
			case OPTION -> "Spans are captured all the same, but calls are not joined across services.";
			case OLD_CONNECTIONS -> "Restart the services after the agent, or use Linux 6.12 or later.";
			case WATCH -> "Name each process by itself, or watch all.";
			case HAND_OFFS -> "Calls are given parents all the same, with less certainty where threads hand over work.";
			case TLS -> "TLS is told as it looks from outside: when, who and how much. Linux 6.12.14, 6.13.3 and 6.14 are safe.";
			case SELF -> "Run the agent in the host's pid namespace.";
		};
	}
}
