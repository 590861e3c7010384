package io.crosstrace.core.correlate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Drawn;

class ExplanationTest {
	private static final Path GOLDEN = Path.of("src/test/resources/explain.expected.txt");

	@Test
	void explanation_agreesWithTheAnswerAndPutsTheParentFirst() {
		SpanTable spans = RandomLoad.of(9).requests(300).concurrency(6).threads(true).spans();
		Parents parents = new FusionCorrelator().correlate(spans);
		for (int row = 100; row < 140; row++) {
			if (spans.isRequest(row)) {
				continue;
			}
			Explanation why = new FusionCorrelator().explain(spans, row, 5);
			assertEquals(parents.row()[row], why.parent(), "row " + row);
			assertEquals(parents.confidence()[row], why.confidence(), "row " + row);
			assertTrue(why.candidates().size() <= 5 && why.candidates().size() <= why.possible());
			if (why.parent() != Parents.NONE) {
				assertEquals(why.parent(), why.candidates().get(0).row());
				assertEquals(0, why.candidates().get(0).behind());
			}
		}
	}

	@Test
	void requestInsteadOfACall_isTheCallersBug() {
		SpanTable spans = Drawn.spans("AAAA", ".00.");
		assertThrows(IllegalArgumentException.class, () -> new FusionCorrelator().explain(spans, 0, 5));
		assertThrows(IllegalArgumentException.class, () -> new FusionCorrelator().explain(spans, 2, 5));
	}

	@Test
	void textForAPerson_isWhatWasAgreedUpon() throws IOException {
		SpanTable spans = RandomLoad.of(9).requests(300).concurrency(6).threads(true).spans();
		StringBuilder text = new StringBuilder();
		for (int row = 0, calls = 0; calls < 12; row++) {
			if (!spans.isRequest(row)) {
				calls++;
				text.append(new FusionCorrelator().explain(spans, row, 3).text(spans));
			}
		}
		SpanTable proven = Drawn.spans("AAAA....", ".00.....", "......1.");
		proven.parentId.set(1, proven.spanId.get(0));
		proven.set(1, SpanTable.PARENT_PROVEN);
		text.append(new FusionCorrelator().explain(proven, 1, 3).text(proven));
		text.append(new FusionCorrelator().explain(proven, 2, 3).text(proven));
		if (Boolean.getBoolean("golden.write")) {
			Files.writeString(GOLDEN, text);
		}
		assertEquals(Files.readString(GOLDEN, StandardCharsets.UTF_8).replace("\r\n", "\n"),
				text.toString().replace("\r\n", "\n"));
	}
}
