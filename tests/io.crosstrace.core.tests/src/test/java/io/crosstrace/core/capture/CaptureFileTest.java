package io.crosstrace.core.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFileTest {
	@TempDir
	private Path directory;

	/** Three records: with no payload, with a little, with the most there can be. */
	private Path recorded() throws IOException {
		Path file = directory.resolve("three.ctcap");
		try (CaptureFile.Writer writer = CaptureFile.create(file)) {
			for (int payload : new int[] { 0, 5, 65535 }) {
				ByteBuffer buffer = ByteBuffer.allocateDirect(3 + CaptureRecord.HEADER_BYTES + payload)
						.order(ByteOrder.nativeOrder());
				for (int i = 0; i < buffer.capacity(); i++) {
					buffer.put(i, (byte) (i * 31 + payload));
				}
				buffer.putShort(3 + 48, (short) payload);
				writer.record(new CaptureRecord().wrap(buffer, 3));
			}
		}
		return file;
	}

	private static String text(CaptureRecord record) {
		byte[] bytes = new byte[CaptureRecord.HEADER_BYTES + record.captured()];
		record.buffer().get(record.payloadAt() - CaptureRecord.HEADER_BYTES, bytes);
		return record.captured() + ":" + record.connection() + ":" + Arrays.hashCode(bytes);
	}

	@Test
	void replay_givesBackEveryByte() throws IOException {
		Path again = directory.resolve("again.ctcap");
		List<String> seen = new ArrayList<>();
		try (CaptureFile.Writer writer = CaptureFile.create(again)) {
			assertEquals(3, CaptureFile.replay(recorded(), record -> {
				seen.add(text(record));
				writer.record(record);
			}));
		}
		assertEquals(List.of("0", "5", "65535"), seen.stream().map(s -> s.split(":")[0]).toList());
		assertEquals(-1, Files.mismatch(recorded(), again));
	}

	@Test
	void onlyItsOwner_canReadIt() throws IOException {
		Path file = Files.writeString(directory.resolve("before.ctcap"), "what was there before");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
		CaptureFile.create(file).close();
		assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
		assertEquals(0, CaptureFile.replay(file, record -> {
		}));
	}

	@Test
	void fileCutAnywhere_isReadUpToThere() throws IOException {
		byte[] whole = Files.readAllBytes(recorded());
		Path cut = directory.resolve("cut.ctcap");
		for (int length : new int[] { 9, 10, 12, 13, 100, 109, 110, 213, whole.length - 1 }) {
			Files.write(cut, Arrays.copyOf(whole, length));
			int complete = length < 109 ? 0 : length < 214 ? 1 : 2;
			assertEquals(complete, CaptureFile.replay(cut, record -> { }), "cut at " + length);
		}
	}

	@Test
	void somethingElse_isRefusedWithItsName() throws IOException {
		Path other = Files.writeString(directory.resolve("notes.txt"), "dear diary");
		IOException refusal = assertThrows(IOException.class, () -> CaptureFile.replay(other, record -> { }));
		assertTrue(refusal.getMessage().endsWith("notes.txt is not a CrossTrace recording"), refusal.getMessage());
	}

	@Test
	void impossibleLength_isRefused() throws IOException {
		byte[] whole = Files.readAllBytes(recorded());
		whole[9] = 0x7f;
		Path broken = Files.write(directory.resolve("broken.ctcap"), whole);
		assertThrows(IOException.class, () -> CaptureFile.replay(broken, record -> { }));
	}
}
