package io.crosstrace.ui;

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
 * A control with a line below it that says how many spans are missing, and is not there while none is. The agents'
 * own counts begin when they start, so what was lost before the session began is not counted. UI thread.
 */
public final class LossLine extends Composite {
	private static final int HEIGHT = 24;

	private final Consumer<Snapshot> listener = this::told;
	private final Canvas line;
	private Control content;
	private long lost;
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
		if (snapshot.lost() != lost && !isDisposed()) {
			getDisplay().asyncExec(() -> {
				if (!isDisposed()) {
					show(snapshot.lost());
				}
			});
		}
	}

	private void show(long count) {
		lost = count;
		sentence = count == 0 ? "" : Messages.bind(Messages.LossLine_lost, String.format("%,d", count));
		layout();
		line.redraw();
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
