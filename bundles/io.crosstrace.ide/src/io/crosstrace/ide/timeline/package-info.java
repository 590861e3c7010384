/**
 * Where things land in pixels. {@link io.crosstrace.ide.timeline.TimelineLayout} turns a trace into immutable
 * {@link io.crosstrace.ide.timeline.TimelinePicture}s off the UI thread. Has no widget and no colour: a service is
 * its name's id here, and what it looks like is the painter's affair.
 */
package io.crosstrace.ide.timeline;
