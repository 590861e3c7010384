/** Tests of io.crosstrace.ide.filter, with queries as people type them. */
package io.crosstrace.ide.tests.filter;
