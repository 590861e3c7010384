package io.crosstrace.ui.latency;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Layout;

/**
 * The pictures of the Latency view, one below the other, or side by side where it is wide. Where there is no room for
 * all that are wanted, those that a person asked for last stay: a picture too small to read is none. UI thread.
 */
public final class LatencyPanes extends Composite {
	private static final int LEAST_HEIGHT = 104;
	private static final int LEAST_WIDTH = 230;
	private static final int GAP = 2;

	/** In the order they stand. */
	public enum Pane {
		DISTRIBUTION, PERCENTILES, HEAT, CHANGES;

		/** How many times the room of a chart it takes. */
		private int weight() {
			return this == CHANGES ? 2 : 1;
		}
	}

	private final Map<Pane, Control> controls = new EnumMap<>(Pane.class);
	private final Set<Pane> wanted = EnumSet.allOf(Pane.class);
	/** Those there is something to show for. */
	private final Set<Pane> filled = EnumSet.of(Pane.DISTRIBUTION, Pane.PERCENTILES, Pane.HEAT);
	/** The one asked for last stands first. */
	private final List<Pane> byWish = new ArrayList<>(List.of(Pane.CHANGES, Pane.HEAT, Pane.DISTRIBUTION, Pane.PERCENTILES));

	LatencyPanes(Composite parent) {
		super(parent, SWT.NONE);
		setLayout(new Layout() {
			@Override
			protected Point computeSize(Composite composite, int wHint, int hHint, boolean flush) {
				return new Point(LEAST_WIDTH, LEAST_HEIGHT);
			}

			@Override
			protected void layout(Composite composite, boolean flush) {
				place();
			}
		});
	}

	/** @param control a child of this */
	void set(Pane pane, Control control) {
		controls.put(pane, control);
	}

	boolean wants(Pane pane) {
		return wanted.contains(pane);
	}

	/** Shows a pane, before all others if there is little room, or hides it. */
	void want(Pane pane, boolean on) {
		if (on) {
			wanted.add(pane);
			byWish.remove(pane);
			byWish.add(0, pane);
		} else {
			wanted.remove(pane);
		}
		layout();
	}

	/** Whether there is something to show in a pane. */
	void fill(Pane pane, boolean on) {
		if (on ? filled.add(pane) : filled.remove(pane)) {
			layout();
		}
	}

	private void place() {
		Rectangle area = getClientArea();
		boolean wide = area.width > 2 * area.height;
		int room = Math.max(1, wide ? area.width / LEAST_WIDTH : area.height / LEAST_HEIGHT);
		Set<Pane> seen = EnumSet.noneOf(Pane.class);
		int taken = 0;
		for (Pane pane : byWish) {
			if (wanted.contains(pane) && filled.contains(pane) && (taken == 0 || taken + pane.weight() <= room)) {
				seen.add(pane);
				taken += pane.weight();
			}
		}
		int place = 0;
		for (Pane pane : Pane.values()) {
			boolean on = seen.contains(pane);
			controls.get(pane).setVisible(on);
			if (on) {
				int from = (wide ? area.width : area.height) * place / taken;
				place += pane.weight();
				int to = (wide ? area.width : area.height) * place / taken - GAP;
				controls.get(pane).setBounds(wide ? new Rectangle(from, 0, to - from, area.height)
						: new Rectangle(0, from, area.width, to - from));
			}
		}
	}
}
