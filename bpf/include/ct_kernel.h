/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* The few kernel types we read, written by hand for CO-RE: libbpf moves every field access to where the
 * running kernel has that field. Differences between kernels live here and nowhere else. */
#ifndef CT_KERNEL_H
#define CT_KERNEL_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>

#define AF_INET		2
#define AF_INET6	10
#define IPPROTO_TCP	6
#define IPPROTO_MPTCP	262
#define SOL_TCP		6
#define MSG_OOB		1
#define MSG_PEEK	2
#define MSG_TRUNC	0x20
#define MSG_ERRQUEUE	0x2000
#define TCP_LISTEN_STATE 10
#define TCP_BPF_SOCK_OPS_CB_FLAGS 1008	/* not in the header of every distribution */
#define SOCK_DONE	1	/* enum sock_flags: the peer's FIN has arrived */

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct in6_addr {
	union {
		__u8 u6_addr8[16];
		__be32 u6_addr32[4];
	} in6_u;
};

struct ns_common {
	unsigned int inum;
};

struct net {
	struct ns_common ns;
};

typedef struct {
	struct net *net;
} possible_net_t;

struct sock_common {
	__be32 skc_daddr;
	__be32 skc_rcv_saddr;
	__be16 skc_dport;
	__u16 skc_num;
	unsigned short skc_family;
	volatile unsigned char skc_state;
	possible_net_t skc_net;
	struct in6_addr skc_v6_daddr;
	struct in6_addr skc_v6_rcv_saddr;
	unsigned long skc_flags;
};

struct sock {
	struct sock_common __sk_common;
	int sk_wmem_queued;
	int sk_sndbuf;
	__u16 sk_protocol;
	__u32 sk_max_ack_backlog;
};

struct inet_sock {
	struct sock sk;
};

struct inet_connection_sock {
	struct inet_sock icsk_inet;
};

struct tcp_sock {
	struct inet_connection_sock inet_conn;
	__u32 write_seq;
	__u32 snd_una;
	__u32 snd_nxt;
	__u64 bytes_acked;
	__u64 bytes_sent;
	__u64 bytes_retrans;
	__u32 rcv_nxt;
	__u32 copied_seq;
	__u64 bytes_received;
	__u8 bpf_sock_ops_cb_flags;
};

struct iovec {
	void *iov_base;
	unsigned long iov_len;
};

struct iov_iter {
	__u8 iter_type;
	unsigned long iov_offset;
	const struct iovec *__iov;	/* since de4f5fed3f23 (6.4); iov before */
	void *ubuf;			/* since fcb14cb1bdac (6.0) */
	unsigned long count;
	unsigned long nr_segs;
};

struct iov_iter___before_6_4 {
	const struct iovec *iov;
};

struct msghdr {
	struct iov_iter msg_iter;
};

enum iter_type {
	ITER_IOVEC = 0,	/* the values differ by kernel: ask bpf_core_enum_value */
	ITER_UBUF = 6,
};

typedef struct {
	int counter;
} atomic_t;

struct signal_struct {
	atomic_t live;
};

struct task_struct {
	int pid;
	int tgid;
	struct signal_struct *signal;
	char comm[16];
};

struct bpf_iter__tcp {
	struct sock_common *sk_common;
};

#if defined(__TARGET_ARCH_x86)
struct pt_regs {
	unsigned long ax;
	unsigned long cx;
	unsigned long dx;
	unsigned long si;
	unsigned long di;
	unsigned long orig_ax;
	unsigned long cs;
	unsigned long sp;
};
#elif defined(__TARGET_ARCH_arm64)
struct pt_regs {
	__u64 regs[31];
	__u64 sp;
	__u64 pstate;
	int syscallno;
};
#endif

#pragma clang attribute pop

struct tcphdr {
	__be16 source;
	__be16 dest;
	__be32 seq;
	__be32 ack_seq;
	__u8 doff;	/* high 4 bits: header length in words */
	__u8 flags;
	__be16 window;
	__be16 check;
	__be16 urg_ptr;
};

/* Where user memory that a call sends from or receives into begins. */
struct ct_buffer {
	__u64 base;	/* user address of bytes, or kernel/user address of a struct iovec array */
	__u64 skip;	/* bytes of the first part already consumed */
	__u32 parts;	/* 0: base is bytes; else number of struct iovec */
	__u32 user_iov;	/* the iovec array itself is in user memory */
};

/* The unconsumed part of a message being sent. False: its bytes are not in user memory. */
static __always_inline bool ct_sent_buffer(const struct msghdr *msg, struct ct_buffer *out)
{
	const struct iov_iter *iter = &msg->msg_iter;
	__u32 type = iter->iter_type;

	out->user_iov = 0;
	out->skip = iter->iov_offset;
	if (bpf_core_enum_value_exists(enum iter_type, ITER_UBUF)
	    && type == bpf_core_enum_value(enum iter_type, ITER_UBUF)) {
		out->base = (__u64)iter->ubuf;
		out->parts = 0;
		return true;
	}
	if (type != bpf_core_enum_value(enum iter_type, ITER_IOVEC))
		return false;
	if (bpf_core_field_exists(iter->__iov)) {
		out->base = (__u64)iter->__iov;
	} else {
		const struct iov_iter___before_6_4 *old = (const void *)iter;

		out->base = (__u64)BPF_CORE_READ(old, iov);
	}
	out->parts = iter->nr_segs;
	return out->parts != 0;
}

/* The buffer of the system call this thread is in, if it is one that receives into user memory. There is no
 * hook at the start of a receive on kernels without trampolines, but the call's registers are still there.
 * Not for 32-bit processes: their calls are numbered differently. */
static __always_inline bool ct_received_buffer(struct ct_buffer *out)
{
	struct pt_regs *regs = (struct pt_regs *)bpf_task_pt_regs(bpf_get_current_task_btf());
	__u64 second, third;
	long call;
	struct {
		__u64 name;
		__u64 name_length;
		__u64 iov;
		__u64 parts;
	} message;

#if defined(__TARGET_ARCH_x86)
	enum { READ = 0, READV = 19, RECVFROM = 45, RECVMSG = 47 };
	if ((regs->cs & 0xff) != 0x33)
		return false;
	call = regs->orig_ax;
	second = regs->si;
	third = regs->dx;
#elif defined(__TARGET_ARCH_arm64)
	enum { READ = 63, READV = 65, RECVFROM = 207, RECVMSG = 212 };
	if (regs->pstate & 0x10)
		return false;
	call = regs->syscallno;
	second = regs->regs[1];
	third = regs->regs[2];
#else
#error "CrossTrace knows x86_64 and arm64"
#endif
	out->skip = 0;
	out->parts = 0;
	out->user_iov = 1;
	switch (call) {
	case READ:
	case RECVFROM:
		out->base = second;
		return true;
	case READV:
		out->base = second;
		out->parts = third;
		return out->parts != 0;
	case RECVMSG:
		if (bpf_probe_read_user(&message, sizeof(message), (void *)second))
			return false;
		out->base = message.iov;
		out->parts = message.parts;
		return out->parts != 0;
	default:
		return false;	/* io_uring, splice, recvmmsg: identity and sequence, no payload */
	}
}

#endif
