/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Capture provider "tp_btf": typed tracepoints. Costs nothing on system calls that are not about sockets, and needs
 * no kernel text to be patched, which some virtual machines forbid. Needs Linux 6.18 or so, where
 * tcp_sendmsg_locked is a tracepoint. */

/* Called for every turn of the loop that queues a message's bytes; the first turn is where the call begins. */
SEC("tp_btf/tcp_sendmsg_locked")
int BPF_PROG(ct_send, struct sock *sk, const struct msghdr *msg)
{
	ct_on_send(sk, msg, msg->msg_iter.count);
	return 0;
}

/* Without the socket lock. */
SEC("tp_btf/sock_send_length")
int BPF_PROG(ct_sent, struct sock *sk, int moved)
{
	ct_on_sent(sk, moved);
	return 0;
}

SEC("tp_btf/sock_recv_length")
int BPF_PROG(ct_received, struct sock *sk, int moved, int flags)
{
	ct_on_received(sk, moved, flags);
	return 0;
}
