/**
 * Two traces side by side: {@link io.crosstrace.ide.compare.TraceDiff} matches what they did and says what changed.
 * Knows traces and no widget.
 */
package io.crosstrace.ide.compare;
