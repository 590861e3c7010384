package io.crosstrace.ui.preferences;

import io.crosstrace.ide.CrossTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;

/** Filters that were looked for lately, and those that have a name, kept with the workspace. Any thread. */
public final class SavedFilters {
	private static final String RECENT = "recentFilters";
	private static final String SAVED = "savedFilters";
	private static final int MOST_RECENT = 15;

	private SavedFilters() {
	}

	/** Newest first. */
	public static List<String> recent() {
		return node().get(RECENT, "").lines().filter(line -> !line.isBlank()).toList();
	}

	/** Puts a filter at the beginning of the recent ones; an empty one is nothing to remember. */
	public static void remember(String filter) {
		if (filter.isBlank() || filter.contains("\n")) {
			return;
		}
		List<String> recent = new ArrayList<>(recent());
		recent.remove(filter);
		recent.add(0, filter);
		node().put(RECENT, String.join("\n", recent.subList(0, Math.min(MOST_RECENT, recent.size()))));
		flush();
	}

	/** Filters by their names. */
	public static Map<String, String> saved() {
		Map<String, String> saved = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		try {
			for (String name : names().keys()) {
				saved.put(name, names().get(name, ""));
			}
		} catch (BackingStoreException e) {
			CrossTrace.log(CrossTrace.warning("The saved filters cannot be read: " + e.getMessage(), e));
		}
		return saved;
	}

	/** @param filter null to forget the name */
	public static void save(String name, String filter) {
		if (filter == null) {
			names().remove(name);
		} else {
			names().put(name, filter);
		}
		flush();
	}

	private static IEclipsePreferences node() {
		return InstanceScope.INSTANCE.getNode(CrossTrace.PLUGIN_ID);
	}

	private static Preferences names() {
		return node().node(SAVED);
	}

	private static void flush() {
		try {
			node().flush();
		} catch (BackingStoreException e) {
			CrossTrace.log(CrossTrace.warning("The filters cannot be saved: " + e.getMessage(), e));
		}
	}
}
