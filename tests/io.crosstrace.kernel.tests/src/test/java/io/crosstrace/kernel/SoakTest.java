package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.kernel.Messages.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many messages over everything at once: addresses, sizes, pipelines, single bytes, short and long connections, those
 * older than the agent, a cable with and without loss. Runs with {@code -Dcrosstrace.soak=1000000} messages; a million
 * takes some minutes. {@code -Dcrosstrace.seed} repeats a run.
 */
@Tag("kernel")
class SoakTest {
	private static final int MESSAGES = Integer.getInteger("crosstrace.soak", 0);
	private static final long SEED = Long.getLong("crosstrace.seed", System.nanoTime());
	/** Of one watcher, which keeps everything it sees. */
	private static final int ROUND = 40_000;

	private final Random random = new Random(SEED);
	private final List<Place> places = new ArrayList<>();
	private int said;

	/** A server, and how to connect to it. */
	private record Place(Echo echo, Namespace from, String name) {
		Echo.Caller connect() throws Exception {
			return from == null ? echo.connect() : from.inside(echo::connect);
		}
	}

	@Test
	void millionMessages_haveNoWrongName() throws Exception {
		assumeTrue(MESSAGES > 0, "only with -Dcrosstrace.soak=1000000");
		Verdict total = new Verdict(0, 0, 0, 0);
		try (Namespace.Pair pair = Namespace.Pair.create()) {
			for (String address : List.of("127.0.0.1", "::1", "::ffff:127.0.0.1")) {
				places.add(new Place(Echo.on(InetAddress.getByName(address)), null, address));
			}
			InetAddress far = InetAddress.getByName(Namespace.Pair.RIGHT);
			places.add(new Place(pair.right().inside(() -> Echo.on(far)), pair.left(), "cable"));
			while (total.messages() < MESSAGES) {
				total = total.plus(round(ROUND));
				System.out.println(total + ", seed " + SEED);
			}
			pair.loseEveryTenth();
			places.removeIf(place -> !place.name.equals("cable"));
			Verdict lossy = round(Math.min(4_000, MESSAGES / 50));
			System.out.println("of which every tenth packet was lost: " + lossy);
			total = total.plus(lossy);
			for (Place place : places) {
				place.echo.close();
			}
		}
		assertEquals(0, total.wrong(), "wrong names");
		assertEquals(0, total.misplaced(), "messages elsewhere than told");
		int unnamed = total.messages() - total.named();
		assertTrue(unnamed <= total.messages() / 100_000, unnamed + " of " + total.messages() + " without a name");
	}

	/** Old connections, which one agent after the other finds; and new ones, long and short. */
	private Verdict round(int messages) throws Exception {
		said = 0;
		List<Conversation> all = new ArrayList<>();
		for (Place place : places) {
			Conversation old = new Conversation(place);
			old.speak(20);
			old.caller.forget();
			all.add(old);
		}
		said = 0;
		try (Watcher watcher = Watcher.ofThisProcess()) {
			while (said < messages) {
				List<Thread> threads = new ArrayList<>();
				List<Conversation> now = new ArrayList<>(all.subList(0, places.size()));
				for (Place place : places) {
					now.add(new Conversation(place));
					now.add(new Conversation(place));
				}
				for (Conversation conversation : now) {
					int count = random.nextInt(10) == 0 ? 1 : 1 + random.nextInt(messages / 60 + 1);
					threads.add(Thread.ofPlatform().start(() -> conversation.speak(count)));
				}
				for (Thread thread : threads) {
					thread.join();
				}
				all.addAll(now.subList(places.size(), now.size()));
				for (Conversation conversation : now.subList(places.size(), now.size())) {
					conversation.caller.close();
				}
			}
			Verdict verdict = new Verdict(0, 0, 0, 0);
			for (Conversation conversation : all) {
				conversation.caller.close();
				if (conversation.failure != null) {
					throw conversation.failure;
				}
				int port = conversation.place.echo.port();
				watcher.await("all bytes of " + conversation.caller, () -> conversation.caller.isSeenIn(watcher, port));
				verdict = verdict.plus(conversation.caller.follow(watcher, port));
			}
			assertEquals(0, watcher.capture.counters().get("records lost: the ring was full"), "the ring is too small to judge");
			return verdict;
		}
	}

	private final class Conversation {
		final Place place;
		final Echo.Caller caller;
		private final Random own = new Random(random.nextLong());
		private long number;
		private IOException failure;

		Conversation(Place place) throws Exception {
			this.place = place;
			caller = place.connect();
		}

		/** So many requests, of any shape. */
		void speak(int count) {
			int left = count;
			try {
				while (left > 0) {
					int size = Messages.HEAD + (own.nextInt(20) == 0 ? own.nextInt(100_000) : own.nextInt(1_500));
					int many = 1;
					switch (own.nextInt(8)) {
						case 0 -> caller.callByteByByte(number, Messages.HEAD + own.nextInt(20));
						case 1 -> {
							many = Math.min(left, 2 + own.nextInt(10));
							caller.pipeline(number, many, Messages.HEAD + own.nextInt(300));
						}
						default -> caller.call(number, size);
					}
					number += many;
					left -= many;
				}
				told(2 * count);
			} catch (IOException e) {
				failure = e;
			}
		}
	}

	private synchronized void told(int messages) {
		said += messages;
	}
}
