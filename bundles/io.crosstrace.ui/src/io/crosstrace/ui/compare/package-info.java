/** The Compare view, with {@link io.crosstrace.ui.compare.CompareView} as its main class: two traces side by side. */
package io.crosstrace.ui.compare;
