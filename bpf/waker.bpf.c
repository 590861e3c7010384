/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Hand-offs inside a process: a thread that wakes another, or starts one, passes on what it received last. Evidence, not
 * proof: a thread is also woken by who leaves a lock, and one that never slept is handed work without being woken.
 *
 * Runs in whoever wakes, often with interrupts off: a few loads for wakes that are not ours, no record for those
 * that are. Failing here loses a hint. */

/* How a thread wakes another on purpose: a futex, or a byte for somebody's epoll. In any other system call, a wake is
 * the network's: the softirq runs on top of whoever happens to be there, and that one has nothing to do with it. */
static __always_inline bool ct_wakes_on_purpose(struct task_struct *current)
{
	struct pt_regs *regs = (struct pt_regs *)bpf_task_pt_regs(current);

#if defined(__TARGET_ARCH_x86)
	enum { WRITE = 1, FUTEX = 202, FUTEX_WAKE = 454 };
	long call = regs->orig_ax;
#elif defined(__TARGET_ARCH_arm64)
	enum { WRITE = 64, FUTEX = 98, FUTEX_WAKE = 454 };
	long call = regs->syscallno;
#endif
	return call == FUTEX || call == WRITE || call == FUTEX_WAKE;
}

#define CT_NAME(a, b, c, d, e, f, g, h) \
	((__u64)(a) | (__u64)(b) << 8 | (__u64)(c) << 16 | (__u64)(d) << 24 | (__u64)(e) << 32 | (__u64)(f) << 40 \
	 | (__u64)(g) << 48 | (__u64)(h) << 56)

/* Threads of a Java virtual machine that serve all others: what one of them does is nobody's request. They stop and
 * wake every thread there is, so a reason they were given would spread to all. */
static __always_inline bool ct_serves_all(const struct task_struct *thread)
{
	switch (*(const __u64 *)thread->comm) {
	case CT_NAME('V', 'M', ' ', 'T', 'h', 'r', 'e', 'a'):
	case CT_NAME('V', 'M', ' ', 'P', 'e', 'r', 'i', 'o'):
	case CT_NAME('G', 'C', ' ', 'T', 'h', 'r', 'e', 'a'):
	case CT_NAME('C', '1', ' ', 'C', 'o', 'm', 'p', 'i'):
	case CT_NAME('C', '2', ' ', 'C', 'o', 'm', 'p', 'i'):
	case CT_NAME('G', '1', ' ', 'C', 'o', 'n', 'c', '#'):
	case CT_NAME('G', '1', ' ', 'M', 'a', 'i', 'n', ' '):
	case CT_NAME('G', '1', ' ', 'R', 'e', 'f', 'i', 'n'):
	case CT_NAME('G', '1', ' ', 'S', 'e', 'r', 'v', 'i'):
	case CT_NAME('R', 'e', 'f', 'e', 'r', 'e', 'n', 'c'):
	case CT_NAME('S', 'e', 'r', 'v', 'i', 'c', 'e', ' '):
		return true;
	default:
		return false;
	}
}

static __always_inline bool ct_same(const struct ct_context *a, const struct ct_context *b)
{
	return a->conn == b->conn && a->offset == b->offset;
}

/* What the giver would name as its own reason goes to the taker; if it has none, the taker's is out of date. */
static __always_inline void ct_hand_over(struct ct_task *giver, struct task_struct *thread)
{
	struct ct_context *from = NULL;
	struct ct_task *taker;

	if (giver) {
		from = &giver->woke;
		if (giver->read.conn && (!from->conn || giver->read.since >= from->since))
			from = &giver->read;
		if (!from->conn || from->hops >= CT_HOPS_MAX)
			from = NULL;
	}
	taker = from ? ct_new_task(thread) : ct_task(thread);
	if (!taker)
		return;
	if (from && ct_same(&taker->read, from))
		return;	/* what it had started comes back to it */
	if (from && ct_same(&taker->woke, from) && taker->woke.hops <= from->hops) {
		taker->woke.since = bpf_ktime_get_ns();
		return;
	}
	taker->woke.conn = from ? from->conn : 0;
	taker->woke.offset = from ? from->offset : 0;
	taker->woke.hops = from ? from->hops + 1 : 0;
	taker->woke.since = bpf_ktime_get_ns();
}

SEC("tp_btf/sched_waking")
int BPF_PROG(ct_waking, struct task_struct *thread)
{
	struct task_struct *current = bpf_get_current_task_btf();

	if (thread->tgid != current->tgid || thread == current || !ct_wakes_on_purpose(current)
	    || ct_serves_all(current) || ct_serves_all(thread))
		return 0;
	ct_hand_over(ct_task(current), thread);
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(ct_threaded, struct task_struct *parent, struct task_struct *child)
{
	if (parent->tgid == child->tgid)
		ct_hand_over(ct_task(parent), child);
	return 0;
}
