/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What every capture provider does with a send and a receive, once it has seen one. A provider is a few programs
 * that differ in where they are attached; none of them knows more than this file's last three functions.
 *
 * Runs in the process that sends or receives. A failure here loses a record of what happened, never the
 * thing itself, and is counted. */
#ifndef CT_CAPTURE_H
#define CT_CAPTURE_H

#include "ct_sock.h"
#include "ct_task.h"
#include "ct_tls.h"

#define CT_IOV_AT_ONCE 4	/* parts whose addresses are fetched by one read */

/* A gathered or scattered buffer on its way into the record. */
struct ct_gather {
	struct ct_record *record;
	const struct ct_buffer *from;
	__u64 skip;	/* bytes of the next part that are not meant */
	__u32 limit;
	__u32 at;	/* bytes copied */
};

/* Appends the parts of one turn. 1: that was all, or all that can be read. */
static __noinline long ct_gather_turn(__u32 turn, struct ct_gather *gather)
{
	const struct ct_buffer *from = gather->from;
	struct iovec parts[CT_IOV_AT_ONCE];
	__u32 first = turn * CT_IOV_AT_ONCE, at = gather->at;
	__u64 n = from->parts - first;
	void *where = (struct iovec *)from->base + first;

	if (first >= from->parts)
		return 1;
	if (n > CT_IOV_AT_ONCE)
		n = CT_IOV_AT_ONCE;
	barrier_var(n);
	n = (n & 7) * sizeof(struct iovec);
	if (n > sizeof(parts))
		return 1;
	if (from->user_iov ? bpf_probe_read_user(parts, n, where) : bpf_probe_read_kernel(parts, n, where))
		return 1;
	for (int i = 0; i < CT_IOV_AT_ONCE && first + i < from->parts; i++) {
		const struct iovec *part = &parts[i];
		bool whole;

		n = part->iov_len - gather->skip;
		whole = n <= CT_PART_MAX;
		if (!whole)
			n = CT_PART_MAX;
		if (n > gather->limit - at)
			n = gather->limit - at;
		barrier_var(n);
		barrier_var(at);
		if (n > CT_PART_MAX || at >= CT_PAYLOAD_MAX)
			return 1;
		if (n && bpf_probe_read_user(gather->record->payload + at, n, part->iov_base + gather->skip))
			return 1;
		at += n;
		gather->at = at;
		gather->skip = 0;
		if (at >= gather->limit || !whole)
			return 1;
	}
	return 0;
}

/* Puts the first bytes of a gathered or scattered buffer into the record. Returns how many. */
static __noinline __u32 ct_copy_parts(struct ct_record *record, const struct ct_buffer *from, __u32 limit)
{
	struct ct_gather gather = {
		.record = record,
		.from = from,
		.skip = from->skip,
		.limit = limit,
	};

	if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_loop)) {
		bpf_loop(CT_IOV_MAX / CT_IOV_AT_ONCE, ct_gather_turn, &gather, 0);
	} else {	/* before e6f2dd0f8067 (5.17) */
		for (int turn = 0; turn < 4 && !ct_gather_turn(turn, &gather); turn++)
			;
	}
	return gather.at <= CT_PAYLOAD_MAX ? gather.at : 0;
}

/* Puts the first bytes of a buffer into the record. Returns how many; 0 if they cannot be read: a user page
 * that is not in memory cannot be waited for here. */
static __always_inline __u32 ct_copy(struct ct_record *record, const struct ct_buffer *from, __u64 limit)
{
	if (limit > CT_PAYLOAD_MAX)
		limit = CT_PAYLOAD_MAX;
	if (from->parts)
		return ct_copy_parts(record, from, limit);
	barrier_var(limit);	/* clang drops a clamp it can prove, the verifier cannot */
	if (limit > CT_PAYLOAD_MAX)
		return 0;
	return bpf_probe_read_user(record->payload, limit, (void *)(from->base + from->skip)) ? 0 : limit;
}

static __always_inline void ct_tell(struct ct_record *record, __u32 captured)
{
	__u64 size;

	record->event.captured = captured;
	record->event.lost = ct_lost();
	size = sizeof(struct ct_event) + captured;
	barrier_var(size);
	if (size <= sizeof(struct ct_event) + CT_PAYLOAD_MAX)
		ct_submit(record, size);
}

static __always_inline void ct_addresses(struct ct_conn *conn, const struct sock *sk)
{
	const struct sock_common *skc = &sk->__sk_common;
	const __be32 *peer = skc->skc_v6_daddr.in6_u.u6_addr32;
	const __be32 *local = skc->skc_v6_rcv_saddr.in6_u.u6_addr32;

	conn->family = AF_INET;
	if (skc->skc_family == AF_INET6
	    && (peer[0] || peer[1] || peer[2] != bpf_htonl(0xffff)))
		conn->family = AF_INET6;
	if (conn->family == AF_INET6) {
		for (int i = 0; i < 4; i++) {
			((__be32 *)conn->local)[i] = local[i];
			((__be32 *)conn->peer)[i] = peer[i];
		}
	} else {
		*(__be32 *)conn->local = skc->skc_rcv_saddr;
		*(__be32 *)conn->peer = skc->skc_daddr;
	}
	conn->local_port = skc->skc_num;
	conn->peer_port = bpf_ntohs(skc->skc_dport);
	conn->netns = skc->skc_net.net->ns.inum;
}

struct ct_open_record {
	struct ct_event event;
	struct ct_conn conn;
};

/* Out of line: once a connection. */
static __noinline int ct_tell_open(struct ct_sock *st, const struct sock *sk, const struct tcp_sock *tp, __u64 pid_tgid,
				   __u64 conn)
{
	enum ct_end end = st->end ? st->end : ct_guess_end(tp);	/* a receive does not hold the lock */
	struct ct_open_record open = {};

	open.event.ts_ns = bpf_ktime_get_ns();
	open.event.conn = conn;
	open.event.nonce = st->sent_nonce;
	open.event.pid = pid_tgid >> 32;
	open.event.tid = pid_tgid;
	open.event.kind = CT_OPEN;
	open.event.direction = end == CT_END_CONNECTED ? CT_SENT : CT_RECEIVED;
	open.event.captured = sizeof(struct ct_conn);
	open.event.lost = ct_lost();
	open.conn.active = end == CT_END_CONNECTED;
	ct_addresses(&open.conn, sk);
	ct_submit(&open, sizeof(open));
	return 0;
}

/* Tells of a connection at its first sight, and likewise of the plaintext in it. The current process moves bytes from
 * "seq" on. */
static __always_inline void ct_see(const struct ct_config *config, struct ct_sock *st, const struct sock *sk,
				   const struct tcp_sock *tp, __u64 pid_tgid, __u32 seq, bool sent)
{
	if (!st->opened && !__sync_lock_test_and_set(&st->opened, 1))	/* a reader and a writer may both be the first */
		ct_tell_open(st, sk, tp, pid_tgid, st->cookie);
	if (ct_sees_call(config, st, pid_tgid >> 32, seq, sent))
		ct_tell_open(st, sk, tp, pid_tgid, st->cookie | CT_PLAIN);
}

/* What we remember of sk, if it is TCP and the current process is watched; else NULL. */
static __always_inline struct ct_sock *ct_ours(struct sock *sk, const struct ct_config *config, __u64 pid_tgid)
{
	struct ct_sock *st = bpf_sk_storage_get(&ct_socks, sk, 0, 0);

	if (!st) {	/* first sight; all that calls on other kinds of sockets cost */
		__u16 family = sk->__sk_common.skc_family;

		if ((family != AF_INET && family != AF_INET6)
		    || (sk->sk_protocol != IPPROTO_TCP && sk->sk_protocol != IPPROTO_MPTCP))
			return NULL;
	}
	if (!ct_is_watched(config, pid_tgid >> 32))
		return NULL;
	if (!st && sk->sk_protocol == IPPROTO_MPTCP) {	/* its data goes over several connections, in any order */
		ct_count(CT_STAT_MPTCP);
		return NULL;
	}
	if (!st)
		st = ct_sock(sk);
	if (st && !st->cookie)
		st->cookie = bpf_get_socket_cookie(sk);
	return st;
}

/* Fills the part of a record that sends have in common. */
static __always_inline void ct_begin_send(const struct ct_config *config, struct ct_record *record,
					  const struct ct_sock *st, __u32 pid)
{
	record->event.ts_ns = st->send_ts;
	record->event.conn = st->cookie;
	record->event.nonce = st->sent_nonce;
	record->event.pid = pid;
	record->event.tid = st->send_tid;
	record->event.kind = CT_DATA;
	record->event.direction = CT_SENT;
	ct_tell_cause(config, &record->event);
}

static __always_inline void ct_set_range(struct ct_record *record, __u64 offset, __u32 seq, __u32 total)
{
	record->event.offset = offset;
	record->event.seq = seq;
	record->event.total = total;
}

/* Whether a call moves part of a body that need not be shown. What begins a message is shown whatever it is: the
 * first bytes after the direction has turned, and all small calls. */
static __always_inline bool ct_unwanted(struct ct_sock *st, enum ct_direction direction, __u64 bytes)
{
	if (st->direction != direction) {
		st->direction = direction;
		st->run = 0;
	}
	if (st->run < CT_RUN_SEEN) {
		st->run += bytes < CT_RUN_SEEN ? bytes : CT_RUN_SEEN;
		return false;
	}
	return bytes >= CT_QUIET_MIN && ct_is_quiet(st->cookie, direction);
}

/* Tells of received bytes that were passed over, in one record. A thread that receives and one that sends may both do
 * so at once: then a range is told twice, or not. User space counts either. */
static __always_inline void ct_fill_passed(struct ct_sock *st, struct ct_event *event)
{
	event->ts_ns = st->passed_ts;
	event->conn = st->cookie;
	event->offset = st->passed_offset;
	event->nonce = st->received_nonce;
	event->pid = st->passed_by >> 32;
	event->tid = st->passed_by;
	event->seq = st->passed_seq;
	event->total = st->passed;
	event->captured = 0;
	event->kind = CT_DATA;
	event->direction = CT_RECEIVED;
	event->lost = ct_lost();
	st->passed = 0;
}

static __noinline int ct_tell_passed(struct ct_sock *st, struct ct_record *record)
{
	ct_fill_passed(st, &record->event);
	ct_submit(&record->event, sizeof(struct ct_event));
	return 0;
}

/* Not told now: with what follows, or once a second, or a gigabyte. */
static __always_inline void ct_pass_over(struct ct_sock *st, struct ct_record *record, __u64 offset, __u32 seq, __u32 bytes,
					 __u64 pid_tgid)
{
	__u64 now = bpf_ktime_get_ns();

	if (st->passed && (offset != st->passed_offset + st->passed || now - st->passed_since > 1000000000ULL
			   || st->passed > 1U << 30))
		ct_tell_passed(st, record);
	if (!st->passed) {
		st->passed_offset = offset;
		st->passed_seq = seq;
		st->passed_since = now;
	}
	st->passed += bytes;
	st->passed_ts = now;
	st->passed_by = pid_tgid;
}

/* What is left to tell of a send of which "moved" bytes are now known to be queued. */
static __always_inline void ct_finish_send(struct ct_sock *st, __u32 pid, __u32 moved, bool readable)
{
	struct ct_config *config = ct_config();
	struct ct_record *record = ct_record();
	__u32 told = st->send_told;
	__u32 captured = 0;

	if (!config || !record)
		return;
	if (moved < told)
		ct_count(CT_STAT_SHORT_SEND);
	if (moved <= told)
		return;
	ct_begin_send(config, record, st, pid);
	ct_set_range(record, st->send_start + told, st->send_seq + told, moved - told);
	if (told == 0 && readable && st->send_buffer.base) {
		captured = ct_copy(record, &st->send_buffer, moved < config->payload_max ? moved : config->payload_max);
		if (captured == 0)
			ct_count(CT_STAT_UNREADABLE);
	}
	ct_tell(record, captured);
}

/* A send begins: "left" bytes of msg are to be queued. Under the socket lock, before any byte of this call or,
 * for a provider that is called for each turn of the loop that queues them, of this turn is queued. */
static __always_inline void ct_on_send(struct sock *sk, const struct msghdr *msg, __u64 left)
{
	struct ct_config *config = ct_config();
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u32 tid = pid_tgid, pid = pid_tgid >> 32;
	struct ct_record *record = ct_record();
	struct ct_sock *st;
	struct tcp_sock *tp;
	__u64 offset;
	__u32 captured = 0, total;
	long room;

	if (!config || !record)
		return;
	st = ct_ours(sk, config, pid_tgid);
	if (!st)
		return;
	tp = bpf_skc_to_tcp_sock(sk);
	if (!tp)
		return;
	ct_find_end(st, tp);
	offset = ct_sent_offset(st, tp->bytes_acked, tp->snd_una, tp->write_seq);
	if (st->send_tid == tid && offset - st->send_start == st->send_asked - left && left < st->send_asked)
		return;	/* a later turn */
	total = st->parked_tid == tid ? st->parked_total : left;
	if (st->send_tid && st->send_tid != tid) {	/* the other one sleeps, waiting for room */
		ct_count(CT_STAT_TWO_SENDERS);
		ct_finish_send(st, pid, offset - st->send_start, false);
		st->parked_tid = st->send_tid;
		st->parked_total = st->send_total;
	} else if (st->parked_tid == tid) {
		st->parked_tid = 0;
	}
	if (st->passed)
		ct_tell_passed(st, record);
	ct_base(st, tp);
	ct_name(st, config, tp->write_seq, offset);
	ct_see(config, st, sk, tp, pid_tgid, tp->write_seq, true);

	st->send_tid = tid;
	st->send_start = offset;
	st->send_seq = tp->write_seq;
	st->send_asked = left;
	st->send_total = total;
	st->send_told = 0;
	st->send_ts = bpf_ktime_get_ns();
	if (ct_unwanted(st, CT_SENT, left)) {
		st->send_buffer.base = 0;
	} else if (msg && ct_sent_buffer(msg, &st->send_buffer)) {
		captured = ct_copy(record, &st->send_buffer, left < config->payload_max ? left : config->payload_max);
		if (captured == 0)
			return;	/* a cold page; the kernel is about to warm it, so we try again at the end */
	} else {
		st->send_buffer.base = 0;
	}
	room = (long)sk->sk_sndbuf - sk->sk_wmem_queued - 4096;
	if ((long)left < room)
		st->send_told = left;	/* it cannot stop half way */
	else if (captured && (long)captured < room)
		st->send_told = captured;
	else
		return;		/* it may move anything from 0; the end will tell */
	ct_begin_send(config, record, st, pid);
	ct_set_range(record, offset, tp->write_seq, st->send_told);
	ct_tell(record, captured);
}

/* A send has ended with this result. */
static __always_inline void ct_on_sent(struct sock *sk, int moved)
{
	struct ct_sock *st = bpf_sk_storage_get(&ct_socks, sk, 0, 0);
	__u64 pid_tgid;

	if (!st || (!st->send_tid && !st->parked_tid))
		return;
	pid_tgid = bpf_get_current_pid_tgid();
	if (st->parked_tid == (__u32)pid_tgid)
		st->parked_tid = 0;	/* it gave up waiting */
	if (st->send_tid != (__u32)pid_tgid)
		return;
	moved -= st->send_total - st->send_asked;
	if (moved < 0)
		moved = 0;
	if ((__u32)moved > st->send_asked)
		moved = st->send_asked;	/* a third sender was parked, too, and its beginning forgotten */
	if (st->send_told != (__u32)moved)
		ct_finish_send(st, pid_tgid >> 32, moved, true);
	st->send_tid = 0;
}

/* A receive has ended with this result. Without the socket lock. */
static __always_inline void ct_on_received(struct sock *sk, int moved, int flags)
{
	struct ct_buffer buffer;
	struct ct_config *config;
	struct ct_record *record;
	struct ct_sock *st;
	struct tcp_sock *tp;
	__u32 captured = 0, seq;
	__u64 pid_tgid, offset;

	if (moved <= 0 || flags & (MSG_PEEK | MSG_OOB | MSG_ERRQUEUE))
		return;	/* nothing was taken out of the stream */
	config = ct_config();
	record = ct_record();
	if (!config || !record)
		return;
	pid_tgid = bpf_get_current_pid_tgid();
	st = ct_ours(sk, config, pid_tgid);
	if (!st)
		return;
	tp = bpf_skc_to_tcp_sock(sk);
	if (!tp)
		return;
	if (!st->based)	/* no option programs: a guess, right but for a packet arriving this very moment */
		st->received_base = (__u32)tp->bytes_received - tp->rcv_nxt;
	seq = tp->copied_seq - moved;
	if (sk->__sk_common.skc_flags & (1UL << SOCK_DONE) && tp->copied_seq == tp->rcv_nxt)
		seq--;	/* this call ate the peer's FIN, which counts as one */
	ct_see(config, st, sk, tp, pid_tgid, seq, false);
	if (ct_unwanted(st, CT_RECEIVED, moved)) {
		offset = ct_received_offset(st, tp, seq);
		ct_pass_over(st, record, offset, seq, moved, pid_tgid);
		ct_note_read(config, st->cookie, offset + moved, st->passed_ts);
		return;
	}
	if (st->passed)
		ct_tell_passed(st, record);
	record->event.ts_ns = bpf_ktime_get_ns();
	record->event.conn = st->cookie;
	record->event.nonce = st->received_nonce;
	record->event.pid = pid_tgid >> 32;
	record->event.tid = pid_tgid;
	record->event.kind = CT_DATA;
	record->event.direction = CT_RECEIVED;
	ct_set_range(record, ct_received_offset(st, tp, seq), seq, moved);
	ct_note_read(config, st->cookie, record->event.offset + moved, record->event.ts_ns);
	if (!(flags & MSG_TRUNC) && ct_received_buffer(&buffer))	/* MSG_TRUNC: bytes are thrown away unread */
		captured = ct_copy(record, &buffer, moved < config->payload_max ? moved : config->payload_max);
	if (captured == 0)
		ct_count(CT_STAT_UNREADABLE);
	ct_tell(record, captured);
}

#endif
