/**
 * The kernel programs on the running kernel, with real sockets. Each test watches only its own processes, so
 * other agents on the host do not disturb it. Skipped, with the reason, where the kernel or the rights refuse.
 */
package io.crosstrace.kernel;
