/**
 * What happened lately in each mapped method: {@link io.crosstrace.ide.code.CodeNumbers} counts,
 * {@link io.crosstrace.ide.code.CodeWatch} keeps the count up to date while somebody looks. May not know editors.
 */
package io.crosstrace.ide.code;
