package io.crosstrace.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A service in a process of its own that computes for a given time before it answers. How much that is, it finds out
 * once: what it does for a request is then always the same, so that a watcher cannot hide in it. Allocates nothing for a request.
 */
final class WorkService {
	private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n"
			.getBytes(StandardCharsets.US_ASCII);
	private static final byte[] LENGTH = "\r\nContent-Length: ".getBytes(StandardCharsets.US_ASCII);
	/** What servers read at once. */
	private static final int READ = 16 << 10;
	private static volatile long result;

	private WorkService() {
	}

	/** @param args port, and microseconds of work a request */
	public static void main(String[] args) throws IOException {
		long turns = turns(Integer.parseInt(args[1]));
		try (ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 256, InetAddress.getLoopbackAddress())) {
			while (true) {
				Socket socket = server.accept();
				Thread thread = new Thread(() -> serve(socket, turns), "serve");
				thread.setDaemon(true);
				thread.start();
			}
		}
	}

	private static void serve(Socket socket, long turns) {
		byte[] buffer = new byte[READ];
		try (socket) {
			socket.setTcpNoDelay(true);
			InputStream in = socket.getInputStream();
			int held = 0;
			for (int got; (got = in.read(buffer, held, READ - held)) > 0;) {
				held += got;
				int head = headEnd(buffer, held);
				if (head < 0) {
					continue;
				}
				long body = bodyLength(buffer, head) - (held - head);
				while (body > 0) {
					got = in.read(buffer, 0, (int) Math.min(READ, body));
					if (got < 0) {
						return;
					}
					body -= got;
				}
				held = 0; // nobody asks before the answer
				work(turns);
				socket.getOutputStream().write(ANSWER);
			}
		} catch (IOException e) {
			// the client is gone
		}
	}

	private static int headEnd(byte[] bytes, int to) {
		for (int i = 3; i < to; i++) {
			if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
				return i + 1;
			}
		}
		return -1;
	}

	private static long bodyLength(byte[] bytes, int head) {
		for (int i = 0; i + LENGTH.length < head; i++) {
			int same = 0;
			while (same < LENGTH.length && bytes[i + same] == LENGTH[same]) {
				same++;
			}
			if (same == LENGTH.length) {
				long length = 0;
				for (int digit = i + same; bytes[digit] != '\r'; digit++) {
					length = length * 10 + bytes[digit] - '0';
				}
				return length;
			}
		}
		return 0;
	}

	private static long turns(int micros) {
		long turns = 1_000_000;
		double fastest = Double.MAX_VALUE;
		for (int i = 0; i < 50; i++) {
			long began = System.nanoTime();
			work(turns);
			fastest = Math.min(fastest, (System.nanoTime() - began) / (double) turns);
		}
		return Math.round(micros * 1_000 / fastest);
	}

	private static void work(long turns) {
		long x = result;
		for (long i = 0; i < turns; i++) {
			x = x * 6364136223846793005L + 1442695040888963407L; // each turn needs the one before
		}
		result = x;
	}
}
