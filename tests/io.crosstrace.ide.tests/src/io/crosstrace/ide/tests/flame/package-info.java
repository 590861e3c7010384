/** Tests of io.crosstrace.ide.flame. */
package io.crosstrace.ide.tests.flame;
