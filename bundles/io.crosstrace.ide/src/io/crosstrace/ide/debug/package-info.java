/**
 * The debugger and traces, told of each other: {@link io.crosstrace.ide.debug.SlowBreakpoints} stop a request that is
 * slow or fails, {@link io.crosstrace.ide.debug.Pauses} keeps how long threads stood still, and
 * {@link io.crosstrace.ide.debug.SuspendedTime} takes that out of latencies. May not know windows.
 */
package io.crosstrace.ide.debug;
