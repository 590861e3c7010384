/** What a process is called: {@link io.crosstrace.agent.discover.ServiceNames} reads it from /proc. */
package io.crosstrace.agent.discover;
