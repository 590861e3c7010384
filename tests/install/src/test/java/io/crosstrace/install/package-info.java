/** Installs the update site into a clean IDE, as a user does, and starts it. Knows no class of the plug-in. */
package io.crosstrace.install;
