/**
 * The plug-in's window: the perspective and what its views share. {@link io.crosstrace.ui.CrossTracePerspective}
 * says where each view stands. Views live in packages of their own, know the session through
 * io.crosstrace.ide, and never each other.
 */
package io.crosstrace.ui;
