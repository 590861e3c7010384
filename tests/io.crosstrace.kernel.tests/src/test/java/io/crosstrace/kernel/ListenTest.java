package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.kernel.Watcher.Connection;
import io.crosstrace.kernel.Watcher.Moved;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A listener without a queue, which Java cannot make: what it accepts looks like a connection that it opened. */
@Tag("kernel")
class ListenTest {
	@Test
	void connectionOlderThanTheAgent_isCountedAlikeAtBothEnds() throws Exception {
		try (NativeSocket listener = NativeSocket.of(NativeSocket.TCP).listen(0);
				Socket client = new Socket(InetAddress.getByName("127.0.0.1"), listener.port());
				NativeSocket accepted = listener.accept()) {
			int port = listener.port();
			turn(client, accepted);
			try (Watcher watcher = Watcher.ofThisProcess()) {
				for (int i = 0; i < 3; i++) {
					turn(client, accepted);
				}
				watcher.await("both ends", () -> watcher.local(port).stream().anyMatch(c -> moved(c) == 6
						&& watcher.peerOf(c) != null && moved(watcher.peerOf(c)) == 6));
				watcher.assumeOldConnectionsJoin();
				Connection server = watcher.local(port).get(0);
				Connection other = watcher.peerOf(server);
				for (int i = 0; i < 3; i++) {
					same(100 + 100 * i, server.moved(CaptureRecord.SENT).get(i), other.moved(CaptureRecord.RECEIVED).get(i));
					same(100 + 100 * i, other.moved(CaptureRecord.SENT).get(i), server.moved(CaptureRecord.RECEIVED).get(i));
				}
			}
		}
	}

	private static int moved(Connection connection) {
		return connection.moved.size();
	}

	private static void same(long offset, Moved sent, Moved received) {
		assertEquals(offset, sent.offset());
		assertEquals(offset, received.offset());
		assertNotEquals(0, sent.nonce());
		assertEquals(sent.nonce(), received.nonce());
	}

	/** A hundred bytes there and back. */
	private static void turn(Socket client, NativeSocket accepted) throws Exception {
		client.getOutputStream().write(new byte[100]);
		accepted.send(accepted.receive(100), 0);
		assertEquals(100, client.getInputStream().readNBytes(100).length);
	}
}
