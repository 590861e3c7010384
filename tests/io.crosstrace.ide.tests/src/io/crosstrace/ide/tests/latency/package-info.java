/** Percentiles, and the picture made of them. */
package io.crosstrace.ide.tests.latency;
