/** The Timeline view, with {@link io.crosstrace.ui.timeline.TimelineView} as its main class. Paints only: geometry is io.crosstrace.ide's. */
package io.crosstrace.ui.timeline;
