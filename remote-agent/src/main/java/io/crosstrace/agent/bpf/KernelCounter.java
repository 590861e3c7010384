package io.crosstrace.agent.bpf;

/** What the kernel programs count, in the order of enum ct_stat; CaptureLayoutTest compares. */
enum KernelCounter {
	RING_FULL("records lost: the ring was full", true),
	NO_STORAGE("connections not tracked: closing already, or no kernel memory", true),
	UNREADABLE("calls without payload: bytes not in user memory", true),
	SHORT_SEND("sends that moved less than announced", true),
	TWO_SENDERS("sends without payload: two threads on one connection", true),
	OPT_WRITTEN("options written", false),
	OPT_READ("options read", false),
	OPT_NO_SPACE("options left out: no room in the header", true),
	OPT_DISAGREES("options not believed: the position disagrees", true),
	OLD_JOINED("connections older than the agent, joined", false),
	OLD_REFUSED("connections older than the agent, refused by the kernel", true),
	WATCH_FULL("child processes not watched: the list is full", true),
	OPT_GAVE_UP("connections without options: their headers have no room", true),
	OPT_OUTSIDE("connections without options: the peer is not on the list of networks", false),
	OPT_FORGED("options ignored: the peer is not on the list of networks", false),
	MPTCP("receives not seen: multipath TCP", true),
	TLS_UNBOUND("plaintext not told: its connection is not known", true);

	final String words;
	/** It counts something that was lost. */
	final boolean loss;

	KernelCounter(String words, boolean loss) {
		this.words = words;
		this.loss = loss;
	}
}
