/**
 * {@code agent check}: tells what this kernel and these rights allow.
 * {@link io.crosstrace.agent.check.CheckCommand} prints what {@code agent.bpf} found out.
 */
package io.crosstrace.agent.check;
