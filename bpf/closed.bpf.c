/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The end of a connection, for every capture provider. */

/* The last moment of a connection, in whatever process or interrupt it comes. */
SEC("tp_btf/tcp_destroy_sock")
int BPF_PROG(ct_closed, struct sock *sk)
{
	struct ct_sock *st = bpf_sk_storage_get(&ct_socks, sk, 0, 0);
	struct ct_event event = {};

	if (!st || !st->opened)
		return 0;
	if (st->passed) {
		ct_fill_passed(st, &event);
		ct_submit(&event, sizeof(event));
		event.total = 0;
	}
	event.ts_ns = bpf_ktime_get_ns();
	event.conn = st->cookie;
	event.kind = CT_CLOSE;
	event.lost = ct_lost();
	ct_submit(&event, sizeof(event));
	if (!st->plain_opened)
		return 0;
	event.conn |= CT_PLAIN;
	ct_submit(&event, sizeof(event));
	return 0;
}
