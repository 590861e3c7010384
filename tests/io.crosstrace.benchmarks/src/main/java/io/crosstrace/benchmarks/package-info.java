/**
 * What CrossTrace costs and how fast it is. {@link io.crosstrace.benchmarks.Main} runs benches by name; each
 * figure is one line of JSON.
 */
package io.crosstrace.benchmarks;
