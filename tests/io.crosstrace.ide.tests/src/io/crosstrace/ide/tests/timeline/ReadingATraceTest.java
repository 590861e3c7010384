package io.crosstrace.ide.tests.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.trace.Traces;
import io.crosstrace.ide.timeline.Gaps;
import io.crosstrace.ide.timeline.Gaps.Gap;
import io.crosstrace.ide.timeline.Gaps.Kind;
import io.crosstrace.ide.timeline.SpanFinder;
import io.crosstrace.ide.timeline.TimelineLayout;
import io.crosstrace.ide.timeline.WhereTimeWent;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a trace tells beyond its bars: gaps, where the time went, and what is found by words. */
class ReadingATraceTest {
	private final Drawn drawn = new Drawn();

	@Test
	void gapsOfARequest_areItsOwnWorkAroundItsCalls() {
		long root = drawn.serve(0, "orders", "POST /orders", 0, 100);
		drawn.call(root, "orders", "first", 10, 30);
		drawn.call(root, "orders", "beside", 15, 25);
		drawn.call(root, "orders", "second", 60, 90);
		List<Gap> gaps = Gaps.of(drawn.layout(), 0);
		assertEquals(List.of(Kind.BEFORE_CALLS, Kind.BETWEEN_CALLS, Kind.AFTER_CALLS),
				gaps.stream().map(Gap::kind).toList());
		assertEquals(30, gaps.get(1).nanos());
		assertEquals(1, gaps.get(1).after());
		assertEquals(3, gaps.get(1).before());
		assertEquals(30, gaps.get(1).heldUp());
		assertEquals(gaps.get(1), Gaps.at(gaps, 45));
		assertNull(Gaps.at(gaps, 20));
	}

	@Test
	void gapsOfACall_areItsWays() {
		long call = drawn.call(0, "orders", "GET /stock", 0, 100);
		drawn.serve(call, "stock", "GET /stock", 20, 90);
		List<Gap> gaps = Gaps.of(drawn.layout(), 0);
		assertEquals(List.of(Kind.WAY_THERE, Kind.WAY_BACK), gaps.stream().map(Gap::kind).toList());
		assertEquals(20, gaps.get(0).nanos());
		assertEquals(10, gaps.get(1).nanos());
		assertEquals(Kind.NO_CALLS, Gaps.of(drawn.layout(), 1).get(0).kind());
	}

	@Test
	void callWhoseOtherEndNobodySees_saysSo() {
		drawn.call(0, "orders", "GET /stock", 0, 100);
		assertEquals(Kind.NOT_SEEN, Gaps.of(drawn.layout(), 0).get(0).kind());
	}

	@Test
	void childThatOutlivesItsParent_leavesNoGapBehind() {
		long root = drawn.serve(0, "a", "GET /", 0, 100);
		drawn.call(root, "a", "async", 50, 400);
		List<Gap> gaps = Gaps.of(drawn.layout(), 0);
		assertEquals(1, gaps.size());
		assertEquals(50, gaps.get(0).nanos());
	}

	@Test
	void whereTheTimeWent_addsUpToTheWhole() {
		long root = drawn.serve(0, "orders", "POST /orders", 0, 1000);
		for (int i = 0; i < 4; i++) {
			long call = drawn.call(root, "orders", "GET /stock", 200 * i, 200 * i + 150);
			drawn.serve(call, "stock", "GET /stock", 200 * i + 20, 200 * i + 140);
		}
		WhereTimeWent went = drawn.layout().whereTimeWent();
		assertEquals(1000, went.totalNanos());
		assertEquals(1000, went.shares().stream().mapToLong(WhereTimeWent.Share::nanos).sum());
		assertEquals("stock", went.shares().get(0).service());
		assertEquals(480, went.shares().get(0).nanos());
		assertEquals(4, went.shares().get(0).spans());
		assertEquals(0.48, went.shares().get(0).of(went.totalNanos()), 1e-9);
		assertTrue(went.shares().get(2).onTheWay());
		assertEquals(4 * 30, went.shares().get(2).nanos());
	}

	@Test
	void words_findSpansByAllThatIsKnownOfThem() {
		long root = drawn.serve(0, "orders", "POST /orders/{id}", 0, 50_000_000);
		drawn.attribute("url.path", "/orders/77");
		drawn.call(root, "orders", "GET /stock", 0, 20_000_000);
		drawn.attribute("http.response.status_code", "503");
		drawn.failed();
		drawn.call(root, "orders", "GET /price", 0, 5_000_000);
		assertEquals("{0}", find("/orders/77"));
		assertEquals("{1}", find("stock"));
		assertEquals("{1}", find("error"));
		assertEquals("{0, 1}", find(">10ms"));
		assertEquals("{2}", find("get <10ms"));
		assertEquals("{1}", find("status_code=503"));
		assertEquals("{0, 1, 2}", find("ORDERS"));
		assertEquals("{}", find("orders nothing"));
		assertEquals("{}", find("  "));
	}

	private String find(String query) {
		Traces traces = drawn.traces();
		BitSet found = SpanFinder.find(traces.spans(), traces.byStart(0), query);
		TimelineLayout layout = new TimelineLayout(traces, traces.byStart(0));
		assertEquals(traces.byStart(0), layout.trace());
		return found.toString();
	}
}
