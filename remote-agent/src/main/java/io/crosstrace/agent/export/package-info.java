/**
 * Spans to other tools: {@link io.crosstrace.agent.export.TraceHold} waits for whole traces,
 * {@link io.crosstrace.agent.export.SpanWriter} writes them to a file and
 * {@link io.crosstrace.agent.export.OtlpExporter} sends them to a collector.
 */
package io.crosstrace.agent.export;
