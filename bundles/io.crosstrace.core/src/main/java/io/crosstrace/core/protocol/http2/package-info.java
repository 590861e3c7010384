/**
 * HTTP/2 and gRPC. {@link io.crosstrace.core.protocol.http2.Http2} is the way in;
 * {@link io.crosstrace.core.protocol.http2.Http2Parser} walks the frames of one direction,
 * {@link io.crosstrace.core.protocol.http2.Hpack} reads their heads. What no span needs is never decoded into a
 * text: of most header fields only the size is kept, because the compression counts it. One thread.
 */
package io.crosstrace.core.protocol.http2;
