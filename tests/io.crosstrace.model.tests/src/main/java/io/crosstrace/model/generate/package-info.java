/** Generates the EMF model's Java; the test beside it holds the checked-in code to the .ecore. */
package io.crosstrace.model.generate;
