package io.crosstrace.ui.timeline;

import io.crosstrace.ide.debug.Pause;
import io.crosstrace.ide.debug.Pauses;
import io.crosstrace.ide.debug.SuspendedTime;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.TimelinePicture;
import io.crosstrace.ui.Theme;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;

/**
 * Hatches the part of a bar in which somebody held the request up in the debugger. Keeps what it found for the trace
 * shown last; looking costs nothing for a trace without pauses. UI thread.
 */
final class HeldUp {
	private static final int STEP_PX = 6;

	private TimelineLayout layout;
	private List<Pause> pauses;
	private SuspendedTime time = SuspendedTime.NONE;

	/**
	 * Paints over a bar.
	 *
	 * @param left where the bars' area begins
	 * @param y top of the row, which is {@code height} high and clips what is painted
	 */
	void paint(GC gc, Theme theme, TimelineLayout shown, TimelinePicture picture, int index, int left, int y, int height) {
		long[] pieces = time(shown).pieces(shown.trace().row(index));
		if (pieces.length == 0) {
			return;
		}
		long base = shown.startNanos(index) - shown.traces().spans().startNanos.get(shown.trace().row(index));
		gc.setAntialias(SWT.ON);
		for (int i = 0; i < pieces.length; i += 2) {
			int from = Math.max(left, left + picture.xOf(pieces[i] + base));
			int to = Math.max(from + 2, Math.min(left + picture.widthPx(), left + picture.xOf(pieces[i + 1] + base)));
			gc.setBackground(theme.background());
			gc.setAlpha(150);
			gc.fillRectangle(from, y + 2, to - from, height - 4);
			gc.setAlpha(255);
			gc.setForeground(theme.warning());
			gc.setClipping(from, y + 2, to - from, height - 4);
			for (int x = from - height; x < to; x += STEP_PX) {
				gc.drawLine(x, y + height - 2, x + height - 4, y + 2);
			}
			gc.drawRectangle(from, y + 2, to - from - 1, height - 5);
		}
	}

	private SuspendedTime time(TimelineLayout shown) {
		List<Pause> all = Pauses.shared().all();
		if (layout != shown || pauses != all) {
			layout = shown;
			pauses = all;
			time = SuspendedTime.of(shown.traces(), shown.trace(), all);
		}
		return time;
	}
}
