/** Databases. */
package io.crosstrace.core.protocol.db;
