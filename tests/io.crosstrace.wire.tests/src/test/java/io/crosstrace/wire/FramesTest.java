package io.crosstrace.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.crosstrace.wire.proto.Ack;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FramesTest {
	@Test
	void messages_areReadAsProtobufWritesThem() throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		Ack small = Ack.newBuilder().setNextSpan(5).build();
		Ack empty = Ack.getDefaultInstance();
		small.writeDelimitedTo(out);
		empty.writeDelimitedTo(out);
		InputStream in = new ByteArrayInputStream(out.toByteArray());
		assertEquals(small, Ack.parseFrom(Frames.read(in, 100)));
		assertEquals(empty, Ack.parseFrom(Frames.read(in, 100)));
		assertNull(Frames.read(in, 100), "the stream ended between messages");
	}

	@Test
	void lengthsOfEverySize_areRead() throws IOException {
		for (int length : new int[] { 0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152 }) {
			byte[] content = new byte[length];
			Arrays.fill(content, (byte) 7);
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			for (int rest = length; ; rest >>>= 7) {
				out.write(rest < 0x80 ? rest : rest & 0x7f | 0x80);
				if (rest < 0x80) {
					break;
				}
			}
			out.write(content);
			assertArrayEquals(content, Frames.read(new ByteArrayInputStream(out.toByteArray()), 4 << 20));
		}
	}

	@Test
	void messageCutAnywhere_isAnEndWithinAMessage() throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(new byte[] { (byte) 0xac, 0x02 }); // 300
		out.writeBytes(new byte[300]);
		byte[] whole = out.toByteArray();
		for (int cut = 1; cut < whole.length; cut++) {
			InputStream in = new ByteArrayInputStream(whole, 0, cut);
			assertThrows(EOFException.class, () -> Frames.read(in, 1000), "cut at " + cut);
		}
	}

	@Test
	void hugeMessage_isRefusedBeforeItIsRead() {
		byte[] length = { (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07 };
		assertThrows(ProtocolException.class, () -> Frames.read(new ByteArrayInputStream(length), 1000));
	}

	@Test
	void endlessLength_isRefused() {
		byte[] length = new byte[20];
		Arrays.fill(length, (byte) 0xff);
		assertThrows(ProtocolException.class, () -> Frames.read(new ByteArrayInputStream(length), 1000));
	}
}
