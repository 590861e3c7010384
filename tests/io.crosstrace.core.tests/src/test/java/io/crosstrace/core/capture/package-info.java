/** The ring laid out by hand, and recordings. */
package io.crosstrace.core.capture;
