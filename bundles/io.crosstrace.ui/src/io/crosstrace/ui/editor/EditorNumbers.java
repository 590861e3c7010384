package io.crosstrace.ui.editor;

import io.crosstrace.ide.code.CodeNumbers;
import io.crosstrace.ide.code.CodeWatch;
import io.crosstrace.ide.code.MethodNumbers;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.source.CodePlaces;
import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ui.preferences.Preferences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jdt.core.IJavaElement;
import org.eclipse.jdt.core.IMethod;
import org.eclipse.jdt.core.ISourceRange;
import org.eclipse.jdt.core.JavaModelException;
import org.eclipse.jface.text.ITextViewer;
import org.eclipse.jface.text.source.ISourceViewer;
import org.eclipse.jface.text.source.ISourceViewerExtension5;
import org.eclipse.swt.widgets.Display;

/**
 * Which open editors show numbers, and when they must be drawn anew: only if what is written above a method of their
 * file has changed. While no editor shows any, and while it is switched off, nothing is counted at all.
 */
public final class EditorNumbers {
	/** A method of a file with its numbers. */
	record Line(MethodNumbers numbers, ISourceRange name) {
	}

	private static EditorNumbers shared;

	private final EndpointIndex index = EndpointIndex.shared();
	private final CodeWatch watch = new CodeWatch(Session.shared(), index);
	private final Consumer<CodeNumbers> listener = this::counted;
	/** Open editors with what they show; guarded by this. */
	private final Map<ITextViewer, Shown> viewers = new HashMap<>();

	private record Shown(String file, String text) {
	}

	private EditorNumbers() {
		watch.setWindow(Preferences.windowNanos());
	}

	/** Null while switched off. Any thread but the UI's: the first call begins to read the workspace. */
	static synchronized EditorNumbers shared() {
		if (shared == null && Preferences.minings()) {
			shared = new EditorNumbers();
		}
		return shared;
	}

	/** Whether anything is counted just now. */
	public static synchronized boolean isWorking() {
		return shared != null && shared.watch.isWorking();
	}

	/** After a change of preferences: stops everything, or counts anew. UI thread. */
	public static void preferencesChanged() {
		List<ITextViewer> open = new ArrayList<>();
		synchronized (EditorNumbers.class) {
			if (shared != null) {
				synchronized (shared) {
					open.addAll(shared.viewers.keySet());
					shared.viewers.clear();
				}
				shared.watch.removeListener(shared.listener);
				shared = null;
			}
		}
		open.forEach(viewer -> {
			MethodMarks.show(viewer, List.of());
			redraw(viewer);
		});
		EditorFollower.lookAtOpenEditors();
	}

	/** The lines of a file, from a viewer that will be told when they change. Not on the UI thread. */
	List<Line> lines(ITextViewer viewer, String file) {
		Map<String, MethodNumbers> found = found(file);
		synchronized (this) {
			boolean first = viewers.isEmpty();
			viewers.put(viewer, new Shown(file, text(found)));
			if (first) {
				watch.addListener(listener);
			}
		}
		return lines(found);
	}

	/** The numbers of the method of a file whose name begins at an offset, or null. Not on the UI thread. */
	MethodNumbers at(String file, int offset) {
		for (Line line : lines(found(file))) {
			if (line.name().getOffset() == offset) {
				return line.numbers();
			}
		}
		return null;
	}

	private static List<Line> lines(Map<String, MethodNumbers> found) {
		List<Line> lines = new ArrayList<>();
		for (MethodNumbers numbers : found.values()) {
			IJavaElement element = CodePlaces.find(numbers.endpoint().place());
			try {
				if (element instanceof IMethod method) {
					lines.add(new Line(numbers, method.getNameRange()));
				}
			} catch (JavaModelException e) {
				continue; // gone while it was looked for: the next count brings it back, if it is there
			}
		}
		return lines;
	}

	/** What a method of a file did, by the method's key; a method that serves and calls counts for what it serves. */
	private Map<String, MethodNumbers> found(String file) {
		CodeNumbers numbers = watch.numbers();
		Map<String, MethodNumbers> found = new HashMap<>();
		for (Endpoint endpoint : index.workspace().endpoints()) {
			boolean declared = endpoint.side() == Side.SERVER || !endpoint.framework().matches("Call|SQL|Stub");
			if (declared && endpoint.place().file().equals(file) && !endpoint.place().method().isEmpty()) {
				MethodNumbers of = numbers.of(endpoint);
				if (of != null && (endpoint.side() == Side.SERVER || !found.containsKey(endpoint.place().key()))) {
					found.put(endpoint.place().key(), of);
				}
			}
		}
		return found;
	}

	private static String text(Map<String, MethodNumbers> found) {
		return String.join("\n", found.entrySet().stream().map(each -> each.getKey() + each.getValue().label()).sorted()
				.toList());
	}

	private void counted(CodeNumbers numbers) {
		Map<ITextViewer, Shown> open;
		synchronized (this) {
			viewers.keySet().removeIf(viewer -> viewer.getTextWidget() == null || viewer.getTextWidget().isDisposed());
			if (viewers.isEmpty()) {
				watch.removeListener(listener);
			}
			open = new HashMap<>(viewers);
		}
		open.forEach((viewer, shown) -> {
			if (!text(found(shown.file())).equals(shown.text())) {
				Display.getDefault().asyncExec(() -> redraw(viewer));
			}
		});
	}

	private static void redraw(ITextViewer viewer) {
		boolean there = viewer.getTextWidget() != null && !viewer.getTextWidget().isDisposed();
		if (there && viewer instanceof ISourceViewer && viewer instanceof ISourceViewerExtension5 minings) {
			minings.updateCodeMinings();
		}
	}
}
