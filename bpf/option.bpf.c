/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Carries the name of a direction in a TCP header option, so that the peer's agent can join the two halves
 * of a call without touching its payload.
 *
 * One option that arrives is enough for as long as the connection lives. So a few are written on a
 * connection's first segments; once they are acknowledged the kernel is told to ask us no more, and a segment
 * costs nothing. A peer whose agent came later asks for more: its own options say that it lacks ours.
 *
 * Runs under the socket lock, mostly in softirq: no sleeping, no loops. Losing an option costs at most one
 * edge of a trace; failing here would cost the user a connection. So every path returns CT_PASS, and every
 * loss is counted. */

#define CT_PASS 1
#define CT_WRITE BPF_SOCK_OPS_WRITE_HDR_OPT_CB_FLAG
#define CT_PARSE BPF_SOCK_OPS_PARSE_UNKNOWN_HDR_OPT_CB_FLAG
#define CT_COPIES 3	/* options that must be acknowledged: a path may lose the option and not the segment */
#define CT_UNNAMED 8	/* segments of a process that nobody watches, before we leave its connection alone */
#define CT_CROWDED 64	/* segments without room for an option, before we give up: loss fills headers for a while, MD5 for good */

/* With timestamps (12) and one SACK block (12) this fills the 40 bytes there are for options. The position
 * lies in the segment that was built with the option, so copies in split segments say the same. */
struct ct_opt {
	__u8 kind;
	__u8 len;
	__be16 exid;
	__be32 position;	/* low 32 bits of the stream offset of the segment's first byte */
	__be64 nonce;		/* lowest bit: CT_LACKS_YOURS */
};

_Static_assert(sizeof(struct ct_opt) == 16, "ct_opt is a wire format");

/* The TCP header of the segment at hand, if it lies in reach. */
static __always_inline struct tcphdr *ct_header(struct bpf_sock_ops *ops)
{
	struct tcphdr *header = ops->skb_data;

	return (void *)(header + 1) <= ops->skb_data_end ? header : NULL;
}

/* Whether names are exchanged with this peer. What it says is its own, but nobody else on the way can be trusted not to
 * have written it: so the answer is the networks whose hosts and paths are ours. */
static __always_inline bool ct_is_inside(const struct ct_config *config, struct bpf_sock_ops *ops, struct ct_sock *st)
{
	bool inside;

	if (st->peer == CT_PEER_UNKNOWN) {
		if (ops->family == AF_INET6)
			inside = ct_trusts(config, ops->remote_ip6[0], ops->remote_ip6[1], ops->remote_ip6[2], ops->remote_ip6[3]);
		else
			inside = ct_trusts(config, 0, 0, bpf_htonl(0xffff), ops->remote_ip4);
		st->peer = inside ? CT_PEER_INSIDE : CT_PEER_OUTSIDE;
	}
	return st->peer == CT_PEER_INSIDE;
}

/* From now on. The kernel asks for room before it cuts the next segment, so none is too large for the path. */
static __always_inline void ct_start_writing(struct ct_sock *st)
{
	st->writing = 1;
	st->copies = 0;
	st->unnamed = 0;
	st->crowded = 0;
}

static __always_inline void ct_stop_writing(struct bpf_sock_ops *ops, struct ct_sock *st)
{
	st->writing = 0;
	if (!st->shared)
		bpf_sock_ops_cb_flags_set(ops, ops->bpf_sock_ops_cb_flags & ~CT_WRITE);
}

/* Called when the kernel sizes a header, and also when it only wants to know the segment size. For the
 * latter the room is always taken: a segment that is built larger than that and then gets an option is
 * larger than the path allows, and vanishes. */
static __always_inline void ct_reserve(struct bpf_sock_ops *ops)
{
	bool sizing = ops->args[0] == BPF_WRITE_HDR_TCP_CURRENT_MSS;
	struct bpf_sock *sk = ops->sk;
	struct ct_sock *st;

	if (!sk)
		return;
	st = bpf_sk_storage_get(&ct_socks, sk, 0, 0);
	if (!st || !st->writing)
		return;
	if (!sizing) {
		if (ops->skb_len == 0)
			return;
		if (!st->sent_nonce) {
			if (++st->unnamed >= CT_UNNAMED)
				ct_stop_writing(ops, st);
			return;
		}
		if (st->copies >= CT_COPIES && (__s32)(ops->snd_una - st->written_seq) > 0) {
			ct_stop_writing(ops, st);
			return;
		}
	}
	if (!bpf_reserve_hdr_opt(ops, sizeof(struct ct_opt), 0) || sizing)
		return;
	ct_count(CT_STAT_OPT_NO_SPACE);	/* SACK blocks won; a later segment will carry it */
	if (++st->crowded >= CT_CROWDED) {
		ct_count(CT_STAT_OPT_GAVE_UP);
		ct_stop_writing(ops, st);
	}
}

static __always_inline void ct_write(struct bpf_sock_ops *ops)
{
	struct tcphdr *header = ct_header(ops);
	struct ct_config *config = ct_config();
	struct bpf_sock *sk = ops->sk;
	struct ct_sock *st;
	struct ct_opt opt;
	__u32 seq;
	bool asks;

	if (!sk || !config || !header || ops->skb_len == (header->doff >> 4) * 4)
		return;
	st = bpf_sk_storage_get(&ct_socks, sk, 0, 0);
	if (!st || !st->writing || !st->sent_nonce)
		return;
	seq = bpf_ntohl(header->seq);
	opt.kind = config->opt_kind;
	opt.len = sizeof(opt);
	opt.exid = bpf_htons(config->opt_exid);
	opt.position = bpf_htonl(ct_sent_offset(st, ops->bytes_acked, ops->snd_una, seq));
	asks = !st->received_nonce && config->opt_use & CT_USE_READ;
	opt.nonce = bpf_cpu_to_be64(st->sent_nonce | (asks ? CT_LACKS_YOURS : 0));
	if (bpf_store_hdr_opt(ops, &opt, sizeof(opt), 0) == 0)
		ct_count(CT_STAT_OPT_WRITTEN);	/* else another agent on this host wrote the very same one */
	if (st->copies < CT_COPIES) {
		st->copies++;
		st->written_seq = seq;
	}
}

/* Learns the name of the direction we receive, if the position agrees with our own count: it must lie in this
 * segment, or before it by no more than what one segment may have been split from. */
static __always_inline void ct_read(struct bpf_sock_ops *ops)
{
	struct tcphdr *header = ct_header(ops);
	struct ct_config *config = ct_config();
	struct ct_opt opt = {
		.len = 4,	/* look for the kind and the next two bytes */
	};
	struct bpf_sock *sk = ops->sk;
	struct tcp_sock *tp;
	struct ct_sock *st;
	__u32 length, at;
	__u64 nonce;

	if (!sk || !config || !header || !(config->opt_use & CT_USE_READ))
		return;
	opt.kind = config->opt_kind;
	opt.exid = bpf_htons(config->opt_exid);
	length = ops->skb_len - (header->doff >> 4) * 4;
	at = bpf_ntohl(header->seq);
	if (bpf_load_hdr_opt(ops, &opt, sizeof(opt), 0) != sizeof(opt))
		return;
	tp = bpf_skc_to_tcp_sock(sk);
	if (!tp)
		return;
	st = ct_sock(sk);
	if (!st)
		return;
	if (!ct_is_inside(config, ops, st)) {
		ct_count(CT_STAT_OPT_FORGED);
		return;
	}
	ct_base(st, tp);
	if (bpf_ntohl(opt.position) - (at + st->received_base) + 65536 >= length + 65536) {
		ct_count(CT_STAT_OPT_DISAGREES);
		return;
	}
	nonce = bpf_be64_to_cpu(opt.nonce);
	st->received_nonce = nonce & ~CT_LACKS_YOURS;
	ct_count(CT_STAT_OPT_READ);
	if (nonce & CT_LACKS_YOURS && config->opt_use & CT_USE_WRITE) {
		ct_start_writing(st);
		bpf_sock_ops_cb_flags_set(ops, ops->bpf_sock_ops_cb_flags | CT_WRITE);
	}
}

static __always_inline int ct_callbacks(const struct ct_config *config)
{
	return (config->opt_use & CT_USE_WRITE ? CT_WRITE : 0) | (config->opt_use & CT_USE_READ ? CT_PARSE : 0);
}

/* Switches the callbacks on for a new connection; those are shared with other programs, so only add. The
 * packet that completed the handshake may already carry an option. */
static __always_inline void ct_join(struct bpf_sock_ops *ops, enum ct_end end)
{
	struct ct_config *config = ct_config();
	struct bpf_sock *sk = ops->sk;
	struct tcp_sock *tp;
	struct ct_sock *st;

	if (!config || config->option != CT_SWITCH_ON || !sk)
		return;
	tp = bpf_skc_to_tcp_sock(sk);
	if (!tp)
		return;
	st = ct_sock(sk);
	if (!st)
		return;
	st->end = end;
	ct_base(st, tp);
	if (!ct_is_inside(config, ops, st)) {
		ct_count(CT_STAT_OPT_OUTSIDE);
		return;
	}
	if (config->opt_use & CT_USE_WRITE) {
		st->shared = !!(ops->bpf_sock_ops_cb_flags & CT_WRITE);
		ct_start_writing(st);
	}
	bpf_sock_ops_cb_flags_set(ops, ops->bpf_sock_ops_cb_flags | ct_callbacks(config));
	ct_read(ops);
}

SEC("sockops")
int ct_option(struct bpf_sock_ops *ops)
{
	switch (ops->op) {
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
		ct_join(ops, CT_END_CONNECTED);
		break;
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		ct_join(ops, CT_END_ACCEPTED);
		break;
	case BPF_SOCK_OPS_HDR_OPT_LEN_CB:
		ct_reserve(ops);
		break;
	case BPF_SOCK_OPS_WRITE_HDR_OPT_CB:
		ct_write(ops);
		break;
	case BPF_SOCK_OPS_PARSE_HDR_OPT_CB:
		ct_read(ops);
		break;
	}
	return CT_PASS;
}

/* As ct_is_inside(). */
static __always_inline bool ct_is_old_inside(const struct ct_config *config, const struct sock_common *skc,
					     struct ct_sock *st)
{
	const __be32 *peer = skc->skc_v6_daddr.in6_u.u6_addr32;
	bool inside;

	if (skc->skc_family == AF_INET6)
		inside = ct_trusts(config, peer[0], peer[1], peer[2], peer[3]);
	else
		inside = ct_trusts(config, 0, 0, bpf_htonl(0xffff), skc->skc_daddr);
	st->peer = inside ? CT_PEER_INSIDE : CT_PEER_OUTSIDE;
	return inside;
}

/* Switches the callbacks of every connection in this network namespace on or, when the agent leaves, off:
 * the kernel keeps them set on a connection even when the program is gone. Holds each socket's lock. */
SEC("iter/tcp")
int ct_flags(struct bpf_iter__tcp *context)
{
	struct sock_common *skc = context->sk_common;
	struct ct_config *config = ct_config();
	struct tcp_sock *tp;
	struct ct_sock *st;
	int flags;

	if (!skc || !config || config->option == CT_LEAVE || skc->skc_state == TCP_LISTEN_STATE)
		return 0;
	tp = bpf_skc_to_tcp_sock(skc);
	if (!tp)
		return 0;
	flags = tp->bpf_sock_ops_cb_flags & ~(CT_WRITE | CT_PARSE);
	if (config->option == CT_SWITCH_ON) {
		flags |= ct_callbacks(config);
		st = ct_sock(tp);
		if (!st || st->sent_nonce)
			return 0;	/* it is known already */
		ct_find_end(st, tp);
		ct_base(st, tp);
		if (ct_is_old_inside(config, skc, st)) {
			if (config->opt_use & CT_USE_WRITE)
				ct_start_writing(st);
		} else {
			ct_count(CT_STAT_OPT_OUTSIDE);
			return 0;
		}
	}
	if (flags == tp->bpf_sock_ops_cb_flags)
		return 0;
	if (bpf_setsockopt(tp, SOL_TCP, TCP_BPF_SOCK_OPS_CB_FLAGS, &flags, sizeof(flags)))
		ct_count(CT_STAT_OLD_REFUSED);	/* -EINVAL before 6.12 or so */
	else if (config->option == CT_SWITCH_ON)
		ct_count(CT_STAT_OLD_JOINED);
	return 0;
}
