package io.crosstrace.ui.preferences;

import io.crosstrace.ide.filter.Query;
import io.crosstrace.ide.filter.QueryProblem;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ui.editor.EditorNumbers;
import io.crosstrace.ui.source.Choices;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.preference.BooleanFieldEditor;
import org.eclipse.jface.preference.FieldEditorPreferencePage;
import org.eclipse.jface.preference.IntegerFieldEditor;
import org.eclipse.jface.preference.StringFieldEditor;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPreferencePage;

/** Preferences > CrossTrace. */
public final class PreferencePage extends FieldEditorPreferencePage implements IWorkbenchPreferencePage {
	private static final int LEAST_SPANS = 10_000;
	private static final int MOST_SPANS = 20_000_000;

	public PreferencePage() {
		super(GRID);
		setPreferenceStore(Preferences.store());
		setDescription(Messages.description);
	}

	@Override
	public void init(IWorkbench workbench) {
		// nothing to know about the workbench
	}

	@Override
	protected void createFieldEditors() {
		Composite parent = getFieldEditorParent();
		addField(new BooleanFieldEditor(Preferences.ENDPOINTS, Messages.endpoints, parent));
		addField(new BooleanFieldEditor(Preferences.MININGS, Messages.minings, parent));
		IntegerFieldEditor window = new IntegerFieldEditor(Preferences.WINDOW_MINUTES, Messages.window, parent, 4);
		window.setValidRange(1, 24 * 60);
		addField(window);
		IntegerFieldEditor budget = new IntegerFieldEditor(Preferences.SPAN_BUDGET, Messages.budget, parent, 9);
		budget.setValidRange(LEAST_SPANS, MOST_SPANS);
		addField(budget);
		addField(new BooleanFieldEditor(Session.RECORD, Messages.record, parent));
		IntegerFieldEditor limit = new IntegerFieldEditor(Session.RECORD_LIMIT, Messages.recordLimit, parent, 9);
		limit.setValidRange(10, 1_000_000);
		addField(limit);
		StringFieldEditor muted = new StringFieldEditor(Preferences.MUTED, Messages.muted, 40, parent) {
			@Override
			protected boolean doCheckState() {
				try {
					Query.of(getStringValue());
					return true;
				} catch (QueryProblem e) {
					setErrorMessage(e.getMessage());
					return false;
				}
			}
		};
		addField(muted);
	}

	@Override
	protected Control createContents(Composite parent) {
		Control fields = super.createContents(parent);
		Composite below = (Composite) fields;
		Label hint = new Label(below, SWT.WRAP);
		hint.setText(Messages.budgetHint);
		GridDataFactory.fillDefaults().span(2, 1).hint(420, SWT.DEFAULT).applyTo(hint);
		Button forget = new Button(below, SWT.PUSH);
		forget.setText(Messages.forget);
		GridDataFactory.swtDefaults().span(2, 1).indent(0, 12).applyTo(forget);
		forget.addListener(SWT.Selection, event -> {
			Choices.forget();
			setMessage(Messages.forgotten, INFORMATION);
		});
		return fields;
	}

	@Override
	public boolean performOk() {
		boolean ok = super.performOk();
		if (Preferences.endpoints()) {
			Preferences.warmUp();
		} else {
			EndpointIndex.closeShared();
		}
		EditorNumbers.preferencesChanged();
		return ok;
	}
}
