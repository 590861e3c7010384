/**
 * CrossTrace inside Java editors: numbers above mapped methods ({@link io.crosstrace.ui.editor.MethodMinings}), marks at
 * their rulers, from a method to its traces, and trace ids in consoles. Counts nothing itself.
 */
package io.crosstrace.ui.editor;
