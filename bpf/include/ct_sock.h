/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What a connection is to us: its names, and where in its two streams we are. Shared by all programs. */
#ifndef CT_SOCK_H
#define CT_SOCK_H

#include "ct_maps.h"

/* SplitMix64's finalizer, as in SpanIds. */
static __always_inline __u64 ct_mix(__u64 z)
{
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* A connection's direction is named by things that last as long as it does, not by a random draw: so an
 * agent that is restarted, or a second agent on the host, gives the same name, and neither disturbs the
 * other. The first sequence number, which the kernel draws at random, and the host's secret keep the names
 * of two hosts, and of two connections, apart. */
static __always_inline __u64 ct_nonce(const struct ct_config *config, __u64 cookie, __u32 first_seq)
{
	__u64 nonce = ct_mix(config->host_secret + ct_mix(cookie + ((__u64)first_seq << 32)));

	return nonce ? nonce : 1;
}

/* An accepted socket is a copy of its listener and keeps the length of the listener's queue; a socket that
 * connected never had one. Tells also for connections older than the agent. */
static __always_inline bool ct_is_active(const struct tcp_sock *tp)
{
	return tp->inet_conn.icsk_inet.sk.sk_max_ack_backlog == 0;
}

/* Stream offset of the next byte to be queued. bytes_acked counts the SYN of the end that connected. Under
 * the socket lock. */
static __always_inline __u64 ct_sent_offset(const struct tcp_sock *tp, bool active)
{
	return tp->bytes_acked + (__u32)(tp->write_seq - tp->snd_una) - active;
}

/* Offset and sequence number of what we receive differ by a constant, which can be taken whenever the socket
 * is locked: without the lock the two counters it comes from may be caught between their updates. */
static __always_inline void ct_base(struct ct_sock *st, const struct tcp_sock *tp)
{
	if (st->based)
		return;
	st->received_base = (__u32)tp->bytes_received - tp->rcv_nxt;
	st->based = 1;
}

/* The 64-bit offset of a sequence number: its low half is exact, the high half is that of the nearest value
 * to the byte count, which may be a packet or two off. */
static __always_inline __u64 ct_received_offset(const struct ct_sock *st, const struct tcp_sock *tp, __u32 seq)
{
	__u64 near = tp->bytes_received;

	return near + (__s32)(seq + st->received_base - (__u32)near);
}

/* NULL if there is no memory. sk is a struct sock, or the struct bpf_sock of a sockops program. */
static __always_inline struct ct_sock *ct_sock(void *sk, const struct tcp_sock *tp)
{
	struct ct_sock *st = bpf_sk_storage_get(&ct_socks, sk, 0, 0);

	if (st)
		return st;
	st = bpf_sk_storage_get(&ct_socks, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!st) {
		ct_count(CT_STAT_NO_STORAGE);
		return NULL;
	}
	st->active = ct_is_active(tp);
	return st;
}

/* Gives the sending direction its name. Under the socket lock. */
static __always_inline void ct_name(struct ct_sock *st, const struct tcp_sock *tp, __u64 offset)
{
	struct ct_config *config = ct_config();

	if (!st->sent_nonce && config)
		st->sent_nonce = ct_nonce(config, st->cookie, tp->write_seq - (__u32)offset);
}

#endif
