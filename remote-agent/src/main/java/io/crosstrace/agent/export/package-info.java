/** Spans to files: {@link io.crosstrace.agent.export.SpanWriter} writes them as lines of JSON, whole traces together. */
package io.crosstrace.agent.export;
