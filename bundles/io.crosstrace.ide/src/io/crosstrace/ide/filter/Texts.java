package io.crosstrace.ide.filter;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.Traces;
import java.util.Arrays;
import java.util.function.Predicate;

/** The spans being tested, and tests of their strings that remember each answer. One thread. */
final class Texts {
	private SpanTable spans;
	private Traces traces;

	Texts(Traces traces) {
		use(traces);
	}

	/** Whether answers remembered here hold for these traces: the same dictionaries. */
	boolean isOf(Traces other) {
		return spans.names == other.spans().names && spans.values == other.spans().values;
	}

	void use(Traces newer) {
		traces = newer;
		spans = newer.spans();
	}

	SpanTable spans() {
		return spans;
	}

	Traces traces() {
		return traces;
	}

	Remembered names(Predicate<String> test) {
		return new Remembered(spans.names, test);
	}

	Remembered values(Predicate<String> test) {
		return new Remembered(spans.values, test);
	}

	/** A test of strings by their ids. */
	static final class Remembered {
		private static final byte YES = 1;
		private static final byte NO = 2;

		private final Dictionary dictionary;
		private final Predicate<String> test;
		private byte[] answers;

		private Remembered(Dictionary dictionary, Predicate<String> test) {
			this.dictionary = dictionary;
			this.test = test;
			answers = new byte[dictionary.size() + 64];
		}

		boolean test(int id) {
			if (id >= answers.length) {
				answers = Arrays.copyOf(answers, Math.max(id + 1, 2 * answers.length));
			}
			byte answer = answers[id];
			if (answer == 0) {
				answer = test.test(dictionary.text(id)) ? YES : NO;
				answers[id] = answer;
			}
			return answer == YES;
		}
	}
}
