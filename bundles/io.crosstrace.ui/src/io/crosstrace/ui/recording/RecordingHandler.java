package io.crosstrace.ui.recording;

import io.crosstrace.ide.session.Session;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.resources.IFile;
import org.eclipse.core.runtime.Adapters;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.handlers.HandlerUtil;

/** The commands about recordings, told apart by their ids. */
public final class RecordingHandler extends AbstractHandler {
	@Override
	public Object execute(ExecutionEvent event) {
		switch (event.getCommand().getId()) {
			case "io.crosstrace.ui.saveTraces" -> Recordings.save(HandlerUtil.getActiveShell(event));
			case "io.crosstrace.ui.showLive" -> Session.shared().closeRecording();
			case "io.crosstrace.ui.showExample" -> Recordings.openExample();
			case "io.crosstrace.ui.openFile" -> {
				if (HandlerUtil.getCurrentSelection(event) instanceof IStructuredSelection selection) {
					IFile file = Adapters.adapt(selection.getFirstElement(), IFile.class);
					if (file != null && file.getLocation() != null) {
						Recordings.open(file.getLocation().toPath());
					}
				}
			}
			default -> Recordings.choose(HandlerUtil.getActiveShell(event));
		}
		return null;
	}
}
