/**
 * Finished spans as columns ({@link io.crosstrace.core.span.SpanTable}), strings as ints
 * ({@link io.crosstrace.core.span.Dictionary}), and how spans are named
 * ({@link io.crosstrace.core.span.SpanIds}). A leaf: knows no other package.
 */
package io.crosstrace.core.span;
