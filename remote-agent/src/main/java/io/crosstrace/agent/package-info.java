/**
 * The process on the host: {@link io.crosstrace.agent.Main} reads the command line,
 * {@link io.crosstrace.agent.AgentLoop} takes records from the kernel to spans with parents and hands them out.
 * Knows nothing of Eclipse.
 */
package io.crosstrace.agent;
