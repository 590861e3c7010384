package io.crosstrace.ui.agents;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to do about a loss. An agent names its losses in words, and a newer one may name others: those get no advice.
 * Pure.
 */
final class Advice {
	private static final Map<String, String> BY_BEGINNING = new LinkedHashMap<>();

	static {
		BY_BEGINNING.put("records lost: the ring was full", Messages.adviceRing);
		BY_BEGINNING.put("connections not tracked", Messages.adviceNotTracked);
		BY_BEGINNING.put("records of connections beyond", Messages.adviceConnections);
		BY_BEGINNING.put("options left out", Messages.adviceOptions);
		BY_BEGINNING.put("options not believed", Messages.adviceDisagrees);
		BY_BEGINNING.put("child processes not watched", Messages.adviceChildren);
		BY_BEGINNING.put("connections older than the agent", Messages.adviceOld);
		BY_BEGINNING.put("sends without payload", Messages.adviceTwoSenders);
		BY_BEGINNING.put("bytes missing in the middle", Messages.adviceHoles);
		BY_BEGINNING.put("requests whose answer was not seen", Messages.adviceHoles);
		BY_BEGINNING.put("answers whose request was not seen", Messages.adviceBegun);
		BY_BEGINNING.put("times the messages of a connection", Messages.adviceSync);
		BY_BEGINNING.put("times a connection did not speak", Messages.adviceSync);
		BY_BEGINNING.put("spans that never arrived here", Messages.adviceSlow);
		BY_BEGINNING.put("spans not exported", Messages.adviceExport);
	}

	private Advice() {
	}

	/** A sentence, or empty if there is nothing to be done. */
	static String of(String reason) {
		for (Map.Entry<String, String> entry : BY_BEGINNING.entrySet()) {
			if (reason.startsWith(entry.getKey())) {
				return entry.getValue();
			}
		}
		return "";
	}
}
