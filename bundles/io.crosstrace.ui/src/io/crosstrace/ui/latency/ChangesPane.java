package io.crosstrace.ui.latency;

import io.crosstrace.ide.latency.LatencyDiff;
import io.crosstrace.ide.latency.LatencyDiff.Group;
import io.crosstrace.ide.latency.LatencyDiff.Row;
import io.crosstrace.ide.latency.LatencyDiff.Side;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.Named;
import io.crosstrace.ui.Theme;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

/** What got slower, and where: a sentence, and the steps of the average request, largest difference first. UI thread. */
public final class ChangesPane extends Composite {
	private static final int MOST_ROWS = 100;
	/** Steps that make a smaller part of the difference are not named in the sentence. */
	private static final double LEAST_CAUSE = 0.15;
	private static final int DIFFERENCE = 3;

	private final Label sentence;
	private final Table table;
	private Consumer<Row> listener = row -> { };
	private List<Row> rows = List.of();
	private double largest = 1;

	/**
	 * Two groups that were compared, and what to call them.
	 *
	 * @param group the one that was compared
	 * @param nameA of the one compared with, such as "Others"
	 */
	record Changes(LatencyDiff diff, Group group, String nameA, String nameB) {
	}

	ChangesPane(Composite parent) {
		super(parent, SWT.NONE);
		GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(this);
		sentence = new Label(this, SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).hint(80, SWT.DEFAULT).applyTo(sentence);
		table = new Table(this, SWT.FULL_SELECTION | SWT.SINGLE | SWT.VIRTUAL);
		table.setHeaderVisible(true);
		Named.by(table, Messages.paneChanges);
		GridDataFactory.fillDefaults().grab(true, true).hint(80, 40).applyTo(table);
		for (String title : new String[] { Messages.where, "", "", Messages.difference }) {
			new TableColumn(table, table.getColumnCount() == 0 ? SWT.LEFT : SWT.RIGHT).setText(title);
		}
		table.addListener(SWT.Resize, event -> fit());
		table.addListener(SWT.SetData, this::fill);
		table.addListener(SWT.EraseItem, this::bar);
		table.addListener(SWT.DefaultSelection, event -> {
			if (table.getSelectionIndex() >= 0) {
				listener.accept(rows.get(table.getSelectionIndex()));
			}
		});
	}

	/** @param newListener hears whose traces a person wants to see */
	void onOpen(Consumer<Row> newListener) {
		listener = newListener;
	}

	/** What the rows say in a sentence. */
	public String sentence() {
		return sentence.getText();
	}

	/** The steps, for whoever wants to look closely. */
	public Table table() {
		return table;
	}

	@Override
	public boolean setFocus() {
		return table.setFocus();
	}

	void show(Changes changes) {
		LatencyDiff diff = changes.diff;
		rows = diff.rows().subList(0, Math.min(MOST_ROWS, diff.rows().size()));
		largest = rows.isEmpty() ? 1 : Math.max(1, Math.abs(rows.get(0).delta()));
		table.getColumn(1).setText(changes.nameA);
		table.getColumn(2).setText(changes.nameB);
		String text = sentence(changes);
		if (!text.equals(sentence.getText())) {
			sentence.setText(text);
			layout();
		}
		table.setItemCount(rows.size());
		table.clearAll();
	}

	private static String sentence(Changes changes) {
		LatencyDiff diff = changes.diff;
		String sides = side(changes.nameB, diff.b()) + " " + side(changes.nameA, diff.a());
		if (diff.a().times().total() == 0 || diff.b().times().total() == 0) {
			return sides + " " + Messages.nothingToCompare;
		}
		StringBuilder causes = new StringBuilder();
		for (Row row : diff.rows()) {
			if (Math.abs(row.delta()) < LEAST_CAUSE * Math.abs(diff.deltaNanos()) || causes.length() > 80) {
				break;
			}
			causes.append(causes.isEmpty() ? "" : "; ").append(name(row)).append(' ').append(signed(row.delta()));
		}
		return sides + " " + Messages.bind(causes.isEmpty() ? Messages.changed : Messages.changedMostly,
				signed(diff.deltaNanos()), causes);
	}

	private static String side(String name, Side side) {
		return Messages.bind(Messages.side, new Object[] { name, String.format("%,d", side.times().total()),
				Durations.text(Math.round(side.meanNanos())), String.format("%,d", side.failed()) });
	}

	private static String name(Row row) {
		return row.own() ? Messages.ownWork : row.onTheWay()
				? Messages.bind(Messages.onTheWay, row.service(), row.operation()) : row.service() + "  " + row.operation();
	}

	private static String signed(double nanos) {
		long whole = Math.round(nanos);
		return (whole > 0 ? "+" : "") + Durations.text(whole);
	}

	private void fill(Event event) {
		TableItem item = (TableItem) event.item;
		Row row = rows.get(event.index);
		item.setText(new String[] { name(row), value(row.a(), row.callsA()), value(row.b(), row.callsB()),
				Math.round(row.delta()) == 0 ? "=" : signed(row.delta()) });
		Theme theme = Theme.of(table);
		boolean small = Math.abs(row.delta()) < largest / 50;
		item.setForeground(DIFFERENCE, small ? theme.quiet() : row.delta() > 0 ? theme.warning() : theme.good());
	}

	/** How often as well, where that is not once a request. */
	private static String value(double nanos, double calls) {
		if (calls == 0) {
			return "–";
		}
		String time = Durations.text(Math.round(nanos));
		return calls < 1.05 && calls > 0.95 ? time : String.format("%.1f × %s", calls, Durations.text(Math.round(nanos / calls)));
	}

	/** A bar behind the difference, as long as it is large. */
	private void bar(Event event) {
		if (event.index == DIFFERENCE && (event.detail & SWT.SELECTED) == 0) {
			Row row = rows.get(table.indexOf((TableItem) event.item));
			Rectangle cell = ((TableItem) event.item).getBounds(DIFFERENCE);
			int width = (int) Math.round((cell.width - 6) * Math.abs(row.delta()) / largest);
			Theme theme = Theme.of(table);
			event.gc.setAlpha(50);
			event.gc.setBackground(row.delta() > 0 ? theme.warning() : theme.good());
			event.gc.fillRectangle(cell.x + cell.width - 3 - width, cell.y + 2, width, cell.height - 4);
			event.gc.setAlpha(255);
		}
	}

	private void fit() {
		int width = table.getClientArea().width;
		int number = Math.clamp(width / 6, 72, 120);
		table.getColumn(0).setWidth(Math.max(100, width - 3 * number));
		for (int column = 1; column <= DIFFERENCE; column++) {
			table.getColumn(column).setWidth(number);
		}
	}
}
