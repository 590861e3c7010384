/**
 * What can be told of a TLS connection without its keys: who spoke when, to whom. Main class:
 * {@link io.crosstrace.core.protocol.tls.Tls}.
 */
package io.crosstrace.core.protocol.tls;
