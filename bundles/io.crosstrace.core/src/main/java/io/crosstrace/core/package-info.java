/**
 * The road from captured bytes to spans with parents, for every host and run-time: java.base only, no
 * OSGi, no I/O but what it is handed. {@code Pipeline} wires the packages below; they do not know it.
 */
package io.crosstrace.core;
