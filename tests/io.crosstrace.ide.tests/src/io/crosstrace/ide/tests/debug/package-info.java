/** Tests of the debugger's part, against a virtual machine that is really debugged. */
package io.crosstrace.ide.tests.debug;
