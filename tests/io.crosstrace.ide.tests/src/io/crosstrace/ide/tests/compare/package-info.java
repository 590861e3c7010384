/** Tests of io.crosstrace.ide.compare. */
package io.crosstrace.ide.tests.compare;
