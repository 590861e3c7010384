package io.crosstrace.ide.tests.span;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.span.WhyThisParent;
import io.crosstrace.ide.tests.timeline.Drawn;
import org.junit.jupiter.api.Test;

class WhyThisParentTest {
	private static final long MILLI = 1_000_000;
	private final Drawn drawn = new Drawn();

	/** Requests that each call 2 ms after their start; every second one while another is open. */
	private int calls(int pairs) {
		for (int i = 0; i < pairs; i++) {
			long at = i * 100 * MILLI;
			long a = drawn.serve(0, "orders", "POST /orders", at, at + 60 * MILLI);
			drawn.serve(0, "users", "GET /", at, at + 60 * MILLI);
			long b = drawn.serve(0, "orders", "POST /orders", at + 30 * MILLI, at + 90 * MILLI);
			drawn.call(a, "orders", "GET /stock", at + 2 * MILLI, at + 20 * MILLI);
			drawn.call(b, "orders", "GET /stock", at + 32 * MILLI, at + 50 * MILLI);
		}
		return drawn.spans.size() - 1;
	}

	@Test
	void openRequestsOfTheService_areTheCandidatesAndTheOneThatFitsIsBest() {
		int call = calls(40);
		WhyThisParent why = WhyThisParent.of(drawn.spans, call);
		assertEquals(2, why.possible());
		assertEquals(drawn.spans.parentId.get(call), drawn.spans.spanId.get(why.candidates().get(0).row()));
		assertEquals("orders", drawn.spans.names.text(drawn.spans.service.get(why.candidates().get(1).row())));
		assertTrue(why.candidates().get(0).share() > why.candidates().get(1).share());
	}

	@Test
	void requestsAndWhatTheApplicationProved_needNoExplanation() {
		int call = calls(3);
		assertSame(WhyThisParent.CERTAIN, WhyThisParent.of(drawn.spans, 0));
		drawn.spans.set(call, SpanTable.PARENT_PROVEN);
		assertSame(WhyThisParent.CERTAIN, WhyThisParent.of(drawn.spans, call));
	}
}
