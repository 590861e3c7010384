package io.crosstrace.ui.tests;

import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.ui.PlatformUI;

/** Pictures of the window in both of the workbench's looks, for people to compare. */
final class Looks {
	private static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark";
	private static final String LIGHT = "org.eclipse.e4.ui.css.theme.e4_default";

	private Looks() {
	}

	/** Saves {@code name-light} and {@code name-dark}, and leaves the look light. */
	static void both(Bot bot, String name) {
		bot.screenshot(name + "-light");
		theme(bot, DARK);
		bot.screenshot(name + "-dark");
		theme(bot, LIGHT);
	}

	private static void theme(Bot bot, String id) {
		bot.ui(() -> {
			PlatformUI.getWorkbench().getService(IThemeEngine.class).setTheme(id, false);
			return null;
		});
	}
}
