package io.crosstrace.ui.tests;

import io.crosstrace.core.span.SpanTable;
import io.crosstrace.wire.Frames;
import io.crosstrace.wire.SpanEncoder;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.proto.FromAgent;
import io.crosstrace.wire.proto.Gap;
import io.crosstrace.wire.proto.Welcome;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Tells one client, over a socket and encoded as an agent does, the spans it is given: an agent without a kernel. */
final class FedAgent implements AutoCloseable {
	private static final int MOST_ROWS = 2_000;

	/** Spans to tell, or how many to lose. */
	private final BlockingQueue<Object> waiting = new LinkedBlockingQueue<>();
	private final ServerSocket server;
	private final String name;
	private volatile boolean closed;
	private long told;

	FedAgent(String name) throws IOException {
		this.name = name;
		server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		start(this::serve);
	}

	AgentAddress address() {
		return AgentAddress.plain("127.0.0.1", server.getLocalPort(), "token");
	}

	/** Any thread; does not wait. */
	void tell(SpanTable spans) {
		waiting.add(spans);
	}

	/** Says that so many spans were lost on the way. */
	void lose(long spans) {
		waiting.add(spans);
	}

	@Override
	public void close() throws IOException {
		closed = true;
		server.close();
	}

	private void start(Runnable work) {
		Thread thread = new Thread(work, "agent " + name);
		thread.setDaemon(true);
		thread.start();
	}

	private void serve() {
		try (Socket client = server.accept(); OutputStream out = new BufferedOutputStream(client.getOutputStream(), 1 << 16)) {
			InputStream in = new BufferedInputStream(client.getInputStream());
			Frames.read(in, Frames.MAX_FROM_CLIENT); // who it is: anybody may listen
			start(() -> forget(in));
			FromAgent.newBuilder().setWelcome(Welcome.newBuilder().setVersion(Frames.VERSION).setAgentVersion("0.1.0")
					.setHostName(name).setStream(name).setProvider("none").setAgentId(name)
					.setStartedUnixNanos(System.currentTimeMillis() * 1_000_000)).build().writeDelimitedTo(out);
			out.flush();
			SpanEncoder encoder = new SpanEncoder();
			while (!closed) {
				Object next = waiting.take();
				if (next instanceof Long lost) {
					FromAgent.newBuilder().setGap(Gap.newBuilder().setFirstSpan(told).setSpans(lost)).build().writeDelimitedTo(out);
					out.flush();
					told += lost;
					continue;
				}
				SpanTable spans = (SpanTable) next;
				for (int row = 0; row < spans.size(); row += MOST_ROWS) {
					int end = Math.min(spans.size(), row + MOST_ROWS);
					FromAgent.newBuilder().setBatch(encoder.encode(spans, row, end, told, 0)).build().writeDelimitedTo(out);
					told += end - row;
				}
				out.flush();
			}
		} catch (IOException | InterruptedException e) {
			if (!closed) {
				throw new IllegalStateException(e);
			}
		}
	}

	/** What the client acknowledges. */
	private void forget(InputStream in) {
		try {
			while (in.read() >= 0) {
				// an agent would forget spans it kept for a client that comes back
			}
		} catch (IOException e) {
			if (!closed) {
				throw new UncheckedIOException(e);
			}
		}
	}
}
