package io.crosstrace.ui.tests;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.session.Session;
import io.crosstrace.ide.session.Snapshot;
import io.crosstrace.ui.CrossTracePerspective;
import io.crosstrace.ui.ViewIds;
import io.crosstrace.ui.latency.LatencyView;
import io.crosstrace.ui.services.ServicesView;
import io.crosstrace.ui.tests.Watchdog.Answer;
import io.crosstrace.wire.client.ConnectionState;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whether the workbench stays responsive while 20,000 spans a second arrive from two agents, encoded and over sockets as
 * agents send them, with the views of the perspective open.
 * Run by {@code ./crosstrace bench live-20k}; each figure is a line of JSON.
 */
class LiveBench {
	private static final int RATE = 20_000;
	/** The compiler's first seconds are told apart. */
	private static final int WARM_SECONDS = 5;
	private static final int SECONDS = 30;
	private static final int OPEN_SECONDS = 2;
	private static final int TICK_MILLIS = 20;
	/** So many ticks later the other agent tells its half. */
	private static final int LATER = 10;

	private final Bot bot = new Bot();
	private final Queue<SpanTable> late = new ArrayDeque<>();
	private LiveShop shop;
	private FedAgent here;
	private FedAgent there;
	private long fed;

	@Test
	@EnabledIfSystemProperty(named = "crosstrace.bench", matches = "live-20k|all")
	void live20k() throws Exception {
		Session session = Session.shared();
		bot.perspective(CrossTracePerspective.ID);
		bot.view(ViewIds.SERVICES, ServicesView.class);
		session.clear();
		shop = new LiveShop(new Dictionary(1_000));
		here = new FedAgent("here");
		there = new FedAgent("there");
		for (FedAgent agent : new FedAgent[] { here, there }) {
			session.connect(agent.address());
		}
		bot.until("both agents", () -> session.snapshot().agents().stream()
				.filter(agent -> agent.state() == ConnectionState.CONNECTED).count() == 2);
		AtomicInteger snapshots = new AtomicInteger();
		Consumer<Snapshot> counter = snapshot -> snapshots.incrementAndGet();
		session.addListener(counter);
		Display display = PlatformUI.getWorkbench().getDisplay();
		ExecutorService idle = Executors.newSingleThreadExecutor();
		try (Watchdog other = new Watchdog(idle)) {
			Watchdog warming = watched(WARM_SECONDS);
			choose(session);
			int snapshotsBefore = snapshots.get();
			long receivedBefore = session.snapshot().received();
			long collectingBefore = collectingMillis();
			long start = System.nanoTime();
			Watchdog services = watched(SECONDS / 2);
			Watchdog opening = new Watchdog(display::asyncExec);
			bot.view(ViewIds.LATENCY, LatencyView.class); // in front of Services, for the first time
			feed(OPEN_SECONDS);
			opening.close();
			Watchdog latency = watched(SECONDS / 2);
			double seconds = (System.nanoTime() - start) / 1e9;
			other.close();
			long collecting = collectingMillis() - collectingBefore;
			print("live-20k", (session.snapshot().received() - receivedBefore) / seconds, "spans/s", "from two sockets, taken in and listed, of "
					+ RATE + " a second asked for, " + (int) seconds + " s, Traces, Timeline of a chosen trace, Agents and first "
					+ "Services, then Latency visible");
			print("live-20k-snapshots", (snapshots.get() - snapshotsBefore) / seconds, "1/s", "states shown, of "
					+ 1000 / Session.PUBLISH_MILLIS + " at most; " + session.snapshot().traces().size() + " traces at the end");
			List<Answer> steady = new ArrayList<>(services.answers());
			steady.addAll(latency.answers());
			print("live-20k-block", steady, Answer::elapsed, "until the UI thread answered, by the clock");
			print("live-20k-block-own", steady, Answer::unhindered, "the same without the time it was ready to run and others "
					+ "had the processors");
			print("live-20k-block-cpu", steady, Answer::cpu, "processor time of the UI thread until it answered");
			print("live-20k-idle", other.answers(), Answer::elapsed, "until a thread that does nothing answered, by the clock: "
					+ "what the machine and " + collecting + " ms of collecting add");
			print("live-20k-opening", opening.answers(), Answer::cpu, "as block-cpu, while Latency is opened for the first time");
			print("live-20k-warming", warming.answers(), Answer::cpu, "as block-cpu, in the first " + WARM_SECONDS + " s");
			System.gc();
			print("live-20k-heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6, "MB",
					"used after a collection, with all of the workbench");
			tell("warming", warming);
			tell("services", services);
			tell("opening", opening);
			tell("latency", latency);
		} finally {
			session.removeListener(counter);
			idle.shutdownNow();
			for (FedAgent agent : new FedAgent[] { here, there }) {
				session.remove(agent.address());
				agent.close();
			}
		}
		bot.screenshot("live-20k");
		session.clear();
	}

	/** Feeds spans and watches the UI thread. */
	private Watchdog watched(int seconds) throws Exception {
		try (Watchdog watchdog = new Watchdog(PlatformUI.getWorkbench().getDisplay()::asyncExec)) {
			feed(seconds);
			return watchdog;
		}
	}

	/** What took long, for whoever wants to shorten it. */
	private static void tell(String phase, Watchdog watchdog) {
		System.out.println(phase + ", over 50 ms:");
		watchdog.answers().stream().filter(each -> each.elapsed() > 50).forEach(System.out::println);
		System.out.println("the UI thread while it had not answered for 30 ms:\n" + watchdog.places(12));
	}

	/** Spans at the rate, evenly; what falls behind is caught up. */
	private void feed(int seconds) throws InterruptedException {
		long start = System.nanoTime();
		long before = fed;
		while (true) {
			double passed = (System.nanoTime() - start) / 1e9;
			int wanted = (int) (before + Math.min(passed, seconds) * RATE - fed);
			if (wanted > 0) {
				SpanTable[] batches = shop.requests(wanted, System.currentTimeMillis() * 1_000_000);
				fed += batches[0].size() + batches[1].size();
				here.tell(batches[0]);
				late.add(batches[1]);
			}
			if (late.size() > LATER) {
				there.tell(late.remove());
			}
			if (passed >= seconds) {
				return;
			}
			TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
		}
	}

	private void choose(Session session) {
		bot.ui(() -> {
			Snapshot now = session.snapshot();
			session.selection().choose(now, now.traces().newest(now.traces().size() / 2), 0);
			return null;
		});
	}

	private static long collectingMillis() {
		return ManagementFactory.getGarbageCollectorMXBeans().stream()
				.mapToLong(GarbageCollectorMXBean::getCollectionTime).sum();
	}

	private static void print(String bench, List<Answer> answers, ToDoubleFunction<Answer> figure, String note) {
		double[] millis = answers.stream().mapToDouble(figure).sorted().toArray();
		int over = 0;
		for (double each : millis) {
			over += each > 50 ? 1 : 0;
		}
		print(bench, millis[millis.length - 1], "ms", String.format(Locale.ROOT,
				"longest %s; p99 %.1f, p50 %.2f; over 50 ms: %d of %d", note, millis[(int) (millis.length * 0.99)],
				millis[millis.length / 2], over, millis.length));
	}

	private static void print(String bench, double value, String unit, String note) {
		System.out.printf(Locale.ROOT, "{\"bench\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"note\":\"%s\"}%n", bench, value,
				unit, note);
	}
}
