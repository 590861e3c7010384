/**
 * Ordinary clients talk to ordinary servers through {@link io.crosstrace.protocols.Tap}, and the spans made
 * of their bytes are compared with what the clients did.
 */
package io.crosstrace.protocols;
