package io.crosstrace.ui.source;

import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.Link;
import java.util.function.Consumer;
import org.eclipse.jdt.ui.ISharedImages;
import org.eclipse.jdt.ui.JavaUI;
import org.eclipse.jface.dialogs.PopupDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.DelegatingStyledCellLabelProvider;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.StyledString;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;

/** A list of methods beside the pointer, likeliest first. Enter or a click takes one, Esc none. UI thread. */
final class SourceChooser extends PopupDialog {
	private static final int WIDTH = 560;
	private static final int MAX_ROWS = 12;

	private final Link link;
	private final Consumer<Endpoint> chosen;
	private TableViewer list;

	SourceChooser(Shell parent, Link link, Consumer<Endpoint> chosen) {
		super(parent, SWT.RESIZE, true, false, false, false, false, link.reason(), Messages.chooseHint);
		this.link = link;
		this.chosen = chosen;
	}

	@Override
	protected Control createDialogArea(Composite parent) {
		Composite area = (Composite) super.createDialogArea(parent);
		list = new TableViewer(area, SWT.SINGLE | SWT.V_SCROLL);
		list.setContentProvider(ArrayContentProvider.getInstance());
		list.setLabelProvider(new DelegatingStyledCellLabelProvider(new Names()));
		list.setInput(link.candidates());
		list.setSelection(new StructuredSelection(link.candidates().get(0)));
		list.getTable().addListener(SWT.DefaultSelection, event -> take());
		list.getTable().addListener(SWT.MouseUp, event -> {
			if (list.getTable().getItem(new Point(event.x, event.y)) != null) {
				take();
			}
		});
		int rows = Math.min(MAX_ROWS, link.candidates().size());
		GridDataFactory.fillDefaults().grab(true, true)
				.hint(WIDTH, rows * (list.getTable().getItemHeight() + 4)).applyTo(list.getTable());
		return area;
	}

	@Override
	protected Control getFocusControl() {
		return list.getTable();
	}

	@Override
	protected Point getInitialLocation(Point size) {
		return Beside.place(getParentShell(), size);
	}

	private void take() {
		Endpoint endpoint = (Endpoint) ((IStructuredSelection) list.getSelection()).getFirstElement();
		close();
		if (endpoint != null) {
			chosen.accept(endpoint);
		}
	}

	private static final class Names extends LabelProvider
			implements DelegatingStyledCellLabelProvider.IStyledLabelProvider {
		@Override
		public StyledString getStyledText(Object element) {
			Endpoint endpoint = (Endpoint) element;
			return new StyledString(endpoint.place().label())
					.append("  " + endpoint.route(), StyledString.COUNTER_STYLER)
					.append("  " + endpoint.place().project() + (endpoint.test() ? ", test" : ""),
							StyledString.QUALIFIER_STYLER);
		}

		@Override
		public Image getImage(Object element) {
			return JavaUI.getSharedImages().getImage(ISharedImages.IMG_OBJS_PUBLIC);
		}
	}
}
