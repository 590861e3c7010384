/**
 * What agents and clients say to each other: {@link io.crosstrace.wire.Frames} cuts a stream into messages,
 * {@link io.crosstrace.wire.SpanEncoder} and {@link io.crosstrace.wire.SpanDecoder} turn span tables into
 * batches and back. The messages themselves are described in crosstrace.proto. Knows no sockets.
 */
package io.crosstrace.wire;
