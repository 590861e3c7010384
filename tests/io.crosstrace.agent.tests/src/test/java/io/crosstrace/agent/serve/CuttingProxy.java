package io.crosstrace.agent.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A network that breaks when told to: passes bytes on to a port of this host, a few at a time. */
final class CuttingProxy implements AutoCloseable {
	private final int target;
	private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	private final List<Socket> sockets = new ArrayList<>();

	CuttingProxy(int target) throws IOException {
		this.target = target;
		run(() -> {
			while (true) {
				Socket client = listening.accept();
				Socket server = new Socket("127.0.0.1", this.target);
				synchronized (sockets) {
					sockets.add(client);
					sockets.add(server);
				}
				run(() -> pass(client, server));
				run(() -> pass(server, client));
			}
		});
	}

	int port() {
		return listening.getLocalPort();
	}

	/** Breaks all connections, wherever in a message they are. */
	void cut() throws IOException {
		synchronized (sockets) {
			for (Socket socket : sockets) {
				socket.close();
			}
			sockets.clear();
		}
	}

	private static void pass(Socket from, Socket to) throws IOException {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] bytes = new byte[777];
			for (int n; (n = in.read(bytes)) > 0;) {
				out.write(bytes, 0, n);
			}
		}
	}

	private interface Work {
		void run() throws IOException;
	}

	private static void run(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			} catch (IOException e) {
				// cut
			}
		}, "cutting proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		listening.close();
		cut();
	}
}
