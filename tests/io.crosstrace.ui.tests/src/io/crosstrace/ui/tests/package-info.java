/**
 * Tests of io.crosstrace.ui in a real workbench under Xvfb. {@link io.crosstrace.ui.tests.Bot} is the hand and
 * the eye: it clicks and types through the display server, as a person does.
 */
package io.crosstrace.ui.tests;
