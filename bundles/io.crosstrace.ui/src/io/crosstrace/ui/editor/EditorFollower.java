package io.crosstrace.ui.editor;

import org.eclipse.jface.text.ITextOperationTarget;
import org.eclipse.jface.text.source.ISourceViewerExtension5;
import org.eclipse.ui.IEditorReference;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.texteditor.ITextEditor;

/** Asks open editors to look for numbers again, after those were switched on. UI thread. */
final class EditorFollower {
	private EditorFollower() {
	}

	static void lookAtOpenEditors() {
		for (IWorkbenchWindow window : PlatformUI.getWorkbench().getWorkbenchWindows()) {
			for (IWorkbenchPage page : window.getPages()) {
				for (IEditorReference reference : page.getEditorReferences()) {
					if (reference.getEditor(false) instanceof ITextEditor editor
							&& editor.getAdapter(ITextOperationTarget.class) instanceof ISourceViewerExtension5 viewer) {
						viewer.updateCodeMinings();
					}
				}
			}
		}
	}
}
