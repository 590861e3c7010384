package io.crosstrace.ui.source;

import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;

/** Where a person looks: at the pointer if it is over the control that has the focus, else at that control. */
public final class Beside {
	private static final int OFF = 14;

	private Beside() {
	}

	/** The upper left corner for a window of {@code size}, inside the monitor. UI thread. */
	public static Point place(Shell parent, Point size) {
		Point at = parent.getDisplay().getCursorLocation();
		Control focus = parent.getDisplay().getFocusControl();
		if (focus != null) {
			Rectangle bounds = parent.getDisplay().map(focus, null, new Rectangle(0, 0, focus.getSize().x,
					focus.getSize().y));
			if (!bounds.contains(at)) {
				at = new Point(bounds.x + (bounds.width - size.x) / 2, bounds.y + bounds.height / 4);
			}
		}
		Rectangle screen = parent.getMonitor().getClientArea();
		return new Point(Math.clamp(at.x + OFF, screen.x, Math.max(screen.x, screen.x + screen.width - size.x)),
				Math.clamp(at.y + OFF, screen.y, Math.max(screen.y, screen.y + screen.height - size.y)));
	}
}
