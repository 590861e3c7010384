package io.crosstrace.ide.tests.flame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.trace.Trace;
import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.flame.FlameGraph;
import io.crosstrace.ide.flame.FlamePicture;
import io.crosstrace.ide.tests.timeline.Drawn;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlameGraphTest {
	private final Drawn drawn = new Drawn();

	@Test
	void spansWithTheSameWay_areOneFrame() {
		for (int i = 0; i < 3; i++) {
			long at = 1000 * i;
			long root = drawn.serve(0, "shop", "GET /", at, at + 100);
			drawn.call(root, "shop", "GET /stock", at + 10, at + 30);
			drawn.call(root, "shop", "GET /stock", at + 40, at + 60);
			drawn.call(root, "shop", "GET /price", at + 70, at + 80);
		}
		FlameGraph graph = all();
		assertEquals(4, graph.size());
		assertEquals(3, graph.traces());
		int root = graph.children(0)[0];
		assertEquals(300, graph.totalNanos(root));
		assertEquals(150, graph.selfNanos(root));
		int widest = graph.children(root)[0];
		assertEquals("GET /stock", graph.operation(widest));
		assertEquals(6, graph.count(widest));
		assertEquals(120, graph.totalNanos(widest));
		assertTrue(graph.call(widest));
	}

	@Test
	void callsAtTheSameTime_addUpAndNeverOverlap() {
		long root = drawn.serve(0, "shop", "GET /", 0, 100);
		drawn.call(root, "shop", "a", 0, 100);
		drawn.call(root, "shop", "b", 0, 100);
		FlameGraph graph = all();
		assertEquals(0, graph.selfNanos(1));
		assertEquals(200, graph.totalNanos(1));
		FlamePicture picture = graph.picture(0, 0, 10, 400);
		assertEquals(3, picture.frames().size());
		assertEquals(200, picture.of(graph.children(1)[0]).widthPx());
		assertEquals(graph.children(1)[1], picture.at(200, 1));
	}

	@Test
	void zoomedFrame_isAsWideAsThePictureAndItsCallersToo() {
		long root = drawn.serve(0, "shop", "GET /", 0, 100);
		long call = drawn.call(root, "shop", "a", 0, 10);
		drawn.serve(call, "stock", "a", 2, 8);
		FlameGraph graph = all();
		int frame = graph.children(1)[0];
		FlamePicture picture = graph.picture(frame, 0, 10, 100);
		assertEquals(100, picture.of(1).widthPx());
		assertEquals(100, picture.of(frame).widthPx());
		assertEquals(60, picture.of(graph.children(frame)[0]).widthPx());
	}

	@Test
	void framesBelowAPixel_areLeftOut() {
		long root = drawn.serve(0, "shop", "GET /", 0, 1_000_000);
		for (int i = 0; i < 1000; i++) {
			drawn.call(root, "shop", "op" + i, 900 * i, 900 * i + 10);
		}
		FlameGraph graph = all();
		assertEquals(1002, graph.size());
		assertEquals(1, graph.picture(0, 0, 10, 500).frames().size());
	}

	@Test
	void tracesAlike_beginWithTheSameOperation() {
		for (int i = 0; i < 5; i++) {
			drawn.serve(0, "shop", i % 2 == 0 ? "GET /" : "POST /", 1000 * i, 1000 * i + 10);
		}
		Traces traces = drawn.traces();
		Trace oldest = traces.byStart(0);
		assertEquals(3, FlameGraph.alike(traces, oldest, 10).size());
		assertEquals(List.of(traces.newest(0), traces.newest(2)), FlameGraph.alike(traces, oldest, 2));
	}

	@Test
	void aHundredThousandLevels_overflowNothing() {
		long parent = 0;
		for (int i = 0; i < 100_000; i++) {
			parent = drawn.serve(parent, "s", "level " + i % 900, i, 300_000 - i);
		}
		FlameGraph graph = all();
		assertEquals(100_001, graph.size());
		assertEquals(40, graph.picture(0, 50_000, 40, 600).frames().size());
	}

	private FlameGraph all() {
		Traces traces = drawn.traces();
		return FlameGraph.of(traces, java.util.stream.IntStream.range(0, traces.size()).mapToObj(traces::byStart)
				.toList());
	}
}
