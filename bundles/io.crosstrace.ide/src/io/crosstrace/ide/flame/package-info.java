/**
 * Traces merged by who called whom: {@link io.crosstrace.ide.flame.FlameGraph} adds up, and answers pictures in
 * pixels. Knows traces and no widget.
 */
package io.crosstrace.ide.flame;
