/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What a TLS library sends and receives in the clear, and on which connection: the send or receive that happens on the
 * same thread while the library's function runs tells. What is told of it is told as a connection of its own, whose
 * streams hold the plaintext. */
#ifndef CT_TLS_H
#define CT_TLS_H

#include "ct_sock.h"

#define CT_SESSIONS_MAX	16384

enum ct_call_kind {
	CT_CALL_NONE = 0,
	CT_CALL_HANDSHAKE,
	CT_CALL_READ,
	CT_CALL_WRITE,
};

/* A call of a TLS library in progress. Belongs to its thread. */
struct ct_call {
	__u64 session;	/* the library's object for the connection: an address of this process */
	__u64 buffer;
	__u64 moved;	/* where it will say how many bytes; 0: it returns that */
	__u64 stack;	/* calls inside of this one have a lower one */
	__u64 ts_ns;
	__u32 kind;	/* enum ct_call_kind */
	__u32 noted;	/* received_seq is of this call */
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct ct_call);
} ct_calls SEC(".maps");

struct ct_session_key {
	__u64 session;
	__u32 tgid;
	__u32 pad;
};

/* A library uses a session on one thread at a time, so nobody else writes one meanwhile. */
struct ct_session {
	__u64 conn;		/* cookie of its connection */
	__u64 sent;		/* bytes of plaintext so far */
	__u64 received;
	__u64 sent_nonce;
	__u64 received_nonce;
	__u32 sent_seq;		/* where the encrypted bytes of the call at hand begin */
	__u32 received_seq;
	__u8 whole;		/* seen from its handshake on: both ends count the same bytes */
	__u8 sent_noted;	/* sent_seq is of a write that has not succeeded yet */
	__u8 pad[6];
};

/* The oldest is forgotten: a library that is never told to free a session must not use up what there is. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, CT_SESSIONS_MAX);
	__type(key, struct ct_session_key);
	__type(value, struct ct_session);
} ct_sessions SEC(".maps");

/* The name of a direction's plaintext, kept apart from that of what is really sent. */
static __always_inline __u64 ct_plain_nonce(__u64 nonce)
{
	return nonce ? ct_mix(nonce ^ CT_PLAIN) & ~CT_LACKS_YOURS : 0;
}

/* Out of line: hardly any connection needs it. */
static __noinline int ct_bind(struct ct_call *call, struct ct_sock *st, __u32 tgid, __u32 seq, bool sent)
{
	struct ct_session_key key = { .session = call->session, .tgid = tgid };
	struct ct_session *session = bpf_map_lookup_elem(&ct_sessions, &key);

	if (!session || session->conn != st->cookie) {
		struct ct_session fresh = { .conn = st->cookie, .whole = call->kind == CT_CALL_HANDSHAKE };

		bpf_map_update_elem(&ct_sessions, &key, &fresh, BPF_ANY);
		session = bpf_map_lookup_elem(&ct_sessions, &key);
		if (!session) {
			ct_count(CT_STAT_NO_STORAGE);
			return 0;
		}
	}
	if (sent) {
		session->sent_nonce = st->sent_nonce;
		if (call->kind == CT_CALL_WRITE && !session->sent_noted) {
			session->sent_seq = seq;
			session->sent_noted = 1;
		}
	} else {
		session->received_nonce = st->received_nonce;
		if (!call->noted) {
			session->received_seq = seq;
			call->noted = 1;
		}
	}
	return 1;
}

/* The current process moves encrypted bytes from "seq" on: binds the session of the library's call that does it, if
 * there is one. True: for the first time on this connection. */
static __always_inline bool ct_sees_call(const struct ct_config *config, struct ct_sock *st, __u32 tgid, __u32 seq,
					 bool sent)
{
	struct ct_call *call;

	if (!config->tls)
		return false;
	call = bpf_task_storage_get(&ct_calls, bpf_get_current_task_btf(), 0, 0);
	if (!call || !call->kind || !ct_bind(call, st, tgid, seq, sent))
		return false;
	return !__sync_lock_test_and_set(&st->plain_opened, 1);
}

#endif
