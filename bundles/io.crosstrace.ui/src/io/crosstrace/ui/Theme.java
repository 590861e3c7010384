package io.crosstrace.ui;

import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Control;

/**
 * The colours of one look, taken from what the workbench's theme gave a control, so that light, dark and high
 * contrast all fit. Colours need no disposal. Immutable; make a new one when the control's colours change.
 *
 * @param background of the control
 * @param text for what is read first
 * @param quiet text for what is read second; at least 4.5 to 1 against the background
 * @param line for separators and rulers
 * @param raised for headers and what lies above the background
 * @param hover behind the row under the pointer
 * @param selection behind the chosen row
 * @param accent of what can be acted on
 * @param error of what failed; always with a sign or a word, never alone
 * @param warning of what is missing or uncertain; as {@code error}
 * @param good of what is well; as {@code error}
 */
public record Theme(boolean dark, Color background, Color text, Color quiet, Color line, Color raised, Color hover,
		Color selection, Color accent, Color error, Color warning, Color good) {
	/** UI thread. */
	public static Theme of(Control control) {
		RGB back = control.getBackground().getRGB();
		boolean dark = luminance(back) < 0.4;
		RGB fore = control.getForeground().getRGB();
		if (Math.abs(luminance(fore) - luminance(back)) < 0.3) { // a theme that has not styled this control yet
			fore = dark ? new RGB(230, 230, 230) : new RGB(20, 20, 20);
		}
		RGB blue = dark ? new RGB(110, 168, 254) : new RGB(20, 100, 200);
		return new Theme(dark, new Color(back), new Color(fore), mix(fore, back, dark ? 0.66 : 0.64),
				mix(fore, back, 0.13), mix(fore, back, 0.04), mix(fore, back, 0.06), mix(blue, back, dark ? 0.30 : 0.18),
				new Color(blue), dark ? new Color(255, 122, 110) : new Color(196, 32, 28),
				dark ? new Color(240, 185, 80) : new Color(150, 92, 0),
				dark ? new Color(120, 205, 130) : new Color(28, 122, 50));
	}

	private static double luminance(RGB rgb) {
		return (0.299 * rgb.red + 0.587 * rgb.green + 0.114 * rgb.blue) / 255;
	}

	private static Color mix(RGB over, RGB under, double share) {
		return new Color(part(over.red, under.red, share), part(over.green, under.green, share),
				part(over.blue, under.blue, share));
	}

	private static int part(int over, int under, double share) {
		return (int) Math.round(over * share + under * (1 - share));
	}
}
