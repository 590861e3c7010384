/** Makes the agent's packages and uses them as an administrator would, on a copy of this host. */
package io.crosstrace.packages;
