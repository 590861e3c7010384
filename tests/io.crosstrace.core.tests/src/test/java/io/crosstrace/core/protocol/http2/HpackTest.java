package io.crosstrace.core.protocol.http2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.protocol.Texts;

class HpackTest {
	private final Fields fields = new Fields(List.of("x-a", "x-b"));
	private Hpack hpack = hpack();

	@Test
	void theExamplesOfTheRfc_areRead() { // RFC 7541, C.4
		assertEquals("GET http www.example.com /", told("828684418cf1e3c2e5f23a6ba0ab90f4ff"));
		assertEquals("GET http www.example.com /", told("828684be5886a8eb10649cbf"));
		assertEquals("GET https www.example.com /index.html", told("828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf"));
	}

	@Test
	void anEntryOfBeforeWeListened_isUnknownAndLaterOnesAreRight() {
		String withTable = "828684418cf1e3c2e5f23a6ba0ab90f4ff";
		assertEquals("GET http - / unknown", told("828684be")); // authority was said before
		told(withTable);
		assertEquals("GET http www.example.com /", told("828684be"));
		hpack.forget();
		assertEquals("GET http - / unknown", told("828684be"));
	}

	@Test
	void nettysBlocks_areReadWhateverTheyHoldAndHoweverLargeTheTableIs() {
		long seed = Long.getLong("seed", System.nanoTime());
		System.out.println("seed " + seed);
		Random random = new Random(seed);
		for (int connection = 0; connection < 60; connection++) {
			Http2Bytes netty = Http2Bytes.server();
			hpack = hpack();
			for (int block = 0; block < 60; block++) {
				if (random.nextInt(20) == 0) {
					netty.tableSize(random.nextInt(3) == 0 ? 0 : random.nextInt(9000));
				}
				List<String> pairs = new ArrayList<>();
				String[] expected = new String[Fields.CAPTURED + 2];
				for (int n = random.nextInt(12); n >= 0; n--) {
					String[] names = { ":path", "content-type", "x-a", "x-b", "cookie", "x-" + random.nextInt(40), "grpc-status" };
					String name = names[random.nextInt(names.length)];
					String value = value(random);
					pairs.add(name);
					pairs.add(value);
					byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
					int number = fields.number(bytes, 0, bytes.length);
					if (number >= 0 && expected[number] == null) {
						expected[number] = value;
					}
				}
				byte[] bytes = netty.block(pairs.toArray(String[]::new));
				assertTrue(hpack.decode(bytes, 0, bytes.length, fields), () -> "seed " + seed);
				assertFalse(fields.unknown, () -> "seed " + seed);
				for (int i = 0; i < expected.length; i++) {
					assertEquals(expected[i], text(i), "field " + i + ", seed " + seed);
				}
			}
		}
	}

	@Test
	void whatIsNoBlock_isRefused() {
		for (String bad : List.of("80", "c0ff", "41", "418cf1", "ffffffffffffff", "4181ff", "0084ffffffff", "3fffffffff7f")) {
			assertFalse(decode(bad), bad);
			hpack = hpack();
		}
	}

	private static String value(Random random) {
		String few = "value " + random.nextInt(20);
		if (random.nextBoolean()) {
			return few;
		}
		StringBuilder text = new StringBuilder();
		for (int n = random.nextInt(60); n > 0; n--) {
			text.append((char) (random.nextInt(10) == 0 ? 128 + random.nextInt(128) : 32 + random.nextInt(95)));
		}
		return text.toString();
	}

	private Hpack hpack() {
		return new Hpack(new Hpack.StaticTable(fields), new Texts(64));
	}

	private boolean decode(String hex) {
		byte[] bytes = HexFormat.of().parseHex(hex);
		return hpack.decode(bytes, 0, bytes.length, fields);
	}

	private String told(String hex) {
		assertTrue(decode(hex), hex);
		return text(Fields.METHOD) + " " + text(Fields.SCHEME) + " "
				+ (fields.has(Fields.AUTHORITY) ? text(Fields.AUTHORITY) : "-") + " " + text(Fields.PATH)
				+ (fields.unknown ? " unknown" : "");
	}

	private String text(int field) {
		return fields.has(field) ? new String(fields.in(field), fields.from(field), fields.to(field) - fields.from(field),
				StandardCharsets.ISO_8859_1) : null;
	}
}
