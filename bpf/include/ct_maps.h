/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Every map, and the only functions that touch one. */
#ifndef CT_MAPS_H
#define CT_MAPS_H

#include "ct_kernel.h"
#include "ct_config.h"
#include "ct_event.h"

/* What we remember of a connection. Lives and dies with the socket, so nothing leaks however
 * connections end, and a look-up is a pointer walk. Writers hold the socket lock unless said otherwise. */
struct ct_sock {
	__u64 cookie;
	__u64 sent_nonce;	/* 0 until a watched process sends */
	__u64 received_nonce;	/* 0 until the peer's option arrives */
	__u64 send_start;	/* stream offset at which the call in progress began */
	__u64 send_ts;
	struct ct_buffer send_buffer;
	__u32 send_tid;		/* thread in the middle of a send; 0: none */
	__u32 send_seq;
	__u32 send_asked;	/* bytes it wants to send from send_start on */
	__u32 send_total;	/* and in all: more, if another thread's send came in between */
	__u32 parked_tid;	/* thread whose send waits for room while another's goes on; 0: none */
	__u32 parked_total;	/* its send_total */
	__u32 send_told;	/* bytes already told to user space; send_asked if all */
	__u32 received_base;	/* low 32 bits of (stream offset - sequence number) of what we receive */
	__u32 written_seq;	/* first byte of the segment that was given an option last */
	__u32 opened;		/* CT_OPEN was told; set with an atomic exchange */
	__u32 plain_opened;	/* the same of its plaintext */
	__u8 end;		/* enum ct_end */
	__u8 based;		/* received_base is right: it was taken under the socket lock */
	__u8 writing;		/* options are written, and room for them is taken */
	__u8 shared;		/* another program had switched the writing callback on before us */
	__u8 copies;		/* options written since writing began */
	__u8 unnamed;		/* segments sent by nobody watched since writing began */
	__u8 crowded;		/* segments without room since writing began */
	__u8 peer;		/* enum ct_peer */
	__u8 direction;		/* enum ct_direction of the last call */
	__u32 run;		/* bytes moved that way since it turned; stops counting at CT_RUN_SEEN */
	__u32 passed;		/* bytes received and not yet told, because nobody wants to see them; 0: none */
	__u32 passed_seq;
	__u64 passed_offset;
	__u64 passed_since;
	__u64 passed_ts;	/* of the last of them */
	__u64 passed_by;	/* thread group and thread id */
};

/* Whether the option is used with this peer. */
enum ct_peer {
	CT_PEER_UNKNOWN = 0,
	CT_PEER_INSIDE,
	CT_PEER_OUTSIDE,
};

/* Which end of a connection we are. */
enum ct_end {
	CT_END_UNKNOWN = 0,
	CT_END_ACCEPTED,
	CT_END_CONNECTED,
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct ct_sock);
} ct_socks SEC(".maps");

/* To user space. One ring for all processors keeps order; user space sets the size before loading. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 << 20);
} ct_ring SEC(".maps");

struct ct_stats {
	__u64 count[CT_STAT_COUNT];
};

/* Per processor: counting must not bounce a cache line between processors. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct ct_stats);
} ct_stats SEC(".maps");

/* A record being put together. The end of the payload is never used: it is there so that offset + length of
 * a part, each at its largest, is inside for the verifier. At most 32 KB: a per-processor value's limit. */
struct ct_record {
	struct ct_event event;
	__u8 payload[CT_PAYLOAD_MAX + CT_PART_MAX];
};

/* Per processor: too large for the stack. Used only from tracepoints in process context, which run with
 * preemption off, so nobody else can be half way through it. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct ct_record);
} ct_scratch SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct ct_config);
} ct_configs SEC(".maps");

/* Thread group ids (root pid namespace) to watch. A plain hash: eviction would silently blind us. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, CT_WATCH_MAX);
	__type(key, __u32);
	__type(value, __u8);
} ct_watch SEC(".maps");

/* Cookies of connections that carry large bodies, with a bit for each enum ct_direction in which their bytes need
 * not be shown. User space knows the protocol, we do not. A connection that is evicted is shown again. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, CT_QUIET_MAX);
	__type(key, __u64);
	__type(value, __u8);
} ct_quiet SEC(".maps");

/* The one control group to watch. */
struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} ct_cgroup SEC(".maps");

/* Networks whose hosts we exchange names with. Addresses as IPv6; IPv4 as v4-mapped, so its prefixes are 96 longer. */
struct ct_network {
	__u32 prefix;
	__u8 address[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, CT_PEERS_MAX);
	__type(key, struct ct_network);
	__type(value, __u8);
} ct_peers SEC(".maps");

static __always_inline struct ct_config *ct_config(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&ct_configs, &zero);
}

static __always_inline void ct_count(enum ct_stat what)
{
	__u32 zero = 0;
	struct ct_stats *stats = bpf_map_lookup_elem(&ct_stats, &zero);

	if (stats)
		__sync_fetch_and_add(&stats->count[what], 1);	/* a softirq may count on top of us */
}

/* Records this processor lost so far: travels in every record, so that user space sees a gap at once. */
static __always_inline __u32 ct_lost(void)
{
	__u32 zero = 0;
	struct ct_stats *stats = bpf_map_lookup_elem(&ct_stats, &zero);

	return stats ? stats->count[CT_STAT_RING_FULL] : 0;
}

static __always_inline struct ct_record *ct_record(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&ct_scratch, &zero);
}

/* Without a wake-up: waking a reader costs ten times what the record costs. User space looks every few ms. */
static __always_inline void ct_submit(void *record, __u64 size)
{
	if (bpf_ringbuf_output(&ct_ring, record, size, BPF_RB_NO_WAKEUP))
		ct_count(CT_STAT_RING_FULL);
}

static __always_inline bool ct_is_watched(const struct ct_config *config, __u32 tgid)
{
	switch (config->filter) {
	case CT_ALL_BUT_SELF:
		return tgid != config->self;
	case CT_LISTED:
		return bpf_map_lookup_elem(&ct_watch, &tgid) != NULL;
	case CT_IN_CGROUP:
		return tgid != config->self && bpf_current_task_under_cgroup(&ct_cgroup, 0) == 1;
	default:
		return false;
	}
}

/* Whether the peer at this address may be told names and be believed; the address is of 4 words, of IPv4 in the last. */
static __always_inline bool ct_trusts(const struct ct_config *config, __be32 a, __be32 b, __be32 c, __be32 d)
{
	struct ct_network key = { .prefix = 128 };
	__be32 *words = (__be32 *)key.address;

	if (!(config->opt_use & CT_USE_LISTED))
		return true;
	words[0] = a;
	words[1] = b;
	words[2] = c;
	words[3] = d;
	return bpf_map_lookup_elem(&ct_peers, &key) != NULL;
}

static __always_inline bool ct_is_quiet(__u64 cookie, enum ct_direction direction)
{
	__u8 *directions = bpf_map_lookup_elem(&ct_quiet, &cookie);

	return directions && *directions & 1 << direction;
}

static __always_inline void ct_watch_child(__u32 parent, __u32 child)
{
	__u8 one = 1;

	if (bpf_map_lookup_elem(&ct_watch, &parent) && bpf_map_update_elem(&ct_watch, &child, &one, BPF_ANY))
		ct_count(CT_STAT_WATCH_FULL);
}

static __always_inline void ct_unwatch(__u32 tgid)
{
	bpf_map_delete_elem(&ct_watch, &tgid);
}

#endif
