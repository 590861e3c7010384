package io.crosstrace.agent.bpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.crosstrace.core.capture.CaptureRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records and numbers of bpf/include, compiled, against their mirrors in Java. */
class CaptureLayoutTest {
	private static final Path INCLUDE = Path.of(System.getProperty("crosstrace.root", "../.."), "bpf", "include");

	private static final String PROGRAM = """
			#include <stdio.h>
			#include <linux/types.h>
			#include "ct_event.h"
			#include "ct_config.h"
			int main(void)
			{
				struct ct_event event = { .ts_ns = 101, .conn = 102, .offset = 103, .nonce = 104, .pid = 105, .tid = 106,
					.seq = 107, .total = 108, .captured = 60000, .kind = 110, .direction = 111, .lost = 112, .read_conn = 113, .read_offset = 114,
					.woke_conn = 115, .woke_offset = 116, .woke_hops = 117, .woke_later = 118,
					.woke_age = 119 };
				struct ct_conn conn = { .family = 201, .local_port = 202, .peer_port = 203, .active = 204,
					.local = { 205 }, .peer = { 206 }, .netns = 207 };
				struct ct_config config = { .host_secret = 301, .host_mask = 300, .self = 302, .filter = 303, .payload_max = 304, .option = 305,
					.handoffs = 306, .opt_use = 77, .opt_kind = 78, .opt_exid = 309, .tls = 310 };
				unsigned int numbers[] = { CT_DATA, CT_OPEN, CT_CLOSE, CT_RECEIVED, CT_SENT, CT_PAYLOAD_MAX,
					CT_ALL_BUT_SELF, CT_LISTED, CT_IN_CGROUP, CT_LEAVE, CT_SWITCH_ON, CT_SWITCH_OFF, CT_USE_WRITE, CT_USE_READ,
					CT_USE_LISTED, CT_OPT_KIND, CT_OPT_EXID };
				fwrite(&event, sizeof(event), 1, stdout);
				fwrite(&conn, sizeof(conn), 1, stdout);
				fwrite(&config, sizeof(config), 1, stdout);
				fwrite(numbers, sizeof(numbers), 1, stdout);
				return 0;
			}
			""";

	private static ByteBuffer told;

	@BeforeAll
	static void compile(@TempDir Path directory) throws Exception {
		Path source = directory.resolve("layout.c");
		Files.writeString(source, PROGRAM);
		run(directory, "clang", "-I" + INCLUDE.toAbsolutePath(), "-o", "layout", source.toString());
		byte[] bytes = run(directory, directory.resolve("layout").toString());
		told = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
	}

	private static byte[] run(Path directory, String... command) throws Exception {
		Process process;
		try {
			process = new ProcessBuilder(command).directory(directory.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT)
					.start();
		} catch (IOException e) {
			return abort(command[0] + " is missing");
		}
		byte[] out = process.getInputStream().readAllBytes();
		assertEquals(0, process.waitFor(), () -> String.join(" ", command));
		return out;
	}

	@Test
	void record_isReadAsTheKernelWritesIt() {
		CaptureRecord record = new CaptureRecord().wrap(told, 0);
		long[] read = { record.nanos(), record.connection(), record.offset(), record.nonce(), record.pid(), record.tid(),
				record.sequence(), record.total(), record.captured(), record.kind(), record.direction(), record.lost(),
				record.readConnection(), record.readOffset(), record.wokeConnection(), record.wokeOffset(), record.wokeHops(),
				record.wokeLater() ? 118 : 0, record.wokeAgeMicros() };
		assertEquals("[101, 102, 103, 104, 105, 106, 107, 108, 60000, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119]", Arrays.toString(read));
		assertEquals(96, CaptureRecord.HEADER_BYTES);
		assertEquals(201, told.getShort(record.payloadAt()), "struct ct_conn follows struct ct_event");
	}

	@Test
	void connection_isLaidOutAsDocumented() {
		int at = CaptureRecord.HEADER_BYTES;
		assertEquals(202, told.getShort(at + 2));
		assertEquals(203, told.getShort(at + 4));
		assertEquals(204, told.get(at + 6) & 0xff);
		assertEquals(205, told.get(at + 8) & 0xff);
		assertEquals(206, told.get(at + 24) & 0xff);
		assertEquals(207, told.getInt(at + 40));
	}

	@Test
	void configuration_isWrittenAsTheKernelReadsIt() {
		int at = CaptureRecord.HEADER_BYTES + 48;
		assertEquals(301, told.getLong(at));
		assertEquals(300, told.getLong(at + 8));
		assertEquals(302, told.getInt(at + 16));
		assertEquals(303, told.getInt(at + 20));
		assertEquals(304, told.getInt(at + 24));
		assertEquals(305, told.getInt(at + 28));
		assertEquals(306, told.getInt(at + 32));
		assertEquals(77, told.get(at + 36));
		assertEquals(78, told.get(at + 37));
		assertEquals(309, told.getShort(at + 38));
		assertEquals(310, told.getInt(at + 40));
		assertEquals(at + 48 + 17 * 4, told.capacity());
	}

	@Test
	void numbers_areTheSame() {
		int at = CaptureRecord.HEADER_BYTES + 48 + 48;
		int[] numbers = new int[17];
		told.slice(at, numbers.length * 4).order(ByteOrder.nativeOrder()).asIntBuffer().get(numbers);
		int largestPayload = new CaptureOptions(1 << 16, numbers[5], Set.of(), null, Propagation.off(), false, false).payloadBytes();
		assertEquals(List.of(CaptureRecord.DATA, CaptureRecord.OPEN, CaptureRecord.CLOSE,
				CaptureRecord.RECEIVED, CaptureRecord.SENT, largestPayload, 0, 1, 2, 0, 1, 2, 1, 2, 4, Propagation.standard().kind(),
				Propagation.standard().experiment()),
				Arrays.stream(numbers).boxed().toList());
	}

	@Test
	void counters_areInTheKernelsOrder() throws Exception {
		List<String> names = Pattern.compile("CT_STAT_([A-Z_]+)").matcher(Files.readString(INCLUDE.resolve("ct_config.h")))
				.results().map(m -> m.group(1)).toList();
		List<String> mirrored = Arrays.stream(KernelCounter.values()).map(Enum::name).toList();
		assertTrue(names.size() > 5);
		assertEquals(names.subList(0, names.size() - 1), mirrored);
		assertEquals("COUNT", names.get(names.size() - 1));
	}
}
