/**
 * What the kernel saw, before anybody understood it: {@link io.crosstrace.core.capture.CaptureRecord}
 * is one record, read in place. Knows no protocol and makes no native call.
 */
package io.crosstrace.core.capture;
