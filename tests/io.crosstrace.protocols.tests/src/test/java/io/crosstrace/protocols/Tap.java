package io.crosstrace.protocols;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Captured;

/**
 * Stands between clients and a server on loopback, passes on every byte, and gives each to two pipelines: what
 * an agent would see on the client's host, and what one would see on the server's.
 *
 * <p>With {@code -Drecord=FILE} it adds the conversations to a file, a line a read: the connection, {@code >} for what the
 * client says or {@code <} for what the server does, and hex. The fixtures of the parsers' tests come from there.
 */
final class Tap implements AutoCloseable {
	private static final AtomicInteger CONNECTIONS = new AtomicInteger();
	private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
	private final List<Socket> sockets = new ArrayList<>();
	private final Side client = new Side(true);
	private final Side answering = new Side(false);
	private final BufferedWriter record;
	private final InetAddress host;
	private final int target;

	/** One end's view. */
	private static final class Side {
		final Pipeline pipeline = new Pipeline(new Dictionary(10_000), PipelineOptions.standard(), pid -> 0);
		final Captured captured = new Captured(pipeline);
		final boolean active;
		final List<SpanTable> tables = new ArrayList<>();

		Side(boolean active) {
			this.active = active;
		}
	}

	/** @param target port of the server */
	Tap(int target) throws IOException {
		this(InetAddress.getLoopbackAddress(), target);
	}

	/** @param host where the server listens, in 127.0.0.0/8 */
	Tap(InetAddress host, int target) throws IOException {
		this.host = host;
		this.target = target;
		String file = System.getProperty("record");
		record = file == null ? null : Files.newBufferedWriter(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		Thread.ofVirtual().start(this::accept);
	}

	int port() {
		return server.getLocalPort();
	}

	/** Spans so far as the client's host sees them, each "KIND operation key=value ...", without addresses. */
	synchronized List<String> clientSpans(String... keys) {
		return lines(client, keys);
	}

	synchronized List<String> serverSpans(String... keys) {
		return lines(answering, keys);
	}

	/** All tables so far. */
	synchronized List<SpanTable> clientTables() {
		client.tables.add(client.pipeline.takeFinished());
		return List.copyOf(client.tables);
	}

	synchronized String losses() {
		return client.pipeline.losses() + " / " + answering.pipeline.losses();
	}

	private List<String> lines(Side side, String... keys) {
		side.tables.add(side.pipeline.takeFinished());
		List<String> lines = new ArrayList<>();
		for (SpanTable table : side.tables) {
			for (int row = 0; row < table.size(); row++) {
				lines.add(Spans.line(table, row, keys));
			}
		}
		return lines;
	}

	private void accept() {
		while (!server.isClosed()) {
			try {
				Socket caller = server.accept();
				Socket service = new Socket(host, target);
				caller.setTcpNoDelay(true);
				service.setTcpNoDelay(true);
				open(caller, service);
			} catch (IOException e) {
				// A caller whose service is gone sees a closed connection, as it would without the tap.
			}
		}
	}

	private synchronized void open(Socket caller, Socket service) {
		int number = CONNECTIONS.incrementAndGet();
		sockets.add(caller);
		sockets.add(service);
		Captured.Connection fromClient = client.captured.open(number, "127.0.0.1:" + caller.getPort(), "127.0.0.1:9", true);
		Captured.Connection fromServer = answering.captured.open(number, "127.0.0.1:9", "127.0.0.1:" + caller.getPort(), false);
		Thread.ofVirtual().start(() -> pass(number, caller, service, true, fromClient, fromServer));
		Thread.ofVirtual().start(() -> pass(number, service, caller, false, fromClient, fromServer));
	}

	private void pass(int number, Socket from, Socket to, boolean asks, Captured.Connection one, Captured.Connection other) {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[32_768];
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				byte[] bytes = Arrays.copyOf(buffer, n);
				synchronized (this) {
					one.moves(asks ? CaptureRecord.SENT : CaptureRecord.RECEIVED, bytes);
					other.moves(asks ? CaptureRecord.RECEIVED : CaptureRecord.SENT, bytes);
					if (record != null) {
						record.write(number + (asks ? " > " : " < ") + HexFormat.of().formatHex(bytes) + "\n");
						record.flush();
					}
				}
				out.write(bytes);
			}
		} catch (IOException e) {
			// One side has closed: try-with-resources closes the other.
		}
		synchronized (this) {
			one.closes();
			other.closes();
		}
	}

	@Override
	public void close() throws IOException {
		server.close();
		synchronized (this) {
			for (Socket socket : sockets) {
				socket.close();
			}
			if (record != null) {
				record.close();
			}
		}
	}
}
