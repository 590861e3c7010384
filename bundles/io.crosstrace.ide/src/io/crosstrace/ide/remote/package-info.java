/**
 * An agent on a host that only SSH reaches: checks the host, brings the agent and, where needed, its own Java, starts
 * it with the rights it needs, tunnels its socket, and leaves the host as it was. Main class: {@link
 * io.crosstrace.ide.remote.RemoteAgent}. Knows nothing of widgets; questions to a person go through {@link
 * io.crosstrace.ide.remote.Questions}. Nothing here may be called by the UI thread.
 */
package io.crosstrace.ide.remote;
