package io.crosstrace.ui.tests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import org.eclipse.ui.IViewPart;
import org.junit.jupiter.api.Test;

class PerspectiveTest {
	private final Bot bot = new Bot();

	@Test
	void perspective_showsEveryViewWithoutAnError() {
		bot.perspective(CrossTracePerspective.ID);
		assertAll(ViewIds.ALL.stream().map(id -> () -> {
			IViewPart view = bot.view(id, IViewPart.class);
			assertNotNull(view.getTitleImage(), id + " has no icon");
			// The workbench puts a part of its own in the place of one that failed.
			assertTrue(view.getClass().getName().startsWith("io.crosstrace."), id + " failed: see the log");
		}));
		bot.view(ViewIds.TIMELINE, IViewPart.class);
		bot.screenshot("perspective");
	}
}
