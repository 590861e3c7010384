/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Capture provider "fentry": the kernel's own functions, by trampolines. For kernels from 5.17 on that lack the
 * tracepoint tcp_sendmsg_locked. */

SEC("fentry/tcp_sendmsg_locked")
int BPF_PROG(ct_send_entry, struct sock *sk, struct msghdr *msg, __u64 size)
{
	ct_on_send(sk, msg, size);
	return 0;
}

SEC("fexit/tcp_sendmsg_locked")
int BPF_PROG(ct_send_exit, struct sock *sk, struct msghdr *msg, __u64 size, int moved)
{
	ct_on_sent(sk, moved);
	return 0;
}

/* How sendfile and splice send before 6.5 (dc97391e6610): pages of a file, not in anybody's memory. */
SEC("fentry/do_tcp_sendpages")
int BPF_PROG(ct_pages_entry, struct sock *sk, void *page, int offset, __u64 size)
{
	ct_on_send(sk, NULL, size);
	return 0;
}

SEC("fexit/do_tcp_sendpages")
int BPF_PROG(ct_pages_exit, struct sock *sk, void *page, int offset, __u64 size, int flags, long moved)
{
	ct_on_sent(sk, moved);
	return 0;
}

/* The number of arguments differs between kernels, the place of the flags since 5.19 (ec095263a965) does not. */
SEC("fexit/tcp_recvmsg")
int ct_recv_exit(unsigned long long *context)
{
	__u64 moved;

	if (bpf_get_func_ret(context, &moved))
		return 0;
	ct_on_received((struct sock *)context[0], (int)moved, (int)context[3]);
	return 0;
}
