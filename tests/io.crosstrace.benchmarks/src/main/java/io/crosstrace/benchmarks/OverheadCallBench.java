package io.crosstrace.benchmarks;

import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * What one send and one receive cost more when they are watched, and what waking a thread costs more when hand-offs
 * are followed. One thread talks to itself, so that no waiting and no other processor comes into it. Needs root.
 */
public final class OverheadCallBench implements Bench {
	private static final int ROUNDS = 7;
	private static final int CALLS = 20_000;
	private static final int WAKES = 5_000;
	private static final int REQUEST = 60;
	private static final int ANSWER = 190;

	/** Nanoseconds of one call, and of one wake-up. */
	private record Cost(double call, double wake) {
	}

	private volatile int turn;

	@Override
	public String name() {
		return "overhead-call";
	}

	@Override
	public void run(Report report) throws Exception {
		CaptureOptions all = CaptureOptions.defaults().withPids(Set.of((int) ProcessHandle.current().pid()));
		CaptureOptions[] variants = { null, all, all.withHandOffs(false) };
		double[][] calls = new double[variants.length][ROUNDS];
		double[][] wakes = new double[variants.length][ROUNDS];
		once(null); // warms up
		for (int round = 0; round < ROUNDS; round++) {
			for (int i = 0; i < variants.length; i++) {
				Cost cost = once(variants[i]);
				calls[i][round] = cost.call;
				wakes[i][round] = cost.wake;
			}
		}
		String how = ", medians of " + ROUNDS + " interleaved rounds, each the best of 8";
		double bare = middle(calls[0]);
		report.figure(bare, "ns", "a send and its receive, on loopback, not watched" + how);
		report.figure(middle(calls[1]) - bare, "ns", "more when both are watched" + how);
		report.figure(middle(calls[2]) - bare, "ns", "more when both are watched without hand-offs" + how);
		report.figure(middle(wakes[0]), "ns", "one thread wakes another and is woken by it, not watched, a half" + how);
		report.figure(middle(wakes[1]) - middle(wakes[0]), "ns", "more when hand-offs are followed" + how);
		report.figure(middle(wakes[2]) - middle(wakes[0]), "ns", "more when watched without hand-offs, which is noise" + how);
	}

	/** @param options null: not watched */
	private Cost once(CaptureOptions options) throws Exception {
		if (options == null) {
			return measure(null);
		}
		try (KernelCapture capture = KernelCapture.open(options)) {
			return measure(capture);
		}
	}

	private Cost measure(KernelCapture capture) throws Exception {
		double call = Double.MAX_VALUE;
		try (ServerSocketChannel server = ServerSocketChannel.open().bind(
				new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
				SocketChannel client = SocketChannel.open(server.getLocalAddress());
				SocketChannel accepted = server.accept()) {
			ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
			for (int i = 0; i < 8; i++) {
				long began = System.nanoTime();
				for (int n = 0; n < CALLS; n++) {
					move(client, accepted, buffer, REQUEST);
					move(accepted, client, buffer, ANSWER);
				}
				call = Math.min(call, (System.nanoTime() - began) / (2.0 * CALLS));
				if (capture != null) {
					capture.reader().drain(record -> {
					}, Integer.MAX_VALUE); // nothing may be lost for want of room: that would be cheap
				}
			}
		}
		return new Cost(call, wakes());
	}

	private static void move(SocketChannel from, SocketChannel to, ByteBuffer buffer, int bytes) throws IOException {
		buffer.clear().limit(bytes);
		from.write(buffer);
		buffer.clear();
		if (to.read(buffer) != bytes) {
			throw new IOException("loopback delivered a message in pieces");
		}
	}

	/** Two threads that wake each other in turn. */
	private double wakes() throws InterruptedException {
		double best = Double.MAX_VALUE;
		for (int i = 0; i < 8; i++) {
			turn = 0;
			Thread main = Thread.currentThread();
			Thread other = new Thread(() -> take(main, 1), "other");
			other.start();
			long began = System.nanoTime();
			take(other, 0);
			best = Math.min(best, (System.nanoTime() - began) / (2.0 * WAKES));
			other.join();
		}
		return best;
	}

	private void take(Thread other, int parity) {
		for (int n = 0; n < WAKES; n++) {
			while (turn % 2 != parity) {
				LockSupport.park(this);
			}
			turn++;
			LockSupport.unpark(other);
		}
	}

	private static double middle(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}
}
