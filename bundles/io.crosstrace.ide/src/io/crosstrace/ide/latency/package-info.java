/**
 * Latencies as numbers: {@link io.crosstrace.ide.latency.Histogram} counts them in little room,
 * {@link io.crosstrace.ide.latency.LatencyPicture} is what the Latency view draws,
 * {@link io.crosstrace.ide.latency.LatencyDiff} tells what made some requests slower. Knows spans, but neither
 * charts nor a display.
 */
package io.crosstrace.ide.latency;
