/** Attaches to hosts by the real OpenSSH server, each with users, rights and programs of its own. */
package io.crosstrace.ide.tests.remote;
