/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* TLS in the clear: what OpenSSL, BoringSSL and GnuTLS are given to send, and what they give back. Attached by user
 * space to the libraries it finds in use.
 *
 * Runs in the process, in the middle of its code, and may be preempted: so nothing here is per processor. Failing here
 * leaves a connection as it looks from outside: encrypted. */

#define CT_PART 4096

#if defined(__TARGET_ARCH_x86)
#define CT_ARGUMENT_1(regs) ((regs)->di)
#define CT_ARGUMENT_2(regs) ((regs)->si)
#define CT_ARGUMENT_4(regs) ((regs)->cx)
#define CT_RESULT(regs) ((regs)->ax)
#define CT_STACK(regs) ((regs)->sp)
#elif defined(__TARGET_ARCH_arm64)
#define CT_ARGUMENT_1(regs) ((regs)->regs[0])
#define CT_ARGUMENT_2(regs) ((regs)->regs[1])
#define CT_ARGUMENT_4(regs) ((regs)->regs[3])
#define CT_RESULT(regs) ((regs)->regs[0])
#define CT_STACK(regs) ((regs)->sp)
#endif

static __always_inline int ct_begin_call(struct pt_regs *regs, enum ct_call_kind kind, __u64 buffer, __u64 moved)
{
	struct ct_config *config = ct_config();
	struct ct_call *call;

	if (!config || !ct_is_watched(config, bpf_get_current_pid_tgid() >> 32))
		return 0;
	call = bpf_task_storage_get(&ct_calls, bpf_get_current_task_btf(), 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!call) {
		ct_count(CT_STAT_NO_STORAGE);
		return 0;
	}
	if (call->kind && CT_STACK(regs) < call->stack)
		return 0;	/* one that the library makes of itself; if it is not lower, we missed the other's end */
	call->session = CT_ARGUMENT_1(regs);
	call->buffer = buffer;
	call->moved = moved;
	call->stack = CT_STACK(regs);
	call->ts_ns = bpf_ktime_get_ns();
	call->noted = 0;
	call->kind = kind;
	return 0;
}

/* int SSL_write(SSL *, const void *, int), ssize_t gnutls_record_send(gnutls_session_t, const void *, size_t) */
SEC("uprobe")
int ct_tls_write(struct pt_regs *regs)
{
	return ct_begin_call(regs, CT_CALL_WRITE, CT_ARGUMENT_2(regs), 0);
}

/* int SSL_write_ex(SSL *, const void *, size_t, size_t *written) */
SEC("uprobe")
int ct_tls_write_ex(struct pt_regs *regs)
{
	return ct_begin_call(regs, CT_CALL_WRITE, CT_ARGUMENT_2(regs), CT_ARGUMENT_4(regs));
}

SEC("uprobe")
int ct_tls_read(struct pt_regs *regs)
{
	return ct_begin_call(regs, CT_CALL_READ, CT_ARGUMENT_2(regs), 0);
}

SEC("uprobe")
int ct_tls_read_ex(struct pt_regs *regs)
{
	return ct_begin_call(regs, CT_CALL_READ, CT_ARGUMENT_2(regs), CT_ARGUMENT_4(regs));
}

SEC("uprobe")
int ct_tls_shake(struct pt_regs *regs)
{
	return ct_begin_call(regs, CT_CALL_HANDSHAKE, 0, 0);
}

SEC("uprobe")
int ct_tls_free(struct pt_regs *regs)
{
	struct ct_session_key key = { .session = CT_ARGUMENT_1(regs), .tgid = bpf_get_current_pid_tgid() >> 32 };

	bpf_map_delete_elem(&ct_sessions, &key);
	return 0;
}

/* A record of the ring must be of a size known beforehand, unless it is put together elsewhere first. */
struct ct_part_record {
	struct ct_event event;
	__u8 payload[CT_PART];
};

struct ct_part {
	struct ct_session *session;
	__u64 buffer;
	__u64 ts_ns;
	__u64 at;	/* bytes of the call told before */
	__u32 total;
	bool sent;
};

/* Tells up to CT_PART bytes. */
static __noinline int ct_tell_part(struct ct_part *part)
{
	struct ct_config *config = ct_config();
	struct ct_session *session = part->session;
	struct ct_part_record *record;
	__u64 pid_tgid = bpf_get_current_pid_tgid();
	__u32 captured = part->total;

	if (!config || !session)
		return 0;
	record = bpf_ringbuf_reserve(&ct_ring, sizeof(*record), 0);
	if (!record) {
		ct_count(CT_STAT_RING_FULL);
		return 0;
	}
	__builtin_memset(&record->event, 0, sizeof(record->event));
	record->event.ts_ns = part->ts_ns;
	record->event.conn = session->conn | CT_PLAIN;
	record->event.offset = (part->sent ? session->sent : session->received) + part->at;
	record->event.nonce = session->whole ? ct_plain_nonce(part->sent ? session->sent_nonce : session->received_nonce) : 0;
	record->event.pid = pid_tgid >> 32;
	record->event.tid = pid_tgid;
	record->event.kind = CT_DATA;
	record->event.direction = part->sent ? CT_SENT : CT_RECEIVED;
	record->event.seq = (part->sent ? session->sent_seq : session->received_seq) + part->at;
	record->event.total = part->total;
	record->event.lost = ct_lost();
	if (captured > CT_PART)
		captured = CT_PART;
	if (captured > config->payload_max)
		captured = config->payload_max;
	barrier_var(captured);
	if (captured > CT_PART || bpf_probe_read_user(record->payload, captured, (void *)(part->buffer + part->at))) {
		ct_count(CT_STAT_UNREADABLE);
		captured = 0;
	}
	record->event.captured = captured;
	if (part->sent)
		ct_tell_cause(config, &record->event);
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
	return 1;
}

static __always_inline void ct_tell_plain(struct ct_config *config, struct ct_call *call, struct ct_session *session,
					  __u32 moved, bool sent)
{
	struct ct_part part = { .session = session, .buffer = call->buffer, .sent = sent };
	__u64 now = bpf_ktime_get_ns();

	part.ts_ns = sent ? call->ts_ns : now;
	for (int i = 0; i < CT_PAYLOAD_MAX / CT_PART && part.at < moved; i++) {
		bool last = i == CT_PAYLOAD_MAX / CT_PART - 1 || moved - part.at <= CT_PART || part.at + CT_PART >= config->payload_max;

		part.total = last ? moved - part.at : CT_PART;
		ct_tell_part(&part);
		part.at += part.total;
	}
	if (sent) {
		session->sent += moved;
		session->sent_noted = 0;
	} else {
		session->received += moved;
		ct_note_read(config, session->conn | CT_PLAIN, session->received, now);
	}
}

/* All of them end here. */
SEC("uretprobe")
int ct_tls_done(struct pt_regs *regs)
{
	struct ct_call *call = bpf_task_storage_get(&ct_calls, bpf_get_current_task_btf(), 0, 0);
	struct ct_session_key key = { .tgid = bpf_get_current_pid_tgid() >> 32 };
	struct ct_config *config = ct_config();
	struct ct_session *session;
	__s32 moved = CT_RESULT(regs);
	__u64 said = 0;
	__u32 kind;

	if (!call || !config || !call->kind || CT_STACK(regs) < call->stack)
		return 0;
	kind = call->kind;
	call->kind = CT_CALL_NONE;
	if (kind == CT_CALL_HANDSHAKE || moved <= 0)
		return 0;
	if (call->moved) {
		if (bpf_probe_read_user(&said, sizeof(said), (void *)call->moved))
			return 0;
		moved = said;
		if (moved <= 0)
			return 0;
	}
	key.session = call->session;
	session = bpf_map_lookup_elem(&ct_sessions, &key);
	if (!session) {
		ct_count(CT_STAT_TLS_UNBOUND);
		return 0;
	}
	ct_tell_plain(config, call, session, moved, kind == CT_CALL_WRITE);
	return 0;
}
