/**
 * Recordings as files: opened from any place where Eclipse opens files, and written in the formats of other tools.
 * {@link io.crosstrace.ui.recording.Recordings} is what all of these ways come down to.
 */
package io.crosstrace.ui.recording;
