package io.crosstrace.ide.tests.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.timeline.Durations;
import io.crosstrace.ide.timeline.TimeRuler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
	@ParameterizedTest
	@CsvSource({ "0, 0 ns", "999, 999 ns", "1000, 1.00 µs", "12345, 12.3 µs", "999499, 999 µs", "999500, 1.00 ms",
			"57100000, 57.1 ms", "1234000000, 1.23 s", "59900000000, 59.9 s", "60000000000, 1 min",
			"125000000000, 2 min 5 s", "-1500, −1.50 µs" })
	void duration_hasThreeDigitsAndAUnit(long nanos, String text) {
		assertEquals(text, Durations.text(nanos));
	}

	@Test
	void ruler_hasRoundMarks() {
		assertEquals(List.of("0 ms", "20 ms", "40 ms"), labels(TimeRuler.ticks(0, 50_000_000, 300, 90)));
		assertEquals(List.of("1200 µs", "1400 µs"), labels(TimeRuler.ticks(1_150_000, 1_550_000, 200, 90)));
	}

	@Test
	void ruler_keepsItsMarksApart() {
		for (long length = 1; length < Long.MAX_VALUE / 20; length *= 3) {
			List<TimeRuler.Tick> ticks = TimeRuler.ticks(length / 7, length / 7 + length, 1000, 90);
			for (int i = 1; i < ticks.size(); i++) {
				int gap = ticks.get(i).x() - ticks.get(i - 1).x();
				assertTrue(gap >= 89, gap + " px apart at a length of " + length + " ns");
			}
		}
	}

	private static List<String> labels(List<TimeRuler.Tick> ticks) {
		return ticks.stream().map(TimeRuler.Tick::label).toList();
	}
}
