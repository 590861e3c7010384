/**
 * The verb {@code correlate}: reads a span file, gives its calls their parents, scores them where the file
 * knows the truth ({@link io.crosstrace.agent.correlate.CorrelateCommand}). Knows the core and JSON,
 * nothing of the kernel or the wire.
 */
package io.crosstrace.agent.correlate;
