package io.crosstrace.ui.editor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.Position;
import org.eclipse.jface.text.source.Annotation;
import org.eclipse.jface.text.source.IAnnotationModel;
import org.eclipse.jface.text.source.IAnnotationModelExtension;
import org.eclipse.jface.text.source.ISourceViewer;

/** Marks at an editor's rulers beside methods with numbers; failing ones differ in shape and colour. */
final class MethodMarks {
	/** As plugin.xml declares them. */
	static final String SERVED = "io.crosstrace.ui.served";
	static final String FAILING = "io.crosstrace.ui.failing";

	private static final Map<ITextViewer, Annotation[]> SHOWN = new WeakHashMap<>();

	private MethodMarks() {
	}

	/** Replaces a viewer's marks. Any thread. */
	static void show(ITextViewer viewer, List<EditorNumbers.Line> lines) {
		IAnnotationModel model = viewer instanceof ISourceViewer source ? source.getAnnotationModel() : null;
		if (!(model instanceof IAnnotationModelExtension extension)) {
			return;
		}
		Map<Annotation, Position> fresh = new HashMap<>();
		for (EditorNumbers.Line line : lines) {
			String type = line.numbers().errors() > 0 ? FAILING : SERVED;
			fresh.put(new Annotation(type, false, line.numbers().details()),
					new Position(line.name().getOffset(), line.name().getLength()));
		}
		Annotation[] before;
		synchronized (SHOWN) {
			before = SHOWN.put(viewer, fresh.keySet().toArray(Annotation[]::new));
		}
		extension.replaceAnnotations(before == null ? new Annotation[0] : before, fresh);
	}
}
