package io.crosstrace.ui.source;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.SpanQuery;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.osgi.service.prefs.BackingStoreException;

/** Which method a person chose where several fitted, kept with the workspace. Any thread. */
public final class Choices {
	private Choices() {
	}

	/** The candidate chosen before for spans of this service and route, if it is one still. */
	static Optional<Endpoint> remembered(SpanQuery query, List<Endpoint> candidates) {
		for (Endpoint candidate : candidates) {
			if (candidate.place().key().equals(node().get(key(query, candidate), ""))) {
				return Optional.of(candidate);
			}
		}
		return Optional.empty();
	}

	static void remember(SpanQuery query, Endpoint chosen) {
		node().put(key(query, chosen), chosen.place().key());
		save();
	}

	/** Forgets every choice. */
	public static void forget() {
		try {
			node().clear();
			save();
		} catch (BackingStoreException e) {
			CrossTrace.log(CrossTrace.warning("The chosen methods could not be forgotten.", e));
		}
	}

	/** By route, not by path: a choice holds for every order, not for order 7 only. */
	private static String key(SpanQuery query, Endpoint candidate) {
		return query.service() + " " + query.side() + " " + query.verb() + " " + candidate.pattern();
	}

	private static void save() {
		try {
			node().flush();
		} catch (BackingStoreException e) {
			CrossTrace.log(CrossTrace.warning("A chosen method could not be remembered.", e));
		}
	}

	private static IEclipsePreferences node() {
		return (IEclipsePreferences) InstanceScope.INSTANCE.getNode(CrossTrace.PLUGIN_ID).node("choices");
	}
}
