/** Tests of correlation: one contract for every method, drawn examples, random loads, streams. */
package io.crosstrace.core.correlate;
