package io.crosstrace.ui;

import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Layout;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;

/**
 * A control with a line below it that says what is missing, and is not there while nothing is. UI thread.
 */
public final class LossLine extends Composite {
	private static final int HEIGHT = 24;

	private final Consumer<Snapshot> listener = this::told;
	private final Canvas line;
	private Control content;
	private Map<String, Long> lost = Map.of();
	private String sentence = "";

	public LossLine(Composite parent, Session session) {
		super(parent, SWT.NONE);
		line = new Canvas(this, SWT.DOUBLE_BUFFERED);
		line.addPaintListener(event -> paint(event.gc));
		setLayout(new Layout() {
			@Override
			protected Point computeSize(Composite composite, int wHint, int hHint, boolean flush) {
				return content == null ? new Point(0, 0) : content.computeSize(wHint, hHint, flush);
			}

			@Override
			protected void layout(Composite composite, boolean flush) {
				Point size = composite.getSize();
				int height = sentence.isEmpty() ? 0 : HEIGHT;
				line.setBounds(0, size.y - height, size.x, height);
				if (content != null) {
					content.setBounds(0, 0, size.x, size.y - height);
				}
			}
		});
		session.addListener(listener);
		addDisposeListener(event -> session.removeListener(listener));
		show(session.snapshot().lost());
	}

	/** @param control a child of this */
	public void setContent(Control control) {
		content = control;
		layout();
	}

	/** What the line says now; empty if nothing is missing. */
	public String sentence() {
		return sentence;
	}

	@Override
	public boolean setFocus() {
		return content != null && content.setFocus();
	}

	private void told(Snapshot snapshot) {
		Map<String, Long> now = snapshot.lost();
		if (!isDisposed()) {
			getDisplay().asyncExec(() -> {
				if (!isDisposed() && !now.equals(lost)) {
					show(now);
				}
			});
		}
	}

	private void show(Map<String, Long> now) {
		lost = now;
		sentence = sentence(now);
		layout();
		line.redraw();
	}

	private static String sentence(Map<String, Long> lost) {
		if (lost.isEmpty()) {
			return "";
		}
		Map.Entry<String, Long> largest = lost.entrySet().iterator().next();
		String what = String.format("%,d %s", largest.getValue(), largest.getKey());
		return lost.size() == 1 ? Messages.bind(Messages.LossLine_one, what)
				: Messages.bind(Messages.LossLine_more, what, lost.size() - 1);
	}

	private void paint(GC gc) {
		Theme theme = Theme.of(line);
		gc.setBackground(theme.raised());
		gc.fillRectangle(line.getClientArea());
		int height = gc.getFontMetrics().getHeight();
		int y = (line.getSize().y - height) / 2;
		Paint.warningSign(gc, theme, 8, y + (height - 12) / 2, 12);
		gc.setForeground(theme.text());
		Paint.text(gc, sentence, 28, y, line.getSize().x - 32);
	}
}
