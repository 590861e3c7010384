package io.crosstrace.ui.traces;

import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.filter.Completion;
import io.crosstrace.ide.filter.Query;
import io.crosstrace.ide.filter.QueryProblem;
import io.crosstrace.ui.Named;
import io.crosstrace.ui.Theme;
import io.crosstrace.ui.preferences.SavedFilters;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jface.bindings.keys.KeyStroke;
import org.eclipse.jface.bindings.keys.ParseException;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.fieldassist.ContentProposal;
import org.eclipse.jface.fieldassist.ContentProposalAdapter;
import org.eclipse.jface.fieldassist.IContentProposal;
import org.eclipse.jface.fieldassist.TextContentAdapter;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.ToolBar;
import org.eclipse.swt.widgets.ToolItem;

/**
 * Where a filter is typed: proposes how it may go on, remembers what was looked for, and says below itself what is wrong
 * with it; while something is, the last good filter stays. UI thread.
 */
final class FilterField extends Composite {
	private final Supplier<Traces> traces;
	private final Text text;
	private final Label problem;
	private final ContentProposalAdapter proposals;
	private Consumer<Query> listener = query -> { };
	private Query query = Query.ALL;

	/** A proposal that knows where what it replaces begins. */
	private static final class Replacing extends ContentProposal {
		final Completion.Proposal proposal;

		Replacing(Completion.Proposal proposal) {
			super(proposal.text(), proposal.label(), null);
			this.proposal = proposal;
		}
	}

	/** @param traces whose names are proposed */
	FilterField(Composite parent, Supplier<Traces> traces) {
		super(parent, SWT.NONE);
		this.traces = traces;
		GridLayoutFactory.fillDefaults().numColumns(2).spacing(0, 0).applyTo(this);
		text = new Text(this, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
		text.setMessage(Messages.filter);
		Named.by(text, Messages.filter);
		GridDataFactory.fillDefaults().grab(true, false).applyTo(text);
		ToolBar bar = new ToolBar(this, SWT.FLAT);
		ToolItem remembered = new ToolItem(bar, SWT.PUSH);
		remembered.setText("▾");
		remembered.setToolTipText(Messages.filterMenu);
		remembered.addListener(SWT.Selection, event -> openMenu());
		problem = new Label(this, SWT.WRAP);
		GridDataFactory.fillDefaults().grab(true, false).span(2, 1).indent(4, 2).hint(80, SWT.DEFAULT).exclude(true)
				.applyTo(problem);
		problem.setVisible(false);
		text.addListener(SWT.Modify, event -> read());
		text.addListener(SWT.DefaultSelection, event -> remember());
		text.addListener(SWT.FocusOut, event -> remember());
		text.addListener(SWT.KeyDown, event -> {
			if (event.keyCode == SWT.ARROW_DOWN && (event.stateMask & SWT.ALT) != 0) {
				event.doit = false;
				openMenu();
			}
		});
		proposals = new ContentProposalAdapter(text, new TextContentAdapter(), this::propose, ctrlSpace(), new char[0]);
		proposals.setProposalAcceptanceStyle(ContentProposalAdapter.PROPOSAL_IGNORE);
		proposals.addContentProposalListener(this::accept);
	}

	/** @param newListener hears each query that can be read */
	void onQuery(Consumer<Query> newListener) {
		listener = newListener;
	}

	Text text() {
		return text;
	}

	/** The last one that could be read. */
	Query query() {
		return query;
	}

	/** What is wrong with what is typed; empty if nothing is. */
	String problem() {
		return problem.getText();
	}

	boolean isProposing() {
		return proposals.isProposalPopupOpen();
	}

	private void read() {
		String wrong = "";
		try {
			query = Query.of(text.getText());
			listener.accept(query);
		} catch (QueryProblem e) {
			wrong = e.getMessage();
		}
		if (!wrong.equals(problem.getText())) {
			problem.setText(wrong);
			problem.setForeground(Theme.of(text).error());
			problem.setVisible(!wrong.isEmpty());
			((GridData) problem.getLayoutData()).exclude = wrong.isEmpty();
			problem.requestLayout();
		}
	}

	private void remember() {
		if (!isProposing() && problem.getText().isEmpty()) {
			SavedFilters.remember(text.getText().strip());
		}
	}

	private IContentProposal[] propose(String content, int caret) {
		return Completion.at(content, caret, traces.get()).stream().map(Replacing::new).toArray(IContentProposal[]::new);
	}

	private void accept(IContentProposal accepted) {
		Completion.Proposal proposal = ((Replacing) accepted).proposal;
		text.setSelection(proposal.from(), text.getCaretPosition());
		text.insert(proposal.text());
	}

	private void openMenu() {
		Menu menu = new Menu(text);
		SavedFilters.saved().forEach((name, filter) -> item(menu, name + "\t" + cut(filter), () -> text.setText(filter)));
		if (menu.getItemCount() > 0) {
			new MenuItem(menu, SWT.SEPARATOR);
		}
		List<String> recent = SavedFilters.recent();
		recent.forEach(filter -> item(menu, cut(filter), () -> text.setText(filter)));
		if (!recent.isEmpty()) {
			new MenuItem(menu, SWT.SEPARATOR);
		}
		item(menu, Messages.saveFilter, this::save)
				.setEnabled(!text.getText().isBlank() && problem.getText().isEmpty());
		if (!SavedFilters.saved().isEmpty()) {
			MenuItem forget = new MenuItem(menu, SWT.CASCADE);
			forget.setText(Messages.forgetFilter);
			Menu names = new Menu(forget);
			forget.setMenu(names);
			SavedFilters.saved().forEach((name, filter) -> item(names, name, () -> SavedFilters.save(name, null)));
		}
		Point corner = text.toDisplay(0, text.getSize().y);
		menu.setLocation(corner);
		menu.addListener(SWT.Hide, event -> getDisplay().asyncExec(menu::dispose));
		menu.setVisible(true);
	}

	private static String cut(String filter) {
		String shown = filter.length() > 60 ? filter.substring(0, 59) + "…" : filter;
		return shown.replace("&", "&&"); // one alone would mark a letter
	}

	private static MenuItem item(Menu menu, String label, Runnable action) {
		MenuItem item = new MenuItem(menu, SWT.PUSH);
		item.setText(label);
		item.addListener(SWT.Selection, event -> action.run());
		return item;
	}

	private void save() {
		InputDialog dialog = new InputDialog(getShell(), Messages.saveFilter.replace("...", ""), Messages.saveFilterName, "",
				name -> name.isBlank() ? "" : null);
		if (dialog.open() == Window.OK) {
			SavedFilters.save(dialog.getValue().strip(), text.getText().strip());
		}
	}

	private static KeyStroke ctrlSpace() {
		try {
			return KeyStroke.getInstance("Ctrl+Space");
		} catch (ParseException e) {
			throw new IllegalStateException(e);
		}
	}
}
