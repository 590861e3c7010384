package io.crosstrace.ui.services;

import org.eclipse.swt.graphics.Device;
import org.eclipse.swt.graphics.Path;

/** The smooth line through the points of a call: between two points it leaves and arrives along the flow. Pure. */
final class CurvedLine {
	private CurvedLine() {
	}

	/** The caller disposes it. */
	static Path path(Device device, int[] line, boolean down) {
		Path path = new Path(device);
		path.moveTo(line[0], line[1]);
		for (int i = 0; i + 3 < line.length; i += 2) {
			float bendX = (line[i] + line[i + 2]) / 2f;
			float bendY = (line[i + 1] + line[i + 3]) / 2f;
			path.cubicTo(down ? line[i] : bendX, down ? bendY : line[i + 1], down ? line[i + 2] : bendX,
					down ? bendY : line[i + 3], line[i + 2], line[i + 3]);
		}
		return path;
	}

	/** The point a share {@code t} along the piece that begins at point {@code i}. */
	static float[] at(int[] line, int i, float t, boolean down) {
		float bendX = (line[i] + line[i + 2]) / 2f;
		float bendY = (line[i + 1] + line[i + 3]) / 2f;
		return new float[] {
				bezier(line[i], down ? line[i] : bendX, down ? line[i + 2] : bendX, line[i + 2], t),
				bezier(line[i + 1], down ? bendY : line[i + 1], down ? bendY : line[i + 3], line[i + 3], t) };
	}

	private static float bezier(float a, float b, float c, float d, float t) {
		float s = 1 - t;
		return s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
	}
}
