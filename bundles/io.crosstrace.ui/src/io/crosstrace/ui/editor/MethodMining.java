package io.crosstrace.ui.editor;

import io.crosstrace.ide.code.MethodNumbers;
import java.util.function.Consumer;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.IDocument;
import org.eclipse.jface.text.codemining.ICodeMiningProvider;
import org.eclipse.jface.text.codemining.LineHeaderCodeMining;
import org.eclipse.swt.events.MouseEvent;

/** One method's numbers; a click lists the traces worth a look. */
final class MethodMining extends LineHeaderCodeMining {
	private final MethodNumbers numbers;

	MethodMining(int line, IDocument document, ICodeMiningProvider provider, MethodNumbers numbers)
			throws BadLocationException {
		super(line, document, provider);
		this.numbers = numbers;
		setLabel(numbers.label());
	}

	@Override
	public Consumer<MouseEvent> getAction() {
		return event -> TracesPopup.open(numbers);
	}
}
