/** The Traces view, with {@link io.crosstrace.ui.traces.TracesView} as its main class. */
package io.crosstrace.ui.traces;
