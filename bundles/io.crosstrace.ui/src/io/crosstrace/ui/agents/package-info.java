/** The Agents view, with {@link io.crosstrace.ui.agents.AgentsView} as its main class. */
package io.crosstrace.ui.agents;
