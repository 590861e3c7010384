package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.ptr.IntByReference;

/** A socket on loopback with what Java hides: protocols, socket options, queues, flags of calls. Each call blocks. */
final class NativeSocket implements AutoCloseable {
	private interface LibC extends Library {
		LibC C = Native.load("c", LibC.class);

		int socket(int family, int type, int protocol) throws LastErrorException;

		int bind(int fd, Memory address, int length) throws LastErrorException;

		int listen(int fd, int queue) throws LastErrorException;

		int connect(int fd, Memory address, int length) throws LastErrorException;

		int getsockname(int fd, Memory address, IntByReference length) throws LastErrorException;

		int accept(int fd, Memory address, IntByReference length) throws LastErrorException;

		int setsockopt(int fd, int level, int name, byte[] value, int length) throws LastErrorException;

		NativeLong send(int fd, byte[] bytes, NativeLong length, int flags) throws LastErrorException;

		NativeLong recv(int fd, byte[] bytes, NativeLong length, int flags) throws LastErrorException;

		NativeLong sendfile(int to, int from, Memory offset, NativeLong length) throws LastErrorException;

		int open(String path, int flags) throws LastErrorException;

		int close(int fd);
	}

	static final int TCP = 6;
	static final int MPTCP = 262;
	static final int TCP_CORK = 3;
	static final int TCP_MD5SIG = 14;
	static final int MSG_TRUNC = 0x20;
	static final int MSG_WAITALL = 0x100;
	static final int MSG_MORE = 0x8000;

	private final int fd;

	private NativeSocket(int fd) {
		this.fd = fd;
	}

	/** A fresh one; skips the test if the kernel has no such protocol. */
	static NativeSocket of(int protocol) {
		try {
			return new NativeSocket(LibC.C.socket(2, 1, protocol));
		} catch (LastErrorException e) {
			return abort("no protocol " + protocol + ": " + e.getMessage());
		}
	}

	private static Memory loopback(int port) {
		Memory address = new Memory(16);
		address.clear();
		address.setShort(0, (short) 2);
		address.setShort(2, Short.reverseBytes((short) port));
		address.setByte(4, (byte) 127);
		address.setByte(7, (byte) 1);
		return address;
	}

	/** On a free port, with a queue of this length. */
	NativeSocket listen(int queue) {
		LibC.C.bind(fd, loopback(0), 16);
		LibC.C.listen(fd, queue);
		return this;
	}

	NativeSocket connect(int port) {
		LibC.C.connect(fd, loopback(port), 16);
		return this;
	}

	NativeSocket accept() {
		return new NativeSocket(LibC.C.accept(fd, null, null));
	}

	int port() {
		Memory address = new Memory(16);
		LibC.C.getsockname(fd, address, new IntByReference(16));
		return Short.reverseBytes(address.getShort(2)) & 0xffff;
	}

	/** Skips the test if the kernel does not know it. */
	NativeSocket set(int level, int option, byte[] value) {
		try {
			LibC.C.setsockopt(fd, level, option, value, value.length);
			return this;
		} catch (LastErrorException e) {
			return abort("socket option " + option + ": " + e.getMessage());
		}
	}

	NativeSocket set(int level, int option, int value) {
		return set(level, option, new byte[] { (byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24) });
	}

	/** All connections between these addresses are signed with this key. */
	NativeSocket sign(int port) {
		byte[] signature = new byte[216]; // struct tcp_md5sig
		loopback(port).read(0, signature, 0, 16);
		byte[] key = "secret".getBytes();
		signature[130] = (byte) key.length;
		System.arraycopy(key, 0, signature, 136, key.length);
		return set(TCP, TCP_MD5SIG, signature);
	}

	/** Sends all of it. */
	void send(byte[] bytes, int flags) {
		int sent = LibC.C.send(fd, bytes, new NativeLong(bytes.length), flags).intValue();
		assertTrue(sent == bytes.length, () -> "sent " + sent + " of " + bytes.length);
	}

	/** Receives exactly {@code size} bytes. */
	byte[] receive(int size) {
		byte[] bytes = new byte[size];
		int got = LibC.C.recv(fd, bytes, new NativeLong(size), MSG_WAITALL).intValue();
		assertTrue(got == size, () -> "received " + got + " of " + size);
		return bytes;
	}

	/** Throws away up to {@code size} bytes that have arrived, unread; returns how many. */
	long discard(long size) {
		return LibC.C.recv(fd, null, new NativeLong(size), MSG_TRUNC).longValue();
	}

	/** Sends the first {@code size} bytes of a file; returns how many the kernel took. */
	long sendFile(String file, long size) {
		int from = LibC.C.open(file, 0);
		try {
			return LibC.C.sendfile(fd, from, null, new NativeLong(size)).longValue();
		} finally {
			LibC.C.close(from);
		}
	}

	@Override
	public void close() {
		LibC.C.close(fd);
	}
}
