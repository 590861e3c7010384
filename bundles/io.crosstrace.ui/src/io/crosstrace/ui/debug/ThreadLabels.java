package io.crosstrace.ui.debug;

import io.crosstrace.ide.debug.ServedRequest;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ui.preferences.Preferences;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IAdapterFactory;
import org.eclipse.debug.internal.ui.model.elements.DebugElementLabelProvider;
import org.eclipse.debug.internal.ui.viewers.model.provisional.IElementLabelProvider;
import org.eclipse.debug.internal.ui.viewers.model.provisional.IPresentationContext;
import org.eclipse.debug.ui.IDebugUIConstants;
import org.eclipse.jdt.debug.core.IJavaThread;
import org.eclipse.jface.viewers.TreePath;

/** Adds to a suspended thread in the Debug view the route it serves. Made by the platform; labels are asked off the UI thread. */
public final class ThreadLabels implements IAdapterFactory {
	private static final IElementLabelProvider LABELS = new WithRequest();

	@Override
	public <T> T getAdapter(Object element, Class<T> type) {
		return type == IElementLabelProvider.class && element instanceof IJavaThread ? type.cast(LABELS) : null;
	}

	@Override
	public Class<?>[] getAdapterList() {
		return new Class<?>[] { IElementLabelProvider.class };
	}

	private static final class WithRequest extends DebugElementLabelProvider {
		@Override
		protected String getLabel(TreePath path, IPresentationContext context, String column) throws CoreException {
			String label = super.getLabel(path, context, column);
			if (!IDebugUIConstants.ID_DEBUG_VIEW.equals(context.getId()) || !Preferences.endpoints()
					|| !(path.getLastSegment() instanceof IJavaThread thread)) {
				return label;
			}
			return ServedRequest.of(thread, EndpointIndex.shared().workspace())
					.map(endpoint -> Messages.bind(Messages.serves, label, endpoint.route())).orElse(label);
		}
	}
}
