/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What a connection is to us: its names, and where in its two streams we are. Shared by all programs. */
#ifndef CT_SOCK_H
#define CT_SOCK_H

#include "ct_maps.h"

/* On the wire, the lowest bit of a nonce asks for the nonce of the other direction. */
#define CT_LACKS_YOURS	1ULL

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

	nonce = (nonce ^ config->host_mask) & ~CT_LACKS_YOURS;	/* mixing can be undone: without this, who reads one
								   name could compute the others */
	return nonce ? nonce : 2;
}

/* bytes_acked counts the SYN of the end that connected, and nothing else but data and the FIN; bytes_sent
 * counts data alone. So until a FIN is sent their difference tells which end this is, also for connections
 * older than the agent. Under the socket lock. */
static __always_inline enum ct_end ct_count_end(const struct tcp_sock *tp)
{
	__u64 extra = tp->bytes_acked + (__u32)(tp->snd_nxt - tp->snd_una) - (tp->bytes_sent - tp->bytes_retrans);

	return extra == 0 ? CT_END_ACCEPTED : extra == 1 ? CT_END_CONNECTED : CT_END_UNKNOWN;
}

/* If counting does not tell, because a FIN or a retransmission is under way: an accepted socket is a copy of
 * its listener and keeps the length of the listener's queue, which is 0 for hardly any; a socket that connected
 * never had one. Without lock. */
static __always_inline enum ct_end ct_guess_end(const struct tcp_sock *tp)
{
	return tp->inet_conn.icsk_inet.sk.sk_max_ack_backlog ? CT_END_ACCEPTED : CT_END_CONNECTED;
}

/* Under the socket lock. */
static __always_inline void ct_find_end(struct ct_sock *st, const struct tcp_sock *tp)
{
	if (st->end)
		return;
	st->end = ct_count_end(tp);
	if (!st->end)
		st->end = ct_guess_end(tp);
}

/* Stream offset of a byte that is being sent. Under the socket lock. */
static __always_inline __u64 ct_sent_offset(const struct ct_sock *st, __u64 bytes_acked, __u32 snd_una, __u32 seq)
{
	return bytes_acked + (__u32)(seq - snd_una) - (st->end == CT_END_CONNECTED);
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

/* NULL if there is no memory, or nobody holds the socket any more: the kernel gives a dying one no storage. sk is a struct sock, or the struct bpf_sock of a sockops program. */
static __always_inline struct ct_sock *ct_sock(void *sk)
{
	struct ct_sock *st = bpf_sk_storage_get(&ct_socks, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);

	if (!st)
		ct_count(CT_STAT_NO_STORAGE);
	return st;
}

/* Gives the sending direction its name; "seq" is the sequence number of the byte at "offset". Under the socket
 * lock. */
static __always_inline void ct_name(struct ct_sock *st, const struct ct_config *config, __u32 seq, __u64 offset)
{
	if (!st->sent_nonce)
		st->sent_nonce = ct_nonce(config, st->cookie, seq - (__u32)offset);
}

#endif
