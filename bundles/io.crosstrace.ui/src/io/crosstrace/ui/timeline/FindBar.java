package io.crosstrace.ui.timeline;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.timeline.Focus;
import io.crosstrace.ide.timeline.SpanFinder;
import io.crosstrace.ui.Latest;
import java.util.BitSet;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

/** The line in which a person types what to look for in the trace. Hidden until it is asked for. UI thread. */
public final class FindBar extends Composite {
	/** What was found of a trace, for the words of one moment. */
	private record Answer(Trace trace, BitSet found) {
	}

	private final TimelineCanvas canvas;
	private final Text text;
	private final Label count;
	private final Button only;
	private final Latest<Answer> answers;

	FindBar(Composite parent, TimelineCanvas canvas) {
		super(parent, SWT.NONE);
		this.canvas = canvas;
		GridLayoutFactory.fillDefaults().numColumns(6).margins(6, 3).spacing(6, 0).applyTo(this);
		text = new Text(this, SWT.SEARCH | SWT.ICON_CANCEL);
		text.setMessage(Messages.findHint);
		text.setToolTipText(Messages.findTip);
		GridDataFactory.fillDefaults().grab(true, false).minSize(80, SWT.DEFAULT).applyTo(text);
		count = new Label(this, SWT.NONE);
		GridDataFactory.swtDefaults().hint(90, SWT.DEFAULT).applyTo(count);
		only = new Button(this, SWT.CHECK);
		only.setText(Messages.findOnly);
		only.addListener(SWT.Selection, event -> canvas.focus(only.getSelection() ? Focus.FOUND : Focus.ALL));
		button(SWT.ARROW | SWT.UP, Messages.findPrevious, () -> canvas.nextFound(false));
		button(SWT.ARROW | SWT.DOWN, Messages.findNext, () -> canvas.nextFound(true));
		button(SWT.PUSH | SWT.FLAT, Messages.findClose, this::close).setText("×");
		text.addListener(SWT.Modify, event -> find());
		text.addListener(SWT.KeyDown, event -> {
			if (event.keyCode == SWT.ESC) {
				close();
			} else if (event.keyCode == SWT.CR || event.keyCode == SWT.KEYPAD_CR || event.keyCode == SWT.ARROW_DOWN) {
				canvas.nextFound((event.stateMask & SWT.SHIFT) == 0);
			} else if (event.keyCode == SWT.ARROW_UP) {
				canvas.nextFound(false);
			} else {
				return;
			}
			event.doit = false;
		});
		answers = new Latest<>(this, this::show);
		setVisible(false);
	}

	private Button button(int style, String name, Runnable run) {
		Button button = new Button(this, style);
		button.setToolTipText(name);
		button.addListener(SWT.Selection, event -> run.run());
		button.getAccessible().addAccessibleListener(new AccessibleAdapter() {
			@Override
			public void getName(AccessibleEvent event) {
				event.result = name;
			}
		});
		return button;
	}

	/** Shows the line and puts the cursor into it. */
	void open() {
		place(true);
		text.setFocus();
		text.selectAll();
		find();
	}

	private void close() {
		place(false);
		canvas.found(new BitSet());
		if (canvas.focus() == Focus.FOUND) {
			canvas.focus(Focus.ALL);
		}
		only.setSelection(false);
		canvas.setFocus();
	}

	private void place(boolean visible) {
		((GridData) getLayoutData()).exclude = !visible;
		setVisible(visible);
		getParent().getParent().layout(true, true);
	}

	/** Looks again, for the same words in another trace or state of it. */
	void find() {
		if (!getVisible() || canvas.timeline() == null) {
			return;
		}
		Traces traces = canvas.timeline().traces();
		Trace trace = canvas.timeline().trace();
		String words = text.getText();
		answers.ask(() -> new Answer(trace, SpanFinder.find(traces.spans(), trace, words)));
	}

	private void show(Answer answer) {
		if (!getVisible() || canvas.timeline() == null || canvas.timeline().trace() != answer.trace) {
			return;
		}
		int size = answer.found.cardinality();
		count.setText(text.getText().isBlank() ? "" : size == 0 ? Messages.findNone
				: Messages.bind(size == 1 ? Messages.findOne : Messages.findMany, String.format("%,d", size)));
		canvas.found(answer.found);
	}

	/** The field, for tests that type. */
	public Text text() {
		return text;
	}
}
