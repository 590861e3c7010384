/**
 * Takes the money and writes the invoices: gRPC on Netty, RabbitMQ's client, JDBC. Main class:
 * {@link io.crosstrace.shop.billing.Billing}.
 */
package io.crosstrace.shop.billing;
