package io.crosstrace.ui;

import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.ImageTransfer;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Control;

/** Puts things onto the clipboard. UI thread. */
public final class Copying {
	private Copying() {
	}

	public static void text(Control from, String text) {
		copy(from, text, TextTransfer.getInstance());
	}

	/** Disposes the image. */
	public static void image(Control from, Image image) {
		copy(from, image.getImageData(), ImageTransfer.getInstance());
		image.dispose();
	}

	private static void copy(Control from, Object what, Transfer how) {
		Clipboard clipboard = new Clipboard(from.getDisplay());
		clipboard.setContents(new Object[] { what }, new Transfer[] { how });
		clipboard.dispose();
	}
}
