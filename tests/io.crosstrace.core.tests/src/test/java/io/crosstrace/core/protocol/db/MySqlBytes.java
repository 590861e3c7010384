package io.crosstrace.core.protocol.db;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes the packets of MySQL's protocol as its documentation lays them out. */
final class MySqlBytes {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private int sequence;

	/** The next packet begins a command, or the answer to one. */
	MySqlBytes from(int next) {
		sequence = next;
		return this;
	}

	MySqlBytes greeting(String version) {
		return from(0).packet("\n" + version + "\0\7\0\0\0abcdefgh\0\u00ff\u00f7\41\2\0\u00ff\u00c1\25\0\0\0\0\0\0\0\0\0\0ijklmnopqrst\0");
	}

	/** What the client can do and who it is; "shop" is its database. */
	MySqlBytes introduces(int capabilities) {
		byte[] head = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putInt(capabilities | MySql.WITH_DATABASE).array();
		return from(1).packet(new String(head, StandardCharsets.ISO_8859_1) + "ada\0\4hashshop\0mysql_native_password\0");
	}

	MySqlBytes query(String sql) {
		return from(0).packet("\3" + sql);
	}

	MySqlBytes prepare(String sql) {
		return from(0).packet("\26" + sql);
	}

	MySqlBytes execute(int id) {
		return from(0).packet("\27" + (char) id + "\0\0\0\0\1\0\0\0\0\1\3secret");
	}

	MySqlBytes ok(int status) {
		return packet("\0\1\0" + (char) status + "\0\0\0");
	}

	MySqlBytes error(int code) {
		return packet("\u00ff" + (char) (code & 0xff) + (char) (code >> 8) + "#42000secret detail");
	}

	/** Column, rows, and the end as clients of today read it. */
	MySqlBytes result(int status, String... rows) {
		packet("\1").packet("\3def\4shop\1o\1o\1a\1a\14\77\0\1\0\0\0\10\0\0\0\0\0");
		for (String row : rows) {
			packet((char) row.length() + row);
		}
		return packet("\u00fe\0\0" + (char) status + "\0\0\0");
	}

	/** The same with the older ends. */
	MySqlBytes oldResult(String... rows) {
		packet("\1").packet("\3def\4shop\1o\1o\1a\1a\14\77\0\1\0\0\0\10\0\0\0\0\0").packet("\u00fe\0\0\2\0");
		for (String row : rows) {
			packet((char) row.length() + row);
		}
		return packet("\u00fe\0\0\2\0");
	}

	MySqlBytes packet(String payload) {
		byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
		out.writeBytes(new byte[] { (byte) bytes.length, (byte) (bytes.length >> 8), (byte) (bytes.length >> 16), (byte) sequence++ });
		out.writeBytes(bytes);
		return this;
	}

	byte[] bytes() {
		byte[] bytes = out.toByteArray();
		out.reset();
		return bytes;
	}
}
