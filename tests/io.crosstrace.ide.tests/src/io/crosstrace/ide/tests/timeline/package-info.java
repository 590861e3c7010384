/** Tests of io.crosstrace.ide.timeline: where things land, in pixels. */
package io.crosstrace.ide.tests.timeline;
