/**
 * Spans as other tools know them: OTLP in memory ({@link io.crosstrace.wire.otlp.OtlpSpans}), and files of
 * OTLP, Jaeger and Zipkin ({@link io.crosstrace.wire.otlp.SpanFiles}). OTLP is the hub: every format is
 * translated to and from it, and only it to columns. Knows no socket.
 */
package io.crosstrace.wire.otlp;
