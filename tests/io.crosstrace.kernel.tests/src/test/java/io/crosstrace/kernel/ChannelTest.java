package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.kernel.Watcher.Connection;
import io.crosstrace.kernel.Watcher.Moved;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sends and receives of every shape: what is told of them must add up, byte by byte. */
@Tag("kernel")
class ChannelTest {
	private Watcher watcher;
	private ServerSocketChannel server;
	private SocketChannel sender;
	private SocketChannel receiver;

	@BeforeEach
	void connect() throws Exception {
		watcher = Watcher.ofThisProcess();
		server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		sender = SocketChannel.open();
	}

	private void accept() throws Exception {
		sender.connect(server.getLocalAddress());
		receiver = server.accept();
	}

	@AfterEach
	void disconnect() throws Exception {
		server.close();
		sender.close();
		if (receiver != null) {
			receiver.close();
		}
		watcher.close();
	}

	private int port() throws Exception {
		return ((InetSocketAddress) server.getLocalAddress()).getPort();
	}

	/** Reads until {@code size} bytes have come. */
	private byte[] read(int size) throws Exception {
		ByteBuffer in = ByteBuffer.allocateDirect(size);
		while (in.hasRemaining()) {
			assertTrue(receiver.read(in) > 0);
		}
		byte[] bytes = new byte[size];
		in.flip().get(bytes);
		return bytes;
	}

	/** What was told of one direction, in order; every byte exactly once. */
	private List<Moved> told(int direction, long size) throws Exception {
		int port = port();
		watcher.await(size + " bytes", () -> side(port, direction) != null && side(port, direction).bytes(direction) >= size);
		List<Moved> moved = side(port, direction).moved(direction);
		long at = 0;
		for (Moved part : moved) {
			assertEquals(at, part.offset(), "a gap or an overlap");
			at += part.total();
		}
		assertEquals(size, at);
		return moved;
	}

	private Connection side(int port, int direction) {
		Connection accepted = watcher.local(port).stream().findFirst().orElse(null);
		return accepted == null || direction == CaptureRecord.RECEIVED ? accepted : watcher.peerOf(accepted);
	}

	private static ByteBuffer drawn(int size, long seed, boolean direct) {
		byte[] bytes = new byte[size];
		new Random(seed).nextBytes(bytes);
		return direct ? ByteBuffer.allocateDirect(size).put(bytes).flip() : ByteBuffer.wrap(bytes);
	}

	@Test
	void gatheredWrite_isToldInOnePiece() throws Exception {
		accept();
		ByteBuffer[] parts = { drawn(100, 1, true), drawn(0, 2, true), drawn(3000, 3, true), drawn(1, 4, true) };
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		for (ByteBuffer part : parts) {
			byte[] bytes = new byte[part.remaining()];
			part.duplicate().get(bytes);
			whole.writeBytes(bytes);
		}
		assertEquals(3101, sender.write(parts));
		byte[] got = read(3101);
		List<Moved> sent = told(CaptureRecord.SENT, 3101);
		assertEquals(1, sent.size());
		assertEquals(ByteBuffer.wrap(whole.toByteArray()), ByteBuffer.wrap(sent.get(0).payload()));
		assertEquals(ByteBuffer.wrap(got), ByteBuffer.wrap(sent.get(0).payload()));
	}

	@Test
	void writeGatheredFrom200Parts_isToldInOnePiece() throws Exception {
		accept();
		ByteBuffer[] parts = new ByteBuffer[200]; // as a multiplexing client does that has many small frames to send
		ByteBuffer whole = ByteBuffer.allocate(200 * 37);
		for (int i = 0; i < parts.length; i++) {
			parts[i] = drawn(i % 50 + 1, 100 + i, true);
			whole.put(parts[i].duplicate());
		}
		whole.flip();
		int size = whole.remaining();
		assertEquals(size, sender.write(parts));
		read(size);
		List<Moved> sent = told(CaptureRecord.SENT, size);
		assertEquals(1, sent.size());
		assertEquals(whole, ByteBuffer.wrap(sent.get(0).payload()));
	}

	@Test
	void scatteredRead_isToldInOnePiece() throws Exception {
		accept();
		ByteBuffer message = drawn(500, 5, true);
		sender.write(message.duplicate());
		ByteBuffer[] into = { ByteBuffer.allocateDirect(7), ByteBuffer.allocateDirect(600) };
		assertEquals(500, receiver.read(into));
		List<Moved> received = told(CaptureRecord.RECEIVED, 500);
		assertEquals(message, ByteBuffer.wrap(received.get(0).payload()));
	}

	@Test
	void writesThatDoNotBlock_areToldAsFarAsTheyGot() throws Exception {
		sender.setOption(StandardSocketOptions.SO_SNDBUF, 20_000);
		server.setOption(StandardSocketOptions.SO_RCVBUF, 20_000);
		accept();
		sender.configureBlocking(false);
		int size = 3_000_000;
		ByteBuffer out = drawn(size, 6, true);
		byte[] expected = new byte[size];
		out.duplicate().get(expected);
		ByteBuffer in = ByteBuffer.allocateDirect(8_000);
		long got = 0;
		int refused = 0;
		while (got < size) {
			if (out.hasRemaining() && sender.write(out) == 0) {
				refused++;
			}
			in.clear();
			got += receiver.read(in);
		}
		assertTrue(refused > 10, "the test must fill the buffer: " + refused);
		for (int direction : new int[] { CaptureRecord.SENT, CaptureRecord.RECEIVED }) {
			for (Moved part : told(direction, size)) {
				for (int i = 0; i < part.payload().length; i++) {
					assertEquals(expected[(int) part.offset() + i], part.payload()[i], "byte " + (part.offset() + i));
				}
			}
		}
	}

	@Test
	void lastBytesBeforeTheEnd_areWhereTheyBelong() throws Exception {
		accept();
		sender.write(drawn(1000, 7, true));
		sender.shutdownOutput();
		Thread.sleep(50); // for the FIN to arrive: the read then eats both
		read(1000);
		assertEquals(-1, receiver.read(ByteBuffer.allocateDirect(1)));
		told(CaptureRecord.RECEIVED, 1000);
	}

	@Test
	void payloadOfAPageNotYetInMemory_isReadLater() throws Exception {
		accept();
		Path file = Files.createTempFile("cold", ".bin");
		try (var channel = FileChannel.open(file, StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			ByteBuffer message = drawn(2000, 8, false);
			channel.write(message.duplicate());
			ByteBuffer cold = channel.map(FileChannel.MapMode.READ_ONLY, 0, 2000);
			assertEquals(2000, sender.write(cold)); // mapped, never touched: the kernel is the first to read it
			read(2000);
			assertEquals(message, ByteBuffer.wrap(told(CaptureRecord.SENT, 2000).get(0).payload()));
		} finally {
			Files.delete(file);
		}
	}
}
