/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* What a thread did last that may be the reason for what it does next: the message it received, and the one
 * that whoever woke it had received. So every send can name its likely causes, without a record for each hand-off. */
#ifndef CT_TASK_H
#define CT_TASK_H

#include "ct_maps.h"

#define CT_HOPS_MAX 7	/* a chain of queues and futures has about as many; farther back says nothing */

/* A place in a stream that somebody received. */
struct ct_context {
	__u64 conn;	/* 0: none */
	__u64 offset;	/* of the last byte received */
	__u64 since;	/* when this thread came by it */
	__u32 hops;	/* how many threads it was handed through */
	__u32 pad;
};

struct ct_task {
	struct ct_context read;
	struct ct_context woke;
};

/* Lives and dies with the thread. Written by the thread itself, and by the one that wakes it while it sleeps. */
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct ct_task);
} ct_tasks SEC(".maps");

static __always_inline struct ct_task *ct_task(struct task_struct *thread)
{
	return bpf_task_storage_get(&ct_tasks, thread, 0, 0);
}

static __always_inline struct ct_task *ct_new_task(struct task_struct *thread)
{
	struct ct_task *task = ct_task(thread);

	if (task)
		return task;
	task = bpf_task_storage_get(&ct_tasks, thread, 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!task)
		ct_count(CT_STAT_NO_STORAGE);
	return task;
}

/* This thread received bytes that end before "end". */
static __always_inline void ct_note_read(const struct ct_config *config, __u64 conn, __u64 end, __u64 now)
{
	struct ct_task *task;

	if (!config->handoffs)
		return;
	task = ct_new_task(bpf_get_current_task_btf());
	if (!task)
		return;
	task->read.conn = conn;
	task->read.offset = end - 1;
	task->read.since = now;
}

/* Fills in why the thread of this record, a send, may be sending. Nothing if it is not the current one. */
static __always_inline void ct_tell_cause(const struct ct_config *config, struct ct_event *event)
{
	struct ct_task *task = NULL;

	if (config->handoffs && event->tid == (__u32)bpf_get_current_pid_tgid())
		task = ct_task(bpf_get_current_task_btf());
	event->read_conn = task ? task->read.conn : 0;
	event->read_offset = task ? task->read.offset : 0;
	event->woke_conn = task ? task->woke.conn : 0;
	event->woke_offset = task ? task->woke.offset : 0;
	event->woke_hops = task ? task->woke.hops : 0;
	event->woke_later = task && task->woke.since > task->read.since;
	event->woke_age = ~0U;
	if (task && event->ts_ns - task->woke.since < 3600000000000ULL)
		event->woke_age = (event->ts_ns - task->woke.since) / 1000;
}

#endif
