/** The Latency view, with {@link io.crosstrace.ui.latency.LatencyView} as its main class. */
package io.crosstrace.ui.latency;
