package io.crosstrace.agent.bpf;

import java.util.Arrays;
import java.util.List;

/**
 * A group of programs that stands or falls together. Which ones a kernel takes is found out by loading and
 * attaching them, never by its version.
 */
enum Feature {
	/** Capture by typed tracepoints. */
	CAPTURE_TP_BTF("capture by typed tracepoints (tp_btf)", "ct_send", "ct_sent", "ct_received", "ct_closed"),
	/** Capture sends by trampolines in the kernel's functions, receives by a tracepoint. */
	CAPTURE_MIXED("capture by trampolines and typed tracepoints (fentry, tp_btf)", "ct_send_entry", "ct_send_exit",
			"ct_received", "ct_closed"),
	/** Capture by trampolines alone; blind to a receive that was waiting when they were attached. */
	CAPTURE_FENTRY("capture by trampolines (fentry)", "ct_send_entry", "ct_send_exit", "ct_recv_exit", "ct_closed"),
	/** What {@link #CAPTURE_FENTRY} needs beside on kernels whose sendfile goes another way. */
	CAPTURE_PAGES("sendfile by trampolines (fentry)", "ct_pages_entry", "ct_pages_exit"),
	/** Learn the agent's own process id. */
	SELF("own process id", "ct_self"),
	/** Watch children of watched processes. */
	WATCH("watching child processes", "ct_forked", "ct_exited"),
	/** Follow hand-offs between the threads of a process. */
	HAND_OFFS("hand-offs between threads (sched_waking)", "ct_waking", "ct_threaded"),
	/** See what TLS libraries send and receive. */
	TLS("plaintext of TLS libraries (uprobes)", "ct_tls_write", "ct_tls_write_ex", "ct_tls_read", "ct_tls_read_ex",
			"ct_tls_shake", "ct_tls_free", "ct_tls_done"),
	/** Write and read the TCP option. */
	OPTION("span ids in a TCP option (sockops)", "ct_option"),
	/** Switch the option on for connections older than the agent. */
	OLD_CONNECTIONS("connections older than the agent (iter/tcp)", "ct_flags");

	/** In the order in which they are tried; the first that can be loaded and attached is used. */
	static final List<Feature> PROVIDERS = List.of(CAPTURE_TP_BTF, CAPTURE_MIXED, CAPTURE_FENTRY);

	final String words;
	final List<String> programs;

	Feature(String words, String... programs) {
		this.words = words;
		this.programs = List.of(programs);
	}

	static List<String> allPrograms() {
		return Arrays.stream(values()).flatMap(f -> f.programs.stream()).distinct().toList();
	}

	boolean isProvider() {
		return PROVIDERS.contains(this);
	}
}
