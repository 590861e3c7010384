/**
 * Spans become traces: {@link io.crosstrace.core.trace.TraceAssembler} links each span to its cause as rows
 * arrive, in any order, and answers immutable {@link io.crosstrace.core.trace.Traces}. May know the span
 * package only. Nothing here recurses: a trace may be 100,000 levels deep.
 */
package io.crosstrace.core.trace;
