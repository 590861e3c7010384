/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What user space tells the kernel, once, before anything is attached; and the numbers both agree on.
 * Mirrored by io.crosstrace.agent.bpf; CaptureLayoutTest compares. */
#ifndef CT_CONFIG_H
#define CT_CONFIG_H

#define CT_PAYLOAD_MAX	16384	/* bytes of one call that can be captured at most; a power of two */
#define CT_PART_MAX	8192	/* and of one part of a gathered write; a power of two */
#define CT_IOV_MAX	256	/* parts of a gathered write that are looked at; 16 before Linux 5.17 */
#define CT_WATCH_MAX	16384	/* processes in the allow-list */
#define CT_QUIET_MAX	8192	/* connections whose large bodies are passed over */
#define CT_RUN_SEEN	16384	/* of what moves one way before the other answers, so much is captured all the same */
#define CT_QUIET_MIN	1024	/* and calls that move less always are */

#define CT_PEERS_MAX	1024	/* networks in the allow-list of peers */
#define CT_OPT_KIND	253	/* RFC 6994 shared experiment; or 254 */
#define CT_OPT_EXID	0xc754	/* tells our experiment from others; both ends must use the same */

enum ct_filter {
	CT_ALL_BUT_SELF = 0,
	CT_LISTED = 1,		/* the processes in ct_watch, and those they fork */
	CT_IN_CGROUP = 2,	/* the processes below the control group in ct_cgroup */
};

/* What ct_flags does to a connection that exists already. */
enum ct_switch {
	CT_LEAVE = 0,
	CT_SWITCH_ON = 1,	/* the header option's callbacks are called */
	CT_SWITCH_OFF = 2,
};

/* What of the option is used. Bits. */
enum ct_use {
	CT_USE_WRITE = 1,	/* tell the peer our names */
	CT_USE_READ = 2,	/* believe the peer's */
	CT_USE_LISTED = 4,	/* only with peers in ct_peers; else with all */
};

struct ct_config {
	__u64 host_secret;	/* the same for every agent on a host until it restarts, see ct_nonce() */
	__u64 host_mask;	/* likewise */
	__u32 self;		/* the agent's own process, in the root pid namespace */
	__u32 filter;		/* enum ct_filter */
	__u32 payload_max;	/* bytes captured of one call, at most CT_PAYLOAD_MAX */
	__u32 option;		/* enum ct_switch */
	__u32 handoffs;		/* sends name what their thread had received */
	__u8 opt_use;		/* enum ct_use */
	__u8 opt_kind;		/* CT_OPT_KIND */
	__u16 opt_exid;		/* CT_OPT_EXID */
	__u32 tls;		/* TLS libraries are watched */
	__u32 pad;
};

_Static_assert(sizeof(struct ct_config) == 48, "ct_config is ABI");

/* Every reason to lose something, and a few things worth knowing. KernelCounter has the words. */
enum ct_stat {
	CT_STAT_RING_FULL = 0,		/* a record found no room */
	CT_STAT_NO_STORAGE,		/* no memory to remember a connection by */
	CT_STAT_UNREADABLE,		/* a payload could not be read: cold page, file pages, no user buffer */
	CT_STAT_SHORT_SEND,		/* a send moved less than it was told to have */
	CT_STAT_TWO_SENDERS,		/* a blocked send was overtaken; its range is told without payload */
	CT_STAT_OPT_WRITTEN,
	CT_STAT_OPT_READ,
	CT_STAT_OPT_NO_SPACE,		/* other options left less than 16 bytes */
	CT_STAT_OPT_DISAGREES,		/* the peer's position is not ours: nonce not believed */
	CT_STAT_OLD_JOINED,		/* connections older than the agent that now carry the option */
	CT_STAT_OLD_REFUSED,		/* and those the kernel did not let us switch */
	CT_STAT_WATCH_FULL,		/* a child process found no room in the allow-list */
	CT_STAT_OPT_GAVE_UP,		/* connections whose headers never had room: MD5, MPTCP */
	CT_STAT_OPT_OUTSIDE,		/* connections left alone: the peer is not in the allow-list */
	CT_STAT_OPT_FORGED,		/* options ignored: the same, though another agent has them read */
	CT_STAT_MPTCP,			/* receives not told: MPTCP */
	CT_STAT_TLS_UNBOUND,		/* plaintext not told: it is not known on which connection it goes */
	CT_STAT_COUNT,
};

#endif
