package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.kernel.Messages.Verdict;
import io.crosstrace.kernel.Watcher.Connection;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A server that answers each {@link Messages message} with a message of the same number and size. */
final class Echo implements AutoCloseable {
	private final ServerSocket server;

	private Echo(ServerSocket server) {
		this.server = server;
		Thread.ofPlatform().daemon().name("echo").start(this::accept);
	}

	/** Listens on a free port, in the network namespace of the calling thread. */
	static Echo on(InetAddress address) throws IOException {
		return new Echo(new ServerSocket(0, 50, address));
	}

	int port() {
		return server.getLocalPort();
	}

	private void accept() {
		while (!server.isClosed()) {
			try {
				Socket socket = server.accept();
				Thread.ofPlatform().daemon().name("echo-" + socket.getPort()).start(() -> serve(socket));
			} catch (IOException e) {
				return;
			}
		}
	}

	private static void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			DataInputStream in = new DataInputStream(socket.getInputStream());
			OutputStream out = socket.getOutputStream();
			while (true) {
				int size = in.readInt();
				long number = in.readLong();
				in.skipNBytes(size - Messages.HEAD);
				out.write(Messages.message(number, size));
			}
		} catch (EOFException end) {
			return;
		} catch (IOException e) {
			throw new IllegalStateException(e);
		}
	}

	Caller connect() throws IOException {
		return new Caller(new Socket(server.getInetAddress(), port()));
	}

	@Override
	public void close() throws IOException {
		server.close();
	}

	/** One connection to the server, and what was said on it. */
	static final class Caller implements AutoCloseable {
		private final Socket socket;
		private final int port;
		private final DataInputStream in;
		private final OutputStream out;
		private final List<Long> starts = new ArrayList<>();
		private final List<Long> numbers = new ArrayList<>();
		private long said;

		Caller(Socket socket) throws IOException {
			this.socket = socket;
			port = socket.getLocalPort();
			socket.setTcpNoDelay(true);
			in = new DataInputStream(socket.getInputStream());
			out = socket.getOutputStream();
		}

		byte[] call(long number, int size) throws IOException {
			out.write(next(number, size));
			return answer(number);
		}

		void callByteByByte(long number, int size) throws IOException {
			for (byte b : next(number, size)) {
				out.write(b);
			}
			answer(number);
		}

		/** {@code count} requests in one write. */
		void pipeline(long first, int count, int size) throws IOException {
			byte[] all = new byte[count * size];
			for (int i = 0; i < count; i++) {
				System.arraycopy(next(first + i, size), 0, all, i * size, size);
			}
			out.write(all);
			for (int i = 0; i < count; i++) {
				answer(first + i);
			}
		}

		private byte[] next(long number, int size) {
			starts.add(said);
			numbers.add(number);
			said += size;
			return Messages.message(number, size);
		}

		private byte[] answer(long number) throws IOException {
			int size = in.readInt();
			assertEquals(number, in.readLong());
			byte[] rest = new byte[size];
			in.readFully(rest, Messages.HEAD, size - Messages.HEAD);
			return rest;
		}

		/** Bytes said before this moment do not count: they were said before the agent was there. */
		void forget() {
			starts.clear();
			numbers.clear();
		}

		private Connection server(Watcher watcher, int serverPort) {
			return watcher.local(serverPort).stream().filter(c -> c.end.peerPort() == port).findAny().orElse(null);
		}

		/** Whether both ends were seen to the last byte, in both directions. */
		boolean isSeenIn(Watcher watcher, int serverPort) {
			Connection server = server(watcher, serverPort);
			Connection client = server == null ? null : watcher.peerOf(server);
			return client != null && reaches(server, CaptureRecord.RECEIVED) && reaches(server, CaptureRecord.SENT)
					&& reaches(client, CaptureRecord.RECEIVED) && reaches(client, CaptureRecord.SENT);
		}

		private boolean reaches(Connection connection, int direction) {
			return connection.moved.stream().anyMatch(m -> m.direction() == direction && m.offset() + m.total() == said);
		}

		/** Requests and replies: the server repeats sizes, so replies start where requests do. */
		Verdict follow(Watcher watcher, int serverPort) {
			Connection server = server(watcher, serverPort);
			Connection client = watcher.peerOf(server);
			return Messages.follow(client, server, starts, numbers).plus(Messages.follow(server, client, starts, numbers));
		}

		/** How many messages have the same sequence number and addresses at both ends, by which they can be joined. */
		int sameSequences(Watcher watcher, int serverPort) {
			Connection server = server(watcher, serverPort);
			Connection client = watcher.peerOf(server);
			return Messages.sameSequences(client, server, starts) + Messages.sameSequences(server, client, starts);
		}

		@Override
		public void close() throws IOException {
			socket.close();
		}

		@Override
		public String toString() {
			return "the caller on port " + port;
		}
	}
}
