/**
 * The plug-in's window: the perspective and what its views share. {@link io.crosstrace.ui.CrossTracePerspective}
 * says where each view stands. Views live in packages of their own, know the session through
 * io.crosstrace.ide, and of each other what is public: one leads to another.
 */
package io.crosstrace.ui;
