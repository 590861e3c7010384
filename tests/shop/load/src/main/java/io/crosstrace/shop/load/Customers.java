package io.crosstrace.shop.load;

import io.crosstrace.shop.ids.CallId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A crowd in which each customer sends a request, waits for the answer and sends the next: as fast as the shop
 * answers, or at a rate. At a rate a request's time counts from when it was due, so that a slow shop cannot hide
 * behind customers who politely wait.
 */
final class Customers {
	private static final int EXPLAINED_ERRORS = 5;

	private final InetSocketAddress target;
	private final double perSecond;
	private final AtomicLong due = new AtomicLong();
	private final AtomicInteger errors = new AtomicInteger();
	private final List<Map<Operation, Latencies>> measured = new ArrayList<>();
	private final List<Thread> threads = new ArrayList<>();
	private long startNanos;
	private volatile long stopNanos;
	private volatile boolean stopped;

	/** @param perSecond how many requests all together send; 0 for as many as they can */
	Customers(InetSocketAddress target, double perSecond) {
		this.target = target;
		this.perSecond = perSecond;
	}

	void start(int crowd) {
		startNanos = System.nanoTime();
		for (int i = 0; i < crowd; i++) {
			Map<Operation, Latencies> mine = new EnumMap<>(Operation.class);
			for (Operation operation : Operation.values()) {
				mine.put(operation, new Latencies());
			}
			measured.add(mine);
			threads.add(Thread.ofVirtual().start(() -> shop(mine)));
		}
	}

	/** Lets every customer finish the request it is at. */
	void stop() throws InterruptedException {
		stopped = true;
		for (Thread thread : threads) {
			thread.join();
		}
		stopNanos = System.nanoTime();
	}

	private void shop(Map<Operation, Latencies> mine) {
		try (Connection connection = new Connection(target)) {
			while (!stopped) {
				long begin = waitForTurn();
				if (stopped) {
					return;
				}
				Operation operation = Operation.any(ThreadLocalRandom.current());
				Operation.Request request = operation.request(ThreadLocalRandom.current(), CallId.newRequest());
				if (answered(connection, operation, request)) {
					mine.get(operation).add((System.nanoTime() - begin) / 1000);
				}
			}
		}
	}

	/** @return when the next request should start, which is now or was in the past */
	private long waitForTurn() {
		if (perSecond == 0) {
			return System.nanoTime();
		}
		long at = startNanos + (long) (due.getAndIncrement() * 1e9 / perSecond);
		for (long left = at - System.nanoTime(); left > 0 && !stopped; left = at - System.nanoTime()) {
			LockSupport.parkNanos(Math.min(left, 100_000_000));
		}
		return at;
	}

	private boolean answered(Connection connection, Operation operation, Operation.Request request) {
		try {
			int status = connection.send(request);
			if (status == operation.status()) {
				return true;
			}
			error(operation + " was answered with " + status + ": " + connection.body());
		} catch (IOException e) {
			error(operation + " failed: " + e);
			LockSupport.parkNanos(100_000_000); // a shop that is gone need not be asked a million times a second
		}
		return false;
	}

	private void error(String what) {
		if (errors.incrementAndGet() <= EXPLAINED_ERRORS) {
			System.err.println("load: " + what);
		}
	}

	int errors() {
		return errors.get();
	}

	double seconds() {
		return (stopNanos - startNanos) / 1e9;
	}

	Latencies of(Operation operation) {
		Latencies all = new Latencies();
		measured.forEach(one -> all.add(one.get(operation)));
		return all;
	}

	Latencies all() {
		Latencies all = new Latencies();
		for (Operation operation : Operation.values()) {
			all.add(of(operation));
		}
		return all;
	}
}
