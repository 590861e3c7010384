/**
 * Databases and caches. Each protocol is a {@link io.crosstrace.core.protocol.Protocol} and its two
 * parsers; {@link io.crosstrace.core.protocol.db.SqlText} tells a statement without its literals. What rows hold is
 * never looked at. One thread.
 */
package io.crosstrace.core.protocol.db;
