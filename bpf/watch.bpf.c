/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Keeps the allow-list of processes up to date: a child of a watched process is watched. Loaded only if
 * there is an allow-list. Failing here leaves a process unseen, and is counted. */

SEC("tp_btf/sched_process_fork")
int BPF_PROG(ct_forked, struct task_struct *parent, struct task_struct *child)
{
	if (parent->tgid != child->tgid)
		ct_watch_child(parent->tgid, child->tgid);
	return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(ct_exited, struct task_struct *task)
{
	if (task->signal->live.counter == 0)	/* the last thread; the number may soon be another's */
		ct_unwatch(task->tgid);
	return 0;
}
