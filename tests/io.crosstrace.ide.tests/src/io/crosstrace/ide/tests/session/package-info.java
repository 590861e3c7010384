/** Tests of io.crosstrace.ide.session, with spans that really arrive. */
package io.crosstrace.ide.tests.session;
