package io.crosstrace.demo;

import java.nio.file.Path;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

/** Takes pictures of what is on the screen. UI thread. */
final class Pictures {
	private final Path folder;

	Pictures(Path folder) {
		this.folder = folder;
	}

	/** Saves the part of the screen that a control covers, as {@code name.png}. */
	void take(String name, Control control) {
		Display display = control.getDisplay();
		display.update();
		Rectangle size = control.getBounds();
		Rectangle at = control.getParent() == null ? size
				: display.map(control.getParent(), null, size);
		Image image = new Image(display, at.width, at.height);
		GC screen = new GC(display);
		try {
			screen.copyArea(image, at.x, at.y);
			ImageLoader loader = new ImageLoader();
			loader.data = new ImageData[] { image.getImageData() };
			loader.save(folder.resolve(name + ".png").toString(), SWT.IMAGE_PNG);
		} finally {
			screen.dispose();
			image.dispose();
		}
	}
}
