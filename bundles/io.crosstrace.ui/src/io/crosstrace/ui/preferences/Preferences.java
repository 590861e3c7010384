package io.crosstrace.ui.preferences;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.source.EndpointIndex;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.preference.IPreferenceStore;
import org.eclipse.ui.preferences.ScopedPreferenceStore;

/** The settings by name. They live in the headless bundle's node, which reads them without a window. */
public final class Preferences {
	/** Whether the workspace's endpoints are looked for. */
	public static final String ENDPOINTS = "endpoints";
	/** Whether numbers are shown above methods in Java editors. */
	public static final String MININGS = "minings";
	/** How far back those numbers look, in minutes. */
	public static final String WINDOW_MINUTES = "windowMinutes";
	private static final int DEFAULT_WINDOW_MINUTES = 5;
	/** Most spans held in memory; read when the IDE starts. */
	public static final String SPAN_BUDGET = Session.SPAN_BUDGET;

	/** A filter: traces whose root passes it are muted. */
	public static final String MUTED = "mutedTraces";
	/** Whether they are. */
	public static final String MUTING = "muting";
	/** What probes of container platforms, load balancers and monitoring ask for. */
	private static final String NOISE = "root.name =~ \"(GET|HEAD|OPTIONS) (/actuator|/q|/api|/manage)?/(health|healthz|livez|readyz|"
			+ "liveness|readiness|live|ready|ping|metrics|prometheus|favicon\\.ico)(/.*)?\""
			+ " || root.name =~ \"/?grpc\\.health\\.v1\\.Health/.*\"";

	private Preferences() {
	}

	/** Which traces are muted, as a filter. Any thread. */
	public static String muted() {
		return Platform.getPreferencesService().getString(CrossTrace.PLUGIN_ID, MUTED, NOISE, null);
	}

	/** Whether they are. Any thread. */
	public static boolean muting() {
		return Platform.getPreferencesService().getBoolean(CrossTrace.PLUGIN_ID, MUTING, true, null);
	}

	public static void mute(boolean on) {
		InstanceScope.INSTANCE.getNode(CrossTrace.PLUGIN_ID).putBoolean(MUTING, on);
	}

	/** Any thread. */
	public static boolean endpoints() {
		return Platform.getPreferencesService().getBoolean(CrossTrace.PLUGIN_ID, ENDPOINTS, true, null);
	}

	/** Whether numbers are to be shown in editors; never where the workspace's endpoints are not looked for. Any thread. */
	public static boolean minings() {
		return endpoints() && Platform.getPreferencesService().getBoolean(CrossTrace.PLUGIN_ID, MININGS, true, null);
	}

	/** How far back numbers in editors look. Any thread. */
	public static long windowNanos() {
		return 60_000_000_000L * Platform.getPreferencesService().getInt(CrossTrace.PLUGIN_ID, WINDOW_MINUTES,
				DEFAULT_WINDOW_MINUTES, null);
	}

	/** A new store over the shared node. */
	static IPreferenceStore store() {
		var defaults = DefaultScope.INSTANCE.getNode(CrossTrace.PLUGIN_ID);
		defaults.putBoolean(ENDPOINTS, true);
		defaults.putBoolean(MININGS, true);
		defaults.putInt(WINDOW_MINUTES, DEFAULT_WINDOW_MINUTES);
		defaults.putInt(SPAN_BUDGET, Session.DEFAULT_SPAN_BUDGET);
		defaults.putBoolean(Session.RECORD, true);
		defaults.putInt(Session.RECORD_LIMIT, Session.DEFAULT_RECORD_LIMIT);
		defaults.put(MUTED, NOISE);
		return new ScopedPreferenceStore(InstanceScope.INSTANCE, CrossTrace.PLUGIN_ID);
	}

	/** Starts reading the workspace before the first span asks; does nothing where that is switched off. */
	public static void warmUp() {
		if (endpoints()) {
			Job.createSystem("CrossTrace", monitor -> {
				EndpointIndex.shared();
			}).schedule();
		}
	}
}
