package io.crosstrace.core.capture;

/** Takes records one by one, on the draining thread. */
@FunctionalInterface
public interface Sink {
	/** @param record a window, valid only during this call */
	void record(CaptureRecord record);
}
