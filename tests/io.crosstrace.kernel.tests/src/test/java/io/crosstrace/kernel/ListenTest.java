package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.ptr.IntByReference;
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
	private interface LibC extends Library {
		LibC C = Native.load("c", LibC.class);

		int socket(int family, int type, int protocol);

		int bind(int fd, Memory address, int length);

		int listen(int fd, int queue);

		int getsockname(int fd, Memory address, IntByReference length);

		int accept(int fd, Memory address, IntByReference length);

		NativeLong send(int fd, byte[] bytes, NativeLong length, int flags);

		NativeLong recv(int fd, byte[] bytes, NativeLong length, int flags);

		int close(int fd);
	}

	private static final NativeLong HUNDRED = new NativeLong(100);

	@Test
	void connectionOlderThanTheAgent_isCountedAlikeAtBothEnds() throws Exception {
		Memory address = new Memory(16);
		address.clear();
		address.setShort(0, (short) 2);
		address.setByte(4, (byte) 127);
		address.setByte(7, (byte) 1);
		int listener = LibC.C.socket(2, 1, 0);
		assertEquals(0, LibC.C.bind(listener, address, 16));
		assertEquals(0, LibC.C.listen(listener, 0));
		LibC.C.getsockname(listener, address, new IntByReference(16));
		int port = (address.getByte(2) & 0xff) << 8 | address.getByte(3) & 0xff;
		try (Socket client = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
			int accepted = LibC.C.accept(listener, null, null);
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
			LibC.C.close(accepted);
		} finally {
			LibC.C.close(listener);
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
	private static void turn(Socket client, int accepted) throws Exception {
		byte[] bytes = new byte[100];
		client.getOutputStream().write(bytes);
		assertEquals(HUNDRED, LibC.C.recv(accepted, bytes, HUNDRED, 0x100)); // MSG_WAITALL
		assertEquals(HUNDRED, LibC.C.send(accepted, bytes, HUNDRED, 0));
		assertTrue(client.getInputStream().readNBytes(100).length == 100);
	}
}
