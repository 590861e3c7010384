package io.crosstrace.core.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CriticalPathTest {
	@Test
	void callsOneAfterTheOther_areAllOnIt() {
		assertEquals("AbbAccA", path(
				"A   a =======",
				"b<A a .==....",
				"c<A a ....==."));
	}

	@Test
	void ofParallelCalls_onlyTheLastToEndIs() {
		assertEquals("AcccccA", path(
				"A   a =======",
				"b<A a .==....",
				"c<A a .=====."));
	}

	@Test
	void overlappingCalls_shareTheTime() {
		assertEquals("AbbcccA", path(
				"A   a =======",
				"b<A a .===...",
				"c<A a ...===."));
	}

	@Test
	void itGoesDown() {
		assertEquals("AbCdCbA", path(
				"A   a =======",
				"b<A a .=====.",
				"C<b b ..===..",
				"d<C b ...=..."));
	}

	@Test
	void childThatOutlivesItsParent_countsUntilTheParentEnds() {
		assertEquals("Abbb", path(
				"A   a ====...",
				"b<A a .======"));
	}

	@Test
	void childThatBeganBeforeItsParent_countsFromThere() {
		assertEquals("bbAA", path(
				"A   a ..====",
				"b<A a ====.."));
	}

	/** One letter a millisecond. */
	private static String path(String... lines) {
		DrawnSpans drawn = DrawnSpans.of(lines);
		TraceAssembler assembler = new TraceAssembler();
		assembler.update(drawn.spans);
		Traces traces = assembler.snapshot();
		Trace trace = traces.of(drawn.row('A'));
		CriticalPath path = CriticalPath.of(trace, traces);
		StringBuilder text = new StringBuilder();
		for (int step = 0; step < path.size(); step++) {
			long millis = (path.endNanos(step) - path.startNanos(step)) / DrawnSpans.MILLI;
			char name = (char) traces.spans().spanId.get(trace.row(path.index(step)));
			text.append(String.valueOf(name).repeat((int) millis));
		}
		return text.toString();
	}
}
