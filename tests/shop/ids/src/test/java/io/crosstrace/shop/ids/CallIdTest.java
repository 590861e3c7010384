package io.crosstrace.shop.ids;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CallIdTest {
	@Test
	void call_leadsBackToItsParent() {
		CallId request = CallId.newRequest();
		CallId call = request.call(2).call(15).call(1);
		assertEquals(request.call(2).call(15), call.parent());
		assertEquals(request, call.parent().parent().parent());
		assertEquals(request.request(), call.request());
		assertEquals(3, call.depth());
		assertTrue(request.isRoot());
		assertFalse(call.isRoot());
	}

	@Test
	void text_readsBackAsTheSameId() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 10_000; i++) {
			CallId id = new CallId((long) random.nextInt() << 32);
			for (int depth = random.nextInt(CallId.MAX_DEPTH + 1); depth > 0; depth--) {
				id = id.call(1 + random.nextInt(CallId.MAX_STEP));
			}
			assertEquals(id, CallId.valueOf(id.toString()), "seed " + seed);
		}
	}

	@Test
	void texts_ofOneRequestHaveNothingInCommon() {
		CallId request = CallId.newRequest();
		String parent = request.toString();
		for (int step = 1; step <= CallId.MAX_STEP; step++) {
			String call = request.call(step).toString();
			assertEquals(16, call.length());
			assertNotEquals(parent.substring(0, 6), call.substring(0, 6));
			assertNotEquals(parent.substring(10), call.substring(10));
		}
	}

	@Test
	void readable_showsTheSteps() {
		assertEquals("1f.2.11", new CallId(0x1fL << 32).call(2).call(11).readable());
	}

	@Test
	void nonsense_isRefused() {
		assertThrows(IllegalArgumentException.class, () -> CallId.valueOf("12"));
		assertThrows(IllegalArgumentException.class, () -> CallId.valueOf("not sixteen hex!"));
		assertThrows(IllegalArgumentException.class, () -> new CallId(0x0_0000_0001_0100_0000L));
		assertThrows(IllegalArgumentException.class, () -> CallId.newRequest().call(16));
		assertThrows(IllegalArgumentException.class, () -> CallId.newRequest().call(0));
		CallId deep = CallId.newRequest();
		for (int i = 0; i < CallId.MAX_DEPTH; i++) {
			deep = deep.call(1);
		}
		CallId deepest = deep;
		assertThrows(IllegalArgumentException.class, () -> deepest.call(1));
	}
}
