/**
 * Captured bytes in, spans out. {@link io.crosstrace.core.protocol.SpanBuilder} is the way in: per connection
 * and direction a {@link io.crosstrace.core.protocol.StreamAssembler} puts bytes in order, a
 * {@link io.crosstrace.core.protocol.MessageParser} cuts them into messages, and requests are paired with
 * their answers. Knows the span package only; no payload byte leaves this package, only ints, times,
 * dictionary ids and redacted texts. One thread.
 */
package io.crosstrace.core.protocol;
