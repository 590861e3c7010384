/* SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only) */
/* All programs in one object, so that they share their maps and their types. Which of them are loaded is
 * decided by user space, by trying. */
#include "ct_capture.h"
#include "capture_tp_btf.bpf.c"
#include "capture_fentry.bpf.c"
#include "closed.bpf.c"
#include "watch.bpf.c"
#include "waker.bpf.c"
#include "tls.bpf.c"
#include "option.bpf.c"
#include "self.bpf.c"

char LICENSE[] SEC("license") = "Dual BSD/GPL";
