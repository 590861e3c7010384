/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* Tells the agent its own process id as the root pid namespace sees it, which /proc does not from inside a
 * container. Run once, by hand, before anything is attached. */

SEC("syscall")
int ct_self(void *nothing)
{
	struct ct_config *config = ct_config();

	if (config)
		config->self = bpf_get_current_pid_tgid() >> 32;
	return 0;
}
