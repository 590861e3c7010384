/**
 * The receiving end of an agent's stream: {@link io.crosstrace.wire.client.AgentConnection} keeps one
 * agent connected and hands on what it sends. Knows nothing of Eclipse; used by the plug-in and by tools.
 */
package io.crosstrace.wire.client;
