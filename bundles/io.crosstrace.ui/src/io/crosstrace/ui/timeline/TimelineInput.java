package io.crosstrace.ui.timeline;

import io.crosstrace.ide.timeline.Focus;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.TimelinePicture;
import io.crosstrace.ide.timeline.TimelineRows;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.GestureEvent;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Event;

/** What keys, mouse, wheel and touchpad do to a {@link TimelineCanvas}. UI thread. */
final class TimelineInput {
	private static final double ZOOM_STEP = 1.25;
	private static final int GRAB_PX = 4;
	private static final int SNAP_PX = 6;

	private enum Drag {
		NONE, PAN, ZOOM, SPLIT, OVERVIEW, MEASURE
	}

	private final TimelineCanvas canvas;
	private Drag drag = Drag.NONE;
	private Point dragStart;
	private long dragFrom;
	private long dragTo;
	private int dragTop;
	private double magnified = 1;

	TimelineInput(TimelineCanvas canvas) {
		this.canvas = canvas;
		canvas.addListener(SWT.MouseVerticalWheel, this::wheel);
		canvas.addListener(SWT.MouseHorizontalWheel, event -> canvas.pan(-event.count * 0.03));
		canvas.addListener(SWT.MouseDown, this::mouseDown);
		canvas.addListener(SWT.MouseMove, this::mouseMove);
		canvas.addListener(SWT.MouseUp, this::mouseUp);
		canvas.addListener(SWT.MouseExit, event -> canvas.hover(-1, 0));
		canvas.addListener(SWT.MouseDoubleClick, this::doubleClick);
		canvas.addListener(SWT.KeyDown, this::key);
		canvas.addListener(SWT.Traverse, event -> event.doit = event.detail == SWT.TRAVERSE_TAB_NEXT
				|| event.detail == SWT.TRAVERSE_TAB_PREVIOUS);
		canvas.addGestureListener(this::gesture);
	}

	private double share(int x) {
		TimelineCanvas.Bounds bounds = canvas.bounds();
		double share = (x - bounds.treeWidth()) / (double) Math.max(1, bounds.barsWidth());
		return Math.max(0, Math.min(1, share));
	}

	/** Two fingers that part or close zoom around the point between them. */
	private void gesture(GestureEvent event) {
		if (event.detail == SWT.GESTURE_BEGIN) {
			magnified = 1;
		} else if (event.detail == SWT.GESTURE_MAGNIFY && event.magnification > 0) {
			canvas.zoom(event.magnification / magnified, share(event.x));
			magnified = event.magnification;
		}
	}

	private void wheel(Event event) {
		if (canvas.timeline() == null) {
			return;
		}
		event.doit = false;
		if ((event.stateMask & SWT.MOD1) != 0) {
			canvas.zoom(Math.pow(ZOOM_STEP, Math.signum(event.count)), share(event.x));
		} else if ((event.stateMask & SWT.SHIFT) != 0) {
			canvas.pan(-Math.signum(event.count) * 0.1);
		} else {
			canvas.scroll(-event.count);
		}
	}

	private void mouseDown(Event event) {
		canvas.forceFocus();
		if (canvas.timeline() == null || event.button != 1) {
			return;
		}
		TimelineCanvas.Bounds bounds = canvas.bounds();
		dragStart = new Point(event.x, event.y);
		dragFrom = canvas.fromNanos();
		dragTo = canvas.toNanos();
		dragTop = canvas.topRow();
		if (Math.abs(event.x - bounds.treeWidth()) <= GRAB_PX) {
			drag = Drag.SPLIT;
		} else if (event.y < canvas.painter().headerHeight()) {
			drag = event.x < bounds.treeWidth() ? Drag.NONE
					: event.y < canvas.painter().rulerTop() ? Drag.OVERVIEW : Drag.ZOOM;
			overview(event);
		} else if ((event.stateMask & SWT.SHIFT) != 0 && event.x > bounds.treeWidth()) {
			drag = Drag.MEASURE;
			long at = snapped(event);
			canvas.measure(Measure.between(at, at));
		} else {
			press(event);
			drag = event.x > bounds.treeWidth() ? Drag.PAN : Drag.NONE;
		}
	}

	private void press(Event event) {
		int row = canvas.rowAt(event.y);
		if (row < 0) {
			return;
		}
		int index = canvas.rows().index(row);
		TimelinePicture.Line line = canvas.picture() == null ? null : canvas.picture().line(row);
		if (line != null && line.children()
				&& canvas.painter().twistie(line, row - canvas.topRow(), canvas.bounds()).contains(event.x, event.y)) {
			canvas.toggle(index);
		} else {
			chooseRow(row);
		}
	}

	private long snapped(Event event) {
		TimelinePicture picture = canvas.picture();
		return picture == null ? 0 : canvas.timeline().snap(picture, event.x - canvas.bounds().treeWidth(), SNAP_PX);
	}

	private void mouseMove(Event event) {
		TimelineCanvas.Bounds bounds = canvas.bounds();
		switch (drag) {
			case SPLIT -> canvas.split(event.x / (double) Math.max(1, bounds.width()));
			case PAN -> {
				double moved = (dragStart.x - event.x) / (double) Math.max(1, bounds.barsWidth());
				long by = Math.round(moved * (dragTo - dragFrom));
				canvas.scroll(dragTop + (dragStart.y - event.y) / canvas.painter().rowHeight() - canvas.topRow());
				canvas.look(dragFrom + by, dragTo + by);
			}
			case ZOOM -> canvas.zoomRange(dragStart.x, event.x);
			case OVERVIEW -> overview(event);
			case MEASURE -> canvas.measure(Measure.between(canvas.measured().a(), snapped(event)));
			default -> {
				canvas.setCursor(canvas.getDisplay().getSystemCursor(canvas.timeline() != null
						&& Math.abs(event.x - bounds.treeWidth()) <= GRAB_PX ? SWT.CURSOR_SIZEWE : SWT.CURSOR_ARROW));
				int row = canvas.rowAt(event.y);
				long nanos = canvas.picture() == null ? -1
						: canvas.picture().nanosAt(event.x - bounds.treeWidth());
				canvas.hover(row < 0 ? -1 : canvas.rows().index(row), event.x < bounds.treeWidth() ? -1 : nanos);
			}
		}
	}

	private void mouseUp(Event event) {
		if (drag == Drag.ZOOM && Math.abs(event.x - dragStart.x) > GRAB_PX && canvas.picture() != null) {
			int left = canvas.bounds().treeWidth();
			long a = canvas.picture().nanosAt(dragStart.x - left);
			long b = canvas.picture().nanosAt(event.x - left);
			canvas.look(Math.min(a, b), Math.max(a, b));
		} else if (drag == Drag.MEASURE && canvas.measured().nanos() == 0) {
			canvas.measure(Measure.NONE);
		}
		drag = Drag.NONE;
		canvas.zoomRange(-1, -1);
	}

	/** Moves the visible stretch to where the overview is pressed. */
	private void overview(Event event) {
		if (drag == Drag.OVERVIEW) {
			TimelineCanvas.Bounds bounds = canvas.bounds();
			double at = (event.x - bounds.treeWidth()) / (double) Math.max(1, bounds.barsWidth());
			long middle = Math.round(at * canvas.timeline().durationNanos());
			long half = (canvas.toNanos() - canvas.fromNanos()) / 2;
			canvas.look(middle - half, middle - half + canvas.toNanos() - canvas.fromNanos());
		}
	}

	private void doubleClick(Event event) {
		int row = canvas.rowAt(event.y);
		if (row >= 0) {
			canvas.open(canvas.rows().index(row));
		} else if (canvas.timeline() != null && event.y < canvas.painter().headerHeight()
				&& event.x > canvas.bounds().treeWidth()) {
			canvas.fit();
		}
	}

	private void key(Event event) {
		if (canvas.timeline() == null) {
			return;
		}
		TimelineRows rows = canvas.rows();
		int row = rows.row(canvas.chosen());
		boolean shift = (event.stateMask & SWT.SHIFT) != 0;
		switch (event.keyCode) {
			case SWT.ARROW_UP -> chooseRow(row - 1);
			case SWT.ARROW_DOWN -> chooseRow(row + 1);
			case SWT.PAGE_UP -> chooseRow(row - canvas.visibleRows());
			case SWT.PAGE_DOWN -> chooseRow(row + canvas.visibleRows());
			case SWT.HOME -> chooseRow(0);
			case SWT.END -> chooseRow(rows.size() - 1);
			case SWT.ARROW_LEFT -> left(shift);
			case SWT.ARROW_RIGHT -> right(shift);
			case SWT.CR, SWT.KEYPAD_CR -> canvas.open(canvas.chosen());
			case SWT.ESC -> canvas.measure(Measure.NONE);
			case SWT.KEYPAD_ADD -> canvas.zoom(ZOOM_STEP, 0.5);
			case SWT.KEYPAD_SUBTRACT -> canvas.zoom(1 / ZOOM_STEP, 0.5);
			case SWT.KEYPAD_MULTIPLY -> canvas.change(rows.expand(canvas.chosen()));
			default -> letter(event, shift);
		}
	}

	private void letter(Event event, boolean shift) {
		if ((event.stateMask & (SWT.MOD1 | SWT.ALT)) != 0) {
			return; // a command of the workbench
		}
		TimelineRows rows = canvas.rows();
		TimelineLayout layout = canvas.timeline();
		switch (Character.toLowerCase(event.character)) {
			case '+', '=' -> canvas.zoom(ZOOM_STEP, 0.5);
			case '-' -> canvas.zoom(1 / ZOOM_STEP, 0.5);
			case '*' -> canvas.change(rows.expand(canvas.chosen()));
			case '0' -> canvas.fit();
			case 'f' -> canvas.fitChosen();
			case 'g' -> canvas.change(rows.folded(canvas.chosen()) ? rows.toggle(canvas.chosen())
					: rows.foldGroup(canvas.chosen()));
			case 'c' -> canvas.focus(canvas.focus() == Focus.CRITICAL_PATH ? Focus.ALL : Focus.CRITICAL_PATH);
			case 'm' -> canvas.measureChosen(shift);
			case 'n' -> canvas.nextFound(!shift);
			case '/' -> canvas.find();
			default -> { }
		}
	}

	private void left(boolean shift) {
		int chosen = canvas.chosen();
		TimelineLayout layout = canvas.timeline();
		TimelineRows rows = canvas.rows();
		if (shift) {
			canvas.pan(-0.1);
		} else if (layout.hasChildren(chosen) && !rows.collapsed(chosen)) {
			canvas.toggle(chosen);
		} else if (rows.foldGroup(chosen) != rows) {
			canvas.change(rows.foldGroup(chosen));
		} else if (chosen > 0) {
			canvas.choose(layout.trace().parent(chosen), true);
		}
	}

	private void right(boolean shift) {
		int chosen = canvas.chosen();
		if (shift) {
			canvas.pan(0.1);
		} else if (canvas.rows().collapsed(chosen)) {
			canvas.toggle(chosen);
		} else if (canvas.timeline().hasChildren(chosen)) {
			chooseRow(canvas.rows().row(chosen) + 1);
		}
	}

	private void chooseRow(int row) {
		canvas.choose(canvas.rows().index(Math.max(0, Math.min(canvas.rows().size() - 1, row))), true);
	}
}
