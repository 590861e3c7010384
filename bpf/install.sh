#!/bin/sh
# SPDX-License-Identifier: (BSD-2-Clause OR GPL-2.0-only)
# install.sh DIRECTORY: builds the BPF object and puts it there. A host that cannot build it gets an agent
# that says so when it is asked to capture, and everything else.
set -eu
cd "$(dirname "$0")"
if [ "$(uname -s)" != Linux ] || ! command -v make >/dev/null || ! command -v "${CLANG:-clang}" >/dev/null \
	|| [ ! -e /usr/include/bpf/bpf_helpers.h ]; then
	echo "The kernel programs are left out of the agent: they need Linux, make, clang and libbpf-dev." >&2
	exit 0
fi
make -s
mkdir -p "$1"
cp build/crosstrace.bpf.o "$1/"
