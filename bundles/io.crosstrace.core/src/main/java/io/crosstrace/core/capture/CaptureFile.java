package io.crosstrace.core.capture;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * A recording of the kernel's records ({@code .ctcap}), so that what happened once can be taken apart again.
 *
 * <p>Format: the eight bytes {@code CTCAP002}, one byte for the byte order of what follows (1 little, 2 big),
 * then per record its length as a big-endian int and its bytes as they were in the ring. A file that ends in
 * the middle of a record, as after a crash, is read up to there.
 */
public final class CaptureFile {
	private static final byte[] MAGIC = { 'C', 'T', 'C', 'A', 'P', '0', '0', '2' };
	private static final int LONGEST = CaptureRecord.HEADER_BYTES + 0xffff;

	private CaptureFile() {
	}

	/** Writes records to a file, replacing it. Only its owner can read it: it holds payload. One thread. */
	public static Writer create(Path file) throws IOException {
		if (Files.exists(file) && !Files.isRegularFile(file)) {
			return new Writer(Files.newOutputStream(file)); // a pipe or a device, with the rights it has
		}
		Files.deleteIfExists(file);
		boolean posix = file.toAbsolutePath().getFileSystem().supportedFileAttributeViews().contains("posix");
		FileAttribute<?>[] rights = posix
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")) }
				: new FileAttribute<?>[0];
		return new Writer(Channels.newOutputStream(Files.newByteChannel(file,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights)));
	}

	/**
	 * Plays a recording.
	 *
	 * @return the number of records
	 * @throws IOException if it cannot be read, is no recording, or comes from a machine of another byte order
	 */
	public static long replay(Path file, Sink sink) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return replay(in, sink, file.toString());
		}
	}

	private static long replay(InputStream stream, Sink sink, String name) throws IOException {
		DataInputStream in = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
		byte[] magic = in.readNBytes(MAGIC.length);
		if (!Arrays.equals(magic, MAGIC)) {
			throw new IOException(name + " is not a CrossTrace recording");
		}
		if (in.read() != orderMark()) {
			throw new IOException(name + " was recorded on a machine with another byte order");
		}
		ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST + 8);
		byte[] bytes = new byte[LONGEST];
		CaptureRecord record = new CaptureRecord();
		long count = 0;
		while (true) {
			int length;
			try {
				length = in.readInt();
				if (length < CaptureRecord.HEADER_BYTES || length > LONGEST) {
					throw new IOException(name + ": record " + count + " has an impossible length of " + length + " bytes");
				}
				in.readFully(bytes, 0, length);
			} catch (EOFException end) {
				return count;
			}
			buffer.put(0, bytes, 0, length);
			record.wrap(buffer, 0);
			if (CaptureRecord.HEADER_BYTES + record.captured() > length) {
				throw new IOException(name + ": record " + count + " is shorter than its payload");
			}
			sink.record(record);
			count++;
		}
	}

	private static int orderMark() {
		return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 2;
	}

	/** Writes each record it is given. An error is kept and thrown by {@link #close}. */
	public static final class Writer implements Sink, AutoCloseable {
		private final DataOutputStream out;
		private final byte[] bytes = new byte[LONGEST];
		private IOException failure;

		private Writer(OutputStream stream) throws IOException {
			out = new DataOutputStream(new BufferedOutputStream(stream, 1 << 16));
			out.write(MAGIC);
			out.write(orderMark());
		}

		@Override
		public void record(CaptureRecord record) {
			if (failure != null) {
				return;
			}
			int length = CaptureRecord.HEADER_BYTES + record.captured();
			record.buffer().get(record.payloadAt() - CaptureRecord.HEADER_BYTES, bytes, 0, length);
			try {
				out.writeInt(length);
				out.write(bytes, 0, length);
			} catch (IOException e) {
				failure = e;
			}
		}

		@Override
		public void close() throws IOException {
			try (out) {
				if (failure != null) {
					throw failure;
				}
			}
		}
	}
}
