/** From spans to Java methods, on real Java projects in the test workspace. */
package io.crosstrace.ide.tests.source;
