/** Tests of launches that are traced. */
package io.crosstrace.ide.tests.launch;
