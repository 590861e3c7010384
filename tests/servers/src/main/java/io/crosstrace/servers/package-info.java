/**
 * Real servers for tests and for the sample shop, each with a folder and a port of its own. Main class:
 * {@link io.crosstrace.servers.Servers}. Knows nothing of CrossTrace.
 */
package io.crosstrace.servers;
