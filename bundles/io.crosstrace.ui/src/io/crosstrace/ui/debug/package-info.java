/**
 * The debugger, told of requests: breakpoints that wait for a slow or failing one
 * ({@link io.crosstrace.ui.debug.BreakWhenSlowHandler}), threads labelled with what they serve
 * ({@link io.crosstrace.ui.debug.ThreadLabels}), launches that are traced. Decides nothing itself.
 */
package io.crosstrace.ui.debug;
