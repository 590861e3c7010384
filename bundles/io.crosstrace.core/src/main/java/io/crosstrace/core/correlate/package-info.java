/**
 * Whose call was it? {@link io.crosstrace.core.correlate.Correlator} gives each call the request that
 * caused it. May know the span package only: it runs on any spans, recorded data sets too.
 */
package io.crosstrace.core.correlate;
