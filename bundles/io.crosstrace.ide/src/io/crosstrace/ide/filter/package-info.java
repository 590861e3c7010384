/**
 * Which traces a person wants to see: {@link io.crosstrace.ide.filter.Query} reads what was typed, in a language
 * close to TraceQL, and tests traces by it; {@link io.crosstrace.ide.filter.Completion} knows how it may go on. Knows
 * spans and traces, no view.
 */
package io.crosstrace.ide.filter;
