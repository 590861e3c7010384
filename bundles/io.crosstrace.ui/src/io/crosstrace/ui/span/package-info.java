/** The Span view, with {@link io.crosstrace.ui.span.SpanView} as its main class: all that is known of one span. */
package io.crosstrace.ui.span;
