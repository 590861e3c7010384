package io.crosstrace.shop.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands before a service and writes down the head of each request that passes, unchanged. */
final class Tap implements AutoCloseable {
	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	private final int target;
	private final List<String> heads = new CopyOnWriteArrayList<>();

	Tap(int target) throws IOException {
		this.target = target;
		Thread.ofVirtual().start(this::accept);
	}

	String url() {
		return "http://127.0.0.1:" + server.getLocalPort();
	}

	/** The request heads so far, each with its last line's end. */
	List<String> heads() {
		return heads;
	}

	private void accept() {
		while (!server.isClosed()) {
			try {
				Socket caller = server.accept();
				Socket service = new Socket(InetAddress.getLoopbackAddress(), target);
				Thread.ofVirtual().start(() -> pass(caller, service, true));
				Thread.ofVirtual().start(() -> pass(service, caller, false));
			} catch (IOException e) {
				// A caller whose service is gone sees a closed connection, as it would without the tap.
			}
		}
	}

	/** Small requests over loopback: a read never holds more than one, since callers do not pipeline. */
	private void pass(Socket from, Socket to, boolean requests) {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[65_536];
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				String text = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
				if (requests && text.contains(" HTTP/1.1\r\n")) {
					heads.add(text.substring(0, text.indexOf("\r\n\r\n") + 2));
				}
				out.write(buffer, 0, n);
			}
		} catch (IOException e) {
			// One side has closed: try-with-resources closes the other.
		}
	}

	@Override
	public void close() throws IOException {
		server.close();
	}
}
