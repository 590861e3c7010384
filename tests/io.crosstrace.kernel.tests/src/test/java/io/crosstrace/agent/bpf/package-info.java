/** What Java and C must agree on. In this package because both sides of the agreement are internal. */
package io.crosstrace.agent.bpf;
