package io.crosstrace.core.span;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DictionaryTest {
	@Test
	void texts_getDenseIdsAndKeepThem() {
		Dictionary dictionary = new Dictionary(1_000_000);
		for (int i = 0; i < 50_000; i++) {
			assertEquals(i + 2, dictionary.id("/orders/" + i));
		}
		for (int i = 0; i < 50_000; i += 7) {
			assertEquals(i + 2, dictionary.id("/orders/" + i));
			assertEquals("/orders/" + i, dictionary.text(i + 2));
		}
		assertEquals(0, dictionary.id(""));
		assertEquals("", dictionary.text(50_002));
	}

	@Test
	void fullDictionary_answersWithDotsAndCounts() {
		Dictionary dictionary = new Dictionary(3);
		assertEquals(2, dictionary.id("a"));
		assertEquals(1, dictionary.id("b"));
		assertEquals(2, dictionary.id("a"));
		assertEquals(1, dictionary.overflowed());
	}

	@Test
	void textsMadeToHaveTheSameHash_areToldApart() {
		Dictionary dictionary = new Dictionary(1_000_000);
		String[] texts = { "" };
		for (int length = 0; length < 12; length++) { // "Aa" and "BB" have one hash, and so has any row of them
			String[] longer = new String[2 * texts.length];
			for (int i = 0; i < texts.length; i++) {
				longer[2 * i] = texts[i] + "Aa";
				longer[2 * i + 1] = texts[i] + "BB";
			}
			texts = longer;
		}
		assertEquals(texts[0].hashCode(), texts[4095].hashCode());
		for (int i = 0; i < texts.length; i++) {
			assertEquals(i + 2, dictionary.id(texts[i]));
		}
		for (int i = 0; i < texts.length; i++) {
			assertEquals(i + 2, dictionary.id(texts[i]));
		}
	}

	@Test
	void readers_findTheSameIdsWhileAnotherThreadAdds() throws InterruptedException {
		Dictionary dictionary = new Dictionary(1_000_000);
		AtomicReference<String> wrong = new AtomicReference<>();
		Thread[] readers = new Thread[4];
		for (int t = 0; t < readers.length; t++) {
			readers[t] = new Thread(() -> {
				for (int i = 0; i < 40_000; i++) {
					String text = "text " + i;
					int id = dictionary.id(text);
					if (!dictionary.text(id).equals(text)) {
						wrong.set(text + " is " + dictionary.text(id));
					}
				}
			});
			readers[t].start();
		}
		for (Thread reader : readers) {
			reader.join();
		}
		assertNull(wrong.get());
		assertEquals(40_002, dictionary.size());
	}
}
