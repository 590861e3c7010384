/**
 * Traces for people who have no CrossTrace: {@link io.crosstrace.ide.report.TraceReport} writes them as a web page or as
 * text, for a ticket or a chat. Knows spans and their layout, no display.
 */
package io.crosstrace.ide.report;
