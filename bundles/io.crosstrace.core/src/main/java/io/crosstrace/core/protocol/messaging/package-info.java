/**
 * What goes through message brokers: {@link io.crosstrace.core.protocol.messaging.Kafka},
 * {@link io.crosstrace.core.protocol.messaging.Amqp}, {@link io.crosstrace.core.protocol.messaging.Mqtt} and
 * {@link io.crosstrace.core.protocol.messaging.Nats}. Tells where a message went and came from and names it
 * so that both can be linked; never what it said.
 */
package io.crosstrace.core.protocol.messaging;
