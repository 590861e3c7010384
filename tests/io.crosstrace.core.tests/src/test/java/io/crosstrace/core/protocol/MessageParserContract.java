package io.crosstrace.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** What every parser promises. Subclasses give good streams; the contract tears, drops and poisons them. */
public abstract class MessageParserContract {
	/** How long a fuzz of each parser runs, ms; raise it with -Dfuzz.millis for a real hunt. */
	private static final long FUZZ_MILLIS = Long.getLong("fuzz.millis", 1500);
	/** However slow the machine is. */
	private static final int LEAST_ROUNDS = 100;
	private static final int MOST_KEPT = (1 << 16) + (1 << 14);

	/** A parser of one direction; what the other would tell it, it does not know. */
	protected abstract MessageParser parser(ParserContext context, Link link);

	/** Streams of whole messages, each with all it must tell, line by line. */
	protected abstract List<Sample> samples();

	/** What is told of a sample after garbage: less than otherwise, where answers are read by what was asked before. */
	protected List<String> toldAfterGarbage(Sample sample) {
		return sample.told();
	}

	/** Words of the protocol, for the fuzzer to mix in. */
	protected abstract List<String> words();

	public record Sample(String name, byte[] bytes, List<String> told) {
		public Sample(String name, String bytes, String... told) {
			this(name, ParserRun.bytes(bytes), List.of(told));
		}
	}

	@Test
	void aWholeStream_isToldAsWritten() {
		for (Sample sample : samples()) {
			assertEquals(sample.told(), run().give(sample.bytes()).told, sample.name());
		}
	}

	@Test
	void aStreamCutInTwo_tellsTheSameWhereverItIsCut() {
		for (Sample sample : samples()) {
			for (int cut = 0; cut <= sample.bytes().length; cut++) {
				byte[] first = Arrays.copyOf(sample.bytes(), cut);
				byte[] rest = Arrays.copyOfRange(sample.bytes(), cut, sample.bytes().length);
				assertEquals(sample.told(), run().give(first).give(rest).told, sample.name() + " cut at " + cut);
			}
		}
	}

	@Test
	void aStreamGivenByteByByte_tellsTheSame() {
		for (Sample sample : samples()) {
			ParserRun run = run();
			for (byte b : sample.bytes()) {
				run.give(new byte[] { b });
			}
			assertEquals(sample.told(), run.told, sample.name());
		}
	}

	@Test
	void aStreamCutAtRandom_tellsTheSame() {
		long seed = seed();
		Random random = new Random(seed);
		for (int round = 0; round < 200; round++) {
			for (Sample sample : samples()) {
				ParserRun run = run();
				for (int at = 0; at < sample.bytes().length;) {
					int next = Math.min(sample.bytes().length, at + 1 + random.nextInt(40));
					run.give(Arrays.copyOfRange(sample.bytes(), at, next));
					at = next;
				}
				assertEquals(sample.told(), run.told, sample.name() + " with seed " + seed);
			}
		}
	}

	@Test
	void whatMayBeSkipped_neednotBeSeen() {
		for (Sample sample : samples()) {
			assertEquals(sample.told(), run().giveUnlessSkippable(sample.bytes()).told, sample.name());
		}
	}

	@Test
	void afterGarbage_theNextMessageIsFound() {
		for (Sample sample : samples()) {
			ParserRun run = run().give(ParserRun.bytes("\u0001\u0002garbage that is no message\r\n"));
			List<String> told = run.give(sample.bytes()).told;
			assertEquals(toldAfterGarbage(sample), told, sample.name());
		}
	}

	@Test
	void poisonedStreams_neverThrowAndKeepLittle() {
		long seed = seed();
		Random random = new Random(seed);
		List<Sample> samples = samples();
		List<String> words = words();
		long until = System.nanoTime() + FUZZ_MILLIS * 1_000_000;
		long rounds = 0;
		while (rounds < LEAST_ROUNDS || System.nanoTime() < until) {
			rounds++;
			ParserRun run = run();
			for (int piece = random.nextInt(6); piece >= 0; piece--) {
				byte[] bytes = samples.get(random.nextInt(samples.size())).bytes().clone();
				switch (random.nextInt(6)) {
				case 0 -> random.nextBytes(bytes);
				case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
				case 2 -> flip(bytes, random);
				case 3 -> bytes = ParserRun.bytes(words.get(random.nextInt(words.size())).repeat(1 + random.nextInt(3000)));
				case 4 -> {
					bytes = insert(bytes, words.get(random.nextInt(words.size())), random);
					flip(bytes, random);
				}
				default -> {
				}
				}
				try {
					give(run, bytes, random);
				} catch (RuntimeException | AssertionError e) {
					throw new AssertionError("seed " + seed + ", round " + rounds, e);
				}
			}
			run.close();
			assertTrue(run.mostKept <= MOST_KEPT, "kept " + run.mostKept + " bytes with seed " + seed);
		}
	}

	private static void give(ParserRun run, byte[] bytes, Random random) {
		if (random.nextInt(4) == 0) {
			run.skip(random.nextInt(5000), random.nextBoolean());
		}
		int cut = random.nextInt(bytes.length + 1);
		run.give(Arrays.copyOf(bytes, cut));
		if (random.nextInt(8) == 0) {
			run.skip(1 + random.nextInt(20), random.nextBoolean());
		}
		run.give(Arrays.copyOfRange(bytes, cut, bytes.length));
	}

	private static void flip(byte[] bytes, Random random) {
		for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
		}
	}

	private static byte[] insert(byte[] bytes, String word, Random random) {
		int at = random.nextInt(bytes.length + 1);
		byte[] middle = ParserRun.bytes(word);
		byte[] longer = new byte[bytes.length + middle.length];
		System.arraycopy(bytes, 0, longer, 0, at);
		System.arraycopy(middle, 0, longer, at, middle.length);
		System.arraycopy(bytes, at, longer, at + middle.length, bytes.length - at);
		return longer;
	}

	private static long seed() {
		long seed = Long.getLong("seed", System.nanoTime());
		System.out.println("seed " + seed);
		return seed;
	}

	private ParserRun run() {
		ParserContext context = ParserRun.context();
		return new ParserRun(context, link -> parser(context, link));
	}
}
