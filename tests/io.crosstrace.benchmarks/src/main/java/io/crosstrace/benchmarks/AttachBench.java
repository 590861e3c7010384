package io.crosstrace.benchmarks;

import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long it takes until everything is loaded and attached and until all is gone again, on a host with a thousand
 * open connections, whose both ends are joined and left.
 */
public final class AttachBench implements Bench {
	private static final int CONNECTIONS = 1_000;
	private static final int ROUNDS = 7;

	@Override
	public String name() {
		return "attach";
	}

	@Override
	public void run(Report report) throws Exception {
		List<Socket> sockets = new ArrayList<>();
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			for (int i = 0; i < CONNECTIONS; i++) {
				sockets.add(new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()));
				sockets.add(server.accept());
			}
			double[] attach = new double[ROUNDS];
			double[] detach = new double[ROUNDS];
			for (int round = 0; round < ROUNDS; round++) {
				long begin = System.nanoTime();
				KernelCapture capture = KernelCapture.open(CaptureOptions.defaults());
				long attached = System.nanoTime();
				capture.close();
				attach[round] = (attached - begin) / 1e6;
				detach[round] = (System.nanoTime() - attached) / 1e6;
			}
			Arrays.sort(attach);
			Arrays.sort(detach);
			String how = ", " + CONNECTIONS + " connections with both ends on this host, of " + ROUNDS + " rounds";
			report.figure(attach[ROUNDS / 2], "ms", "loading and attaching, median" + how);
			report.figure(attach[ROUNDS - 1], "ms", "loading and attaching, slowest" + how);
			report.figure(detach[ROUNDS / 2], "ms", "detaching, median" + how);
		} finally {
			for (Socket socket : sockets) {
				socket.close();
			}
		}
	}
}
