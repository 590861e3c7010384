package io.crosstrace.ui.recording;

import org.eclipse.core.runtime.IPath;
import org.eclipse.ui.IEditorLauncher;

/** Shows a file that the workbench was asked to open: by a double click, File > Open File, or a drop on the editors. */
public final class RecordingLauncher implements IEditorLauncher {
	@Override
	public void open(IPath file) {
		Recordings.open(file.toPath());
	}
}
