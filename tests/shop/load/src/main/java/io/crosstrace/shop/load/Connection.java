package io.crosstrace.shop.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One keep-alive HTTP/1.1 connection, for one thread. Knows just what the gateway may answer: a length or chunks, no
 * redirects, no upgrades. Opens itself when needed; after an exception it is closed, and can be used again.
 */
public final class Connection implements AutoCloseable {
	private static final int TIMEOUT_MILLIS = 30_000;

	private final InetSocketAddress target;
	private final StringBuilder line = new StringBuilder();
	private Socket socket;
	private InputStream in;
	private String body;

	/** Connects with the first request. */
	public Connection(InetSocketAddress target) {
		this.target = target;
	}

	/**
	 * Sends a request and reads the whole answer. Blocks.
	 *
	 * @return the status code
	 * @throws IOException if the connection cannot be had or breaks; nothing is retried
	 */
	public int send(Operation.Request request) throws IOException {
		try {
			if (socket == null) {
				open();
			}
			byte[] content = request.body().getBytes(StandardCharsets.UTF_8);
			String head = request.method() + ' ' + request.path() + " HTTP/1.1\r\nHost: " + target.getHostString()
					+ ':' + target.getPort() + "\r\nAccept: application/json\r\n"
					+ (content.length == 0 ? "" : "Content-Type: application/json\r\nContent-Length: "
							+ content.length + "\r\n")
					+ "\r\n" + request.body();
			socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
			return readAnswer();
		} catch (IOException | RuntimeException e) {
			close();
			throw e;
		}
	}

	/** The body of the last answer. */
	public String body() {
		return body;
	}

	@Override
	public void close() {
		if (socket != null) {
			try {
				socket.close();
			} catch (IOException e) {
				// Closing is all that was wanted.
			}
			socket = null;
		}
	}

	private void open() throws IOException {
		socket = new Socket();
		socket.setTcpNoDelay(true);
		socket.setSoTimeout(TIMEOUT_MILLIS);
		socket.connect(target, TIMEOUT_MILLIS);
		in = new BufferedInputStream(socket.getInputStream());
	}

	private int readAnswer() throws IOException {
		String first = readLine();
		if (!first.startsWith("HTTP/1.1 ")) {
			throw new IOException("not an HTTP/1.1 answer: " + first);
		}
		int length = 0;
		boolean chunked = false;
		boolean last = false;
		for (String field = readLine(); !field.isEmpty(); field = readLine()) {
			String lower = field.toLowerCase();
			if (lower.startsWith("content-length:")) {
				length = Integer.parseInt(lower.substring(15).strip());
			} else if (lower.startsWith("transfer-encoding:")) {
				chunked = lower.endsWith("chunked");
			} else if (lower.startsWith("connection:")) {
				last = lower.endsWith("close");
			}
		}
		body = chunked ? readChunks() : read(length);
		if (last) {
			close();
		}
		return Integer.parseInt(first.substring(9, 12));
	}

	private String readChunks() throws IOException {
		StringBuilder all = new StringBuilder();
		for (int size = chunkSize(); size > 0; size = chunkSize()) {
			all.append(read(size));
			readLine();
		}
		while (!readLine().isEmpty()) {
			// Trailers say nothing here.
		}
		return all.toString();
	}

	private int chunkSize() throws IOException {
		return Integer.parseInt(readLine().strip(), 16);
	}

	private String read(int length) throws IOException {
		byte[] bytes = in.readNBytes(length);
		if (bytes.length < length) {
			throw new EOFException("the answer ended after " + bytes.length + " of " + length + " bytes");
		}
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private String readLine() throws IOException {
		line.setLength(0);
		for (int c = in.read(); c != '\n'; c = in.read()) {
			if (c < 0) {
				throw new EOFException("the connection was closed in the middle of an answer");
			}
			if (c != '\r') {
				line.append((char) c);
			}
		}
		return line.toString();
	}
}
