/**
 * What several test modules share: spans drawn as text ({@link io.crosstrace.testing.Drawn}) and captured
 * bytes without a kernel ({@link io.crosstrace.testing.Captured}).
 */
package io.crosstrace.testing;
