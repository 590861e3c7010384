package io.crosstrace.ui.tests;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.TraceAssembler;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.session.SelectionModel.Chosen;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.timeline.TimelinePicture;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.timeline.TimelineCanvas;
import io.crosstrace.ui.timeline.TimelineView;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Listener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How fast the Timeline is, in the workbench, from a person's action to the painted picture. Run by
 * {@code ./crosstrace bench NAME}; each figure is a line of JSON.
 */
class ViewBench {
	private static final int ROUNDS = 9;
	private static final int FRAMES = 400;

	private final Bot bot = new Bot();
	private TimelineCanvas canvas;

	@BeforeEach
	void open() {
		bot.perspective(CrossTracePerspective.ID);
		Session.shared().clear();
		canvas = bot.ui(bot.view(ViewIds.TIMELINE, TimelineView.class)::canvas);
	}

	@Test
	@EnabledIfSystemProperty(named = "crosstrace.bench", matches = "trace-100k|all")
	void trace100k() {
		Traces small = traces(20, 20, 4);
		Traces wide = traces(100_000, 1_000, 3);
		Traces deep = traces(100_000, 100_000, 100_000);
		double[] wideSeconds = new double[ROUNDS];
		double[] deepSeconds = new double[ROUNDS];
		for (int i = 0; i < ROUNDS; i++) {
			opened(small);
			wideSeconds[i] = opened(wide);
			opened(small);
			deepSeconds[i] = opened(deep);
		}
		print("trace-100k", median(wideSeconds), "s", "100,000 spans, chosen to painted, median of " + ROUNDS
				+ ", slowest " + text(max(wideSeconds)));
		print("trace-100k-deep", median(deepSeconds), "s", "100,000 levels, chosen to painted, median of " + ROUNDS
				+ ", slowest " + text(max(deepSeconds)));
	}

	@Test
	@EnabledIfSystemProperty(named = "crosstrace.bench", matches = "frame-p95|all")
	void frameP95() {
		Traces million = traces(1_000_000, 1_000, 6);
		opened(million);
		bot.ui(() -> {
			canvas.foldRepeats(false);
			canvas.scroll(500_000);
			canvas.zoom(200, 0.5);
			return null;
		});
		bot.until("a million rows", () -> canvas.picture() != null && canvas.picture().rows().size() == 1_000_000
				&& canvas.picture().firstRow() == 500_000);
		Frames open = frames();
		bot.ui(() -> {
			canvas.foldAll(true);
			canvas.scroll(500 - canvas.picture().firstRow());
			canvas.fit();
			canvas.zoom(8, 0.5);
			return null;
		});
		bot.until("folded rows", () -> canvas.picture() != null && canvas.picture().rows() == canvas.rows());
		Frames folded = frames();
		int rows = bot.ui(() -> canvas.picture().lines().size());
		print("frame-p95", open, "work for a frame, picture and paint, panning and zooming a trace of 1,000,000 spans, "
				+ rows + " rows of " + bot.ui(() -> canvas.getSize().x) + " px");
		print("frame-p95-folded", folded, "the same, each row hiding 1,000 spans");
	}

	private static void print(String bench, Frames frames, String note) {
		print(bench, percentile(frames.millis, 0.95), "ms", note + "; p50 " + text(percentile(frames.millis, 0.5))
				+ "; processor time alone p50 " + text(percentile(frames.cpuMillis, 0.5)) + ", p95 "
				+ text(percentile(frames.cpuMillis, 0.95)));
	}

	/** Not a bench: what a person looks at when a trace is as large as they come, and when there is none. */
	@Test
	@EnabledIfSystemProperty(named = "crosstrace.bench", matches = "pictures|all")
	void pictures() {
		Session.shared().selection().choose((Chosen) null);
		bot.until("nothing", () -> !canvas.isVisible());
		Looks.both(bot, "empty");
		opened(traces(1_000_000, 1_000, 6));
		Looks.both(bot, "timeline-1m");
		bot.ui(() -> {
			canvas.foldAll(true);
			return null;
		});
		bot.until("folded rows", () -> canvas.picture() != null && canvas.picture().rows() == canvas.rows());
		Looks.both(bot, "timeline-1m-folded");
		Session.shared().selection().choose((Chosen) null);
	}

	/** Seconds from choosing a trace until it is painted. */
	private double opened(Traces traces) {
		Trace trace = traces.byStart(0);
		return bot.ui(() -> {
			boolean[] painted = new boolean[1];
			Listener end = event -> painted[0] = canvas.timeline() != null && canvas.timeline().trace() == trace
					&& canvas.picture() != null;
			canvas.addListener(SWT.Paint, end);
			long start = System.nanoTime();
			Session.shared().selection().choose(new Chosen(traces, -1, trace, 0));
			settle(() -> painted[0]);
			double seconds = (System.nanoTime() - start) / 1e9;
			canvas.removeListener(SWT.Paint, end);
			return seconds;
		});
	}

	/**
	 * Milliseconds of work for each frame: making the picture, off the UI thread, and painting it, upon it. The
	 * display server's own wait for the next refresh is not counted.
	 */
	private Frames frames() {
		Frames frames = new Frames(new double[FRAMES], new double[FRAMES]);
		bot.ui(() -> {
			long[] paint = new long[4];
			TimelinePicture[] painted = new TimelinePicture[1];
			Listener begin = event -> {
				if (event.widget == canvas) {
					paint[0] = System.nanoTime();
					paint[1] = cpuNanos();
				}
			};
			Listener end = event -> {
				paint[2] = System.nanoTime() - paint[0];
				paint[3] = cpuNanos() - paint[1];
				painted[0] = canvas.picture();
			};
			canvas.getDisplay().addFilter(SWT.Paint, begin);
			canvas.addListener(SWT.Paint, end);
			for (int i = -FRAMES / 4; i < FRAMES; i++) { // the first ones let the compiler see what is hot
				TimelinePicture before = canvas.picture();
				move(i);
				settle(() -> canvas.picture() != before && painted[0] == canvas.picture());
				TimelinePicture now = canvas.picture();
				long start = System.nanoTime();
				long cpu = cpuNanos();
				canvas.timeline().picture(now.rows(), now.firstRow(), now.lines().size(), now.fromNanos(), now.toNanos(),
						now.widthPx());
				if (i >= 0) {
					frames.millis[i] = (System.nanoTime() - start + paint[2]) / 1e6;
					frames.cpuMillis[i] = (cpuNanos() - cpu + paint[3]) / 1e6;
				}
			}
			canvas.getDisplay().removeFilter(SWT.Paint, begin);
			canvas.removeListener(SWT.Paint, end);
			return null;
		});
		return frames;
	}

	private static long cpuNanos() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	/** @param cpuMillis the processor time of it alone, which a busy machine does not stretch */
	private record Frames(double[] millis, double[] cpuMillis) {
	}

	/** Mostly panning, now and then zooming or scrolling. */
	private void move(int i) {
		if (i % 16 == 0) {
			canvas.zoom(i % 32 == 0 ? 1.25 : 0.8, 0.5);
		} else if (i % 5 == 0) {
			canvas.scroll(i % 10 == 0 ? 3 : -2);
		} else {
			canvas.pan(Math.floorDiv(i, 50) % 2 == 0 ? 0.02 : -0.02);
		}
	}

	private interface Done {
		boolean is();
	}

	/** Serves the display until something holds and is painted. UI thread. */
	private void settle(Done done) {
		Display display = canvas.getDisplay();
		while (!done.is()) {
			if (!display.readAndDispatch()) {
				display.sleep();
			}
		}
	}

	/**
	 * One trace.
	 *
	 * @param branch spans below each child of the root
	 * @param depth levels of a branch, which are walked up and down
	 */
	private static Traces traces(int size, int branch, int depth) {
		SpanTable spans = new SpanTable(new Dictionary(10_000), new Dictionary(10), size);
		long epoch = System.currentTimeMillis() * 1_000_000;
		long length = 3_100L * size;
		span(spans, 0, epoch, length, 0);
		for (int i = 1; i < size; i++) {
			int inBranch = (i - 1) % branch;
			int level = inBranch % depth;
			long start = epoch + i * 1_000L + (i - 1) / branch * branch * 2_000L;
			span(spans, level == 0 ? 1 : i, start, Math.max(1_000, (depth - level) * 1_500L), i);
		}
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(spans);
		return assembler.snapshot();
	}

	private static void span(SpanTable spans, long parent, long start, long nanos, int i) {
		int row = spans.add();
		spans.spanId.set(row, row + 1);
		spans.parentId.set(row, parent);
		spans.kind.set(row, i % 2 == 0 ? SpanTable.SERVER : SpanTable.CLIENT);
		spans.service.set(row, spans.names.id("service-" + i % 11));
		spans.operation.set(row, spans.names.id("GET /things/" + i % 173 + "/{id}"));
		spans.startNanos.set(row, start);
		spans.firstByteNanos.set(row, start + nanos / 2);
		spans.endNanos.set(row, start + nanos);
		spans.confidence.set(row, i % 3 == 0 ? 870_000 : 1_000_000);
		if (i % 97 == 0) {
			spans.set(row, SpanTable.ERROR);
		}
	}

	private static double median(double[] values) {
		return percentile(values, 0.5);
	}

	private static double max(double[] values) {
		return percentile(values, 1);
	}

	private static double percentile(double[] values, double share) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
	}

	private static String text(double value) {
		return String.format(Locale.ROOT, "%.3f", value);
	}

	private static void print(String bench, double value, String unit, String note) {
		System.out.printf(Locale.ROOT, "{\"bench\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"note\":\"%s\"}%n", bench, value,
				unit, note);
	}
}
