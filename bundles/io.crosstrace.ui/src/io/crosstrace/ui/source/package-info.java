/**
 * Opens the Java method behind a span: {@link io.crosstrace.ui.source.SourceOpener} asks the index, opens the
 * editor, lets a person choose, or says why it cannot. Decides nothing about matching.
 */
package io.crosstrace.ui.source;
