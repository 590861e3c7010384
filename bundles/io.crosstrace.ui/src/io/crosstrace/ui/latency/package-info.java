/** Latencies of one operation, as {@link io.crosstrace.ui.latency.LatencyView}. Charts are the charts package's. */
package io.crosstrace.ui.latency;
