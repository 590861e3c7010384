/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What the kernel tells user space: one record format for every capture provider. Mirrored by
 * io.crosstrace.core.capture.CaptureRecord; CaptureLayoutTest compares the two. */
#ifndef CT_EVENT_H
#define CT_EVENT_H

enum ct_kind {
	CT_DATA = 1,	/* bytes moved on a connection; payload: the first of them */
	CT_OPEN = 2,	/* first sight of a connection, before its first CT_DATA; payload: struct ct_conn */
	CT_CLOSE = 3,	/* the connection is gone */
};

enum ct_direction {
	CT_RECEIVED = 0,
	CT_SENT = 1,
};

/* Set in the number of a connection: what is meant is the plaintext inside of it. Its offsets count plaintext; its
 * sequence numbers are those of the encrypted bytes it travels in, as far as known. */
#define CT_PLAIN (1ULL << 63)

struct ct_event {
	__u64 ts_ns;	/* CLOCK_MONOTONIC */
	__u64 conn;	/* socket cookie */
	__u64 offset;	/* of the first byte in this direction's stream, from 0; both ends agree */
	__u64 nonce;	/* of this direction; 0: not known */
	__u32 pid;	/* in the root pid namespace */
	__u32 tid;
	__u32 seq;	/* TCP sequence number of the first byte */
	__u32 total;	/* bytes the call moved */
	__u16 captured;	/* bytes of payload that follow */
	__u8  kind;	/* enum ct_kind */
	__u8  direction;	/* enum ct_direction */
	__u32 lost;	/* records lost on this processor so far; wraps */
	/* Of a send (of a receive: undefined), why: the last byte its thread had received, and the last byte that
	 * whoever woke the thread had received. conn 0: none, or hand-offs are not followed. */
	__u64 read_conn;
	__u64 read_offset;
	__u64 woke_conn;
	__u64 woke_offset;
	__u16 woke_hops;	/* 1: the waker itself had received it, 2: the waker's waker ... */
	__u16 woke_later;	/* 1: woken after it received, 0: before */
	__u32 woke_age;		/* microseconds since it was woken; all ones: an hour or more */
};

_Static_assert(sizeof(struct ct_event) == 96, "ct_event is ABI");

/* Addresses are in network order, v4 in the first 4 bytes; ports are in host order. */
struct ct_conn {
	__u16 family;	/* AF_INET or AF_INET6; v4-mapped v6 is told as AF_INET */
	__u16 local_port;
	__u16 peer_port;
	__u8  active;	/* 1: this end connected, 0: it accepted, 2: not known (older than the agent) */
	__u8  pad;
	__u8  local[16];
	__u8  peer[16];
	__u32 netns;	/* inode of the network namespace */
	__u32 pad2;
};

_Static_assert(sizeof(struct ct_conn) == 48, "ct_conn is ABI");

#endif
