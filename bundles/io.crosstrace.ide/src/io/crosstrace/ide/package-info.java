/**
 * The plug-in without a window: sessions with agents, joined traces, timeline geometry and the way from a span
 * to its Java method. Knows JDT and the workspace, but neither SWT nor JFace nor the workbench, so all of it is
 * tested without a display.
 */
package io.crosstrace.ide;
