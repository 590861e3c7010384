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
	/** Most spans held in memory; read when the IDE starts. */
	public static final String SPAN_BUDGET = Session.SPAN_BUDGET;

	private Preferences() {
	}

	/** Any thread. */
	public static boolean endpoints() {
		return Platform.getPreferencesService().getBoolean(CrossTrace.PLUGIN_ID, ENDPOINTS, true, null);
	}

	/** A new store over the shared node. */
	static IPreferenceStore store() {
		var defaults = DefaultScope.INSTANCE.getNode(CrossTrace.PLUGIN_ID);
		defaults.putBoolean(ENDPOINTS, true);
		defaults.putInt(SPAN_BUDGET, Session.DEFAULT_SPAN_BUDGET);
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
