/** Asks a person which host to attach to over SSH, and what only a person can answer on the way there. */
package io.crosstrace.ui.remote;
