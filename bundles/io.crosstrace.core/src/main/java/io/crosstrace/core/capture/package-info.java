/**
 * What the kernel saw, before anybody understood it. {@link io.crosstrace.core.capture.RingReader} drains the
 * kernel's ring into a {@link io.crosstrace.core.capture.Sink};
 * {@link io.crosstrace.core.capture.CaptureRecord} is one record, read in place;
 * {@link io.crosstrace.core.capture.CaptureFile} records them and plays them back. Knows no protocol and
 * makes no native call.
 */
package io.crosstrace.core.capture;
