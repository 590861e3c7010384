/** Tests of io.crosstrace.ide in a running OSGi framework, without a display. */
package io.crosstrace.ide.tests;
