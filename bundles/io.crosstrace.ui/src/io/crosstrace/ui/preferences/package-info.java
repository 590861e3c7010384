/** What a person can set for the whole plug-in, and the page to set it on. */
package io.crosstrace.ui.preferences;
