package io.crosstrace.ui;

import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;

/** Entries of tool bars and menus. UI thread. */
public final class Actions {
	private Actions() {
	}

	/** @param icon as for {@link Icons#descriptor}, or null for none */
	public static IAction of(String name, String icon, Runnable run) {
		Action action = new Action(name) {
			@Override
			public void run() {
				run.run();
			}
		};
		if (icon != null) {
			action.setImageDescriptor(Icons.descriptor(icon));
		}
		return action;
	}
}
