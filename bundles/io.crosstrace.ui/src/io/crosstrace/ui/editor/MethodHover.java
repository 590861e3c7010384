package io.crosstrace.ui.editor;

import io.crosstrace.ide.code.MethodNumbers;
import io.crosstrace.ui.preferences.Preferences;
import org.eclipse.core.resources.IFile;
import org.eclipse.jdt.ui.text.java.hover.IJavaEditorTextHover;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.IInformationControlCreator;
import org.eclipse.jface.text.IRegion;
import org.eclipse.jface.text.ITextHoverExtension;
import org.eclipse.jface.text.ITextHoverExtension2;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Region;
import org.eclipse.ui.IEditorPart;

/**
 * Over the name of a mapped method, where it is declared: its numbers, and its last slow and failed traces to open. Over
 * anything else, and while numbers are switched off, it has nothing to say, and the editor's other hovers show.
 */
public final class MethodHover implements IJavaEditorTextHover, ITextHoverExtension, ITextHoverExtension2 {
	private IEditorPart editor;

	@Override
	public void setEditor(IEditorPart newEditor) {
		editor = newEditor;
	}

	@Override
	public IRegion getHoverRegion(ITextViewer viewer, int offset) {
		IDocument document = viewer.getDocument();
		try {
			int start = offset;
			while (start > 0 && Character.isJavaIdentifierPart(document.getChar(start - 1))) {
				start--;
			}
			int end = offset;
			while (end < document.getLength() && Character.isJavaIdentifierPart(document.getChar(end))) {
				end++;
			}
			return new Region(start, end - start);
		} catch (BadLocationException e) {
			return new Region(offset, 0); // edited meanwhile
		}
	}

	/** The method's {@link MethodNumbers}, or null. Called by the editor's hover thread. */
	@Override
	public Object getHoverInfo2(ITextViewer viewer, IRegion region) {
		IFile file = editor == null ? null : editor.getEditorInput().getAdapter(IFile.class);
		EditorNumbers numbers = file == null || !Preferences.minings() ? null : EditorNumbers.shared();
		return numbers == null ? null : numbers.at(file.getFullPath().toString(), region.getOffset());
	}

	@Override
	@Deprecated
	public String getHoverInfo(ITextViewer viewer, IRegion region) {
		return getHoverInfo2(viewer, region) instanceof MethodNumbers numbers ? numbers.details() : null;
	}

	@Override
	public IInformationControlCreator getHoverControlCreator() {
		return MethodHoverControl::new;
	}
}
