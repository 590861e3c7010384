/**
 * Looks, from inside a started IDE, at what was installed into it. {@link io.crosstrace.install.probe.Probe} knows
 * CrossTrace by its ids only, so that it starts, and can say so, where CrossTrace is missing.
 */
package io.crosstrace.install.probe;
