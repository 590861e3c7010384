package io.crosstrace.ui.editor;

import io.crosstrace.ide.CrossTrace;
import io.crosstrace.ui.preferences.Preferences;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.codemining.AbstractCodeMiningProvider;
import org.eclipse.jface.text.codemining.ICodeMining;
import org.eclipse.ui.texteditor.ITextEditor;

/**
 * Above each mapped method in a Java editor, what happened in it lately. Asked for by the editor; answers from the
 * last count, in a thread of its own, and with nothing at all while it is switched off.
 */
public final class MethodMinings extends AbstractCodeMiningProvider {
	@Override
	public CompletableFuture<List<? extends ICodeMining>> provideCodeMinings(ITextViewer viewer,
			IProgressMonitor monitor) {
		ITextEditor editor = getAdapter(ITextEditor.class);
		IFile file = editor == null ? null : editor.getEditorInput().getAdapter(IFile.class);
		if (file == null || !Preferences.minings() || !"java".equals(file.getFileExtension())) {
			return CompletableFuture.completedFuture(List.of());
		}
		IDocument document = viewer.getDocument();
		return CompletableFuture.supplyAsync(() -> make(viewer, document, file.getFullPath().toString(), monitor));
	}

	private List<MethodMining> make(ITextViewer viewer, IDocument document, String file, IProgressMonitor monitor) {
		List<MethodMining> minings = new ArrayList<>();
		EditorNumbers numbers = EditorNumbers.shared();
		if (numbers == null || document == null) {
			return minings;
		}
		List<EditorNumbers.Line> lines = numbers.lines(viewer, file);
		MethodMarks.show(viewer, lines);
		for (EditorNumbers.Line line : lines) {
			if (monitor.isCanceled()) {
				break;
			}
			try {
				int at = document.getLineOfOffset(line.name().getOffset());
				minings.add(new MethodMining(at, document, this, line.numbers()));
			} catch (BadLocationException e) {
				CrossTrace.log(CrossTrace.warning("The line of " + line.numbers().endpoint().place().label()
						+ " is not there any more.", e));
			}
		}
		return minings;
	}
}
