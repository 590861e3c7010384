package io.crosstrace.ide.flame;

import java.util.List;

/**
 * What can be seen of a flame graph, in pixels. Immutable.
 *
 * @param root the frame that is as wide as the picture
 * @param firstLevel the depth drawn at the top
 */
public record FlamePicture(int root, int firstLevel, int widthPx, List<Frame> frames) {
	/** A frame of the graph at a depth, from {@code x} on; at least a pixel wide. */
	public record Frame(int frame, int depth, int x, int widthPx) {
	}

	/** The frame at a place, or -1. */
	public int at(int x, int depth) {
		for (Frame frame : frames) {
			if (frame.depth == depth && x >= frame.x && x < frame.x + frame.widthPx) {
				return frame.frame;
			}
		}
		return -1;
	}

	/** Where a frame is drawn, or null. */
	public Frame of(int frame) {
		for (Frame candidate : frames) {
			if (candidate.frame == frame) {
				return candidate;
			}
		}
		return null;
	}
}
