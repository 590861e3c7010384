/** Tests of io.crosstrace.ide.span. */
package io.crosstrace.ide.tests.span;
