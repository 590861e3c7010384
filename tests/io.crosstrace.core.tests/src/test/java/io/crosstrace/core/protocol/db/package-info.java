/** Tests of the databases' protocols. */
package io.crosstrace.core.protocol.db;
