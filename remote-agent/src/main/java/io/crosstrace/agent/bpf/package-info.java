/**
 * The kernel's side of the agent: {@link io.crosstrace.agent.bpf.KernelCapture} loads and attaches the BPF
 * programs and hands out the ring they write to. The only user of JNA; knows nothing of protocols or spans.
 */
package io.crosstrace.agent.bpf;
