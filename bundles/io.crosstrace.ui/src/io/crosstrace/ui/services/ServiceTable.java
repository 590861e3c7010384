package io.crosstrace.ui.services;

import io.crosstrace.ide.services.ServiceGraph;
import io.crosstrace.ide.services.ServiceGraph.Numbers;
import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ui.Named;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;

/** The same numbers in rows, sorted by any column; what a screen reader reads best. UI thread. */
final class ServiceTable {
	private static final int NUMBER_PX = 72;
	private static final int LEAST_NAME_PX = 120;

	/** A line: a service, or a call between two. */
	private record Row(String name, ServiceGraph.Node node, Numbers numbers) {
	}

	private final Table table;
	private ServiceGraph graph = ServiceGraph.EMPTY;
	private List<Row> rows = List.of();
	private int column;
	private boolean down;

	ServiceTable(Composite parent, Consumer<ServiceGraph.Node> open) {
		table = new Table(parent, SWT.FULL_SELECTION | SWT.SINGLE);
		table.setHeaderVisible(true);
		Named.by(table, Messages.tableName);
		String[] names = { Messages.columnName, Messages.columnRate, Messages.columnErrors, Messages.columnP50,
				Messages.columnP95, Messages.columnCount };
		for (int i = 0; i < names.length; i++) {
			int index = i;
			TableColumn header = new TableColumn(table, i == 0 ? SWT.LEFT : SWT.RIGHT);
			header.setText(names[i]);
			header.setWidth(i == 0 ? 240 : NUMBER_PX);
			header.addListener(SWT.Selection, event -> sort(index));
		}
		table.addListener(SWT.Resize, event -> table.getColumn(0).setWidth(
				Math.max(LEAST_NAME_PX, table.getClientArea().width - (names.length - 1) * NUMBER_PX)));
		table.setSortColumn(table.getColumn(0));
		table.setSortDirection(SWT.UP);
		table.addListener(SWT.DefaultSelection, event -> {
			int row = table.getSelectionIndex();
			if (row >= 0 && rows.get(row).node != null) {
				open.accept(rows.get(row).node);
			}
		});
	}

	Table control() {
		return table;
	}

	/** Swaps the numbers; the chosen row stays chosen by its name. */
	void show(ServiceGraph newGraph) {
		graph = newGraph;
		String chosen = table.getSelectionIndex() < 0 ? "" : rows.get(table.getSelectionIndex()).name;
		List<Row> next = new ArrayList<>();
		graph.nodes().forEach(node -> next.add(new Row(node.name(), node.watched() ? node : null,
				node.numbers())));
		graph.calls().forEach(call -> next.add(new Row(GraphTexts.ends(graph, call), null, call.numbers())));
		next.sort(down ? order().reversed() : order());
		rows = next;
		table.setItemCount(rows.size());
		for (int i = 0; i < rows.size(); i++) {
			fill(table.getItem(i), rows.get(i));
			if (rows.get(i).name.equals(chosen)) {
				table.setSelection(i);
			}
		}
	}

	private Comparator<Row> order() {
		return switch (column) {
			case 1, 5 -> Comparator.comparingLong((Row row) -> row.numbers.count());
			case 2 -> Comparator.comparingDouble((Row row) -> row.numbers.errorRate());
			case 3 -> Comparator.comparingLong((Row row) -> row.numbers.p50Nanos());
			case 4 -> Comparator.comparingLong((Row row) -> row.numbers.p95Nanos());
			default -> Comparator.comparing((Row row) -> row.name);
		};
	}

	private void sort(int index) {
		down = column == index ? !down : index != 0; // the largest number is what is looked for
		column = index;
		table.setSortColumn(table.getColumn(index));
		table.setSortDirection(down ? SWT.DOWN : SWT.UP);
		show(graph);
	}

	private void fill(TableItem item, Row row) {
		Numbers numbers = row.numbers;
		boolean any = numbers.count() > 0;
		item.setText(new String[] { row.name, any ? GraphTexts.rate(graph.rate(numbers)) : "",
				any ? GraphTexts.percent(numbers) + " %" : "", any ? Durations.text(numbers.p50Nanos()) : "",
				any ? Durations.text(numbers.p95Nanos()) : "", any ? String.valueOf(numbers.count()) : "" });
	}
}
