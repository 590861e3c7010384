package io.crosstrace.core.protocol.db;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes PostgreSQL's messages as its documentation lays them out. */
final class PostgresBytes {
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	PostgresBytes startup(String database) {
		byte[] body = ("user\0ada\0database\0" + database + "\0\0").getBytes(StandardCharsets.UTF_8);
		out.writeBytes(ByteBuffer.allocate(8 + body.length).putInt(8 + body.length).putInt(Postgres.VERSION_3).put(body).array());
		return this;
	}

	PostgresBytes ssl() {
		out.writeBytes(ByteBuffer.allocate(8).putInt(8).putInt(Postgres.SSL).array());
		return this;
	}

	PostgresBytes query(String sql) {
		return message('Q', sql + "\0");
	}

	PostgresBytes parse(String name, String sql) {
		return message('P', name + "\0" + sql + "\0\0\0");
	}

	PostgresBytes bind(String portal, String name, String value) {
		return message('B', portal + "\0" + name + "\0\0\0\0\1\0\0\0" + (char) value.length() + value + "\0\0");
	}

	PostgresBytes execute(String portal) {
		return message('E', portal + "\0\0\0\0\0");
	}

	PostgresBytes sync() {
		return message('S', "");
	}

	PostgresBytes row(String value) {
		return message('D', "\0\1\0\0\0" + (char) value.length() + value);
	}

	PostgresBytes complete(String tag) {
		return message('C', tag + "\0");
	}

	PostgresBytes error(String code) {
		return message('E', "SERROR\0C" + code + "\0Msecret detail\0\0");
	}

	PostgresBytes ready() {
		return message('Z', "I");
	}

	PostgresBytes message(char letter, String body) {
		byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
		out.writeBytes(ByteBuffer.allocate(5 + bytes.length).put((byte) letter).putInt(4 + bytes.length).put(bytes).array());
		return this;
	}

	byte[] bytes() {
		byte[] bytes = out.toByteArray();
		out.reset();
		return bytes;
	}
}
