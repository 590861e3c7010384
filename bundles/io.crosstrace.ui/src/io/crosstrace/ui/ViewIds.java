package io.crosstrace.ui;

import java.util.List;

/** The ids under which plugin.xml registers the views. */
public final class ViewIds {
	public static final String AGENTS = "io.crosstrace.ui.agents";
	public static final String TRACES = "io.crosstrace.ui.traces";
	public static final String TIMELINE = "io.crosstrace.ui.timeline";
	public static final String SERVICES = "io.crosstrace.ui.services";
	public static final String LATENCY = "io.crosstrace.ui.latency";
	public static final String SPAN = "io.crosstrace.ui.span";
	public static final String COMPARE = "io.crosstrace.ui.compare";
	public static final List<String> ALL = List.of(AGENTS, TRACES, TIMELINE, SERVICES, LATENCY, SPAN, COMPARE);

	private ViewIds() {
	}
}
