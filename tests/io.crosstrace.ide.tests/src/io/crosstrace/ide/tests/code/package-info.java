/** Tests of what is counted for methods. */
package io.crosstrace.ide.tests.code;
