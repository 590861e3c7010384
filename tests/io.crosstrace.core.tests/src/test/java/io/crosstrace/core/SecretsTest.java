package io.crosstrace.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Captured;
import io.crosstrace.testing.RandomSpans;

/** Plants a secret wherever a client or a server can put one, and looks for it in all that is told. */
class SecretsTest {
	private static final String SECRET = "hunter2secret";

	private final Dictionary names = new Dictionary(10_000);
	private final Pipeline pipeline = new Pipeline(names, PipelineOptions.standard()
			.captureHeaders(Set.of("authorization", "cookie", "x-api-key")), pid -> 0);
	private final Captured wire = new Captured(pipeline);
	private int connections;

	private Captured.Connection call() {
		return wire.open(++connections, "10.0.0.1:4000", "10.0.0.2:80", true);
	}

	private static String postgres(char letter, String body) {
		int length = body.length() + 4;
		return letter + "\0\0" + (char) (length >> 8) + (char) (length & 0xff) + body;
	}

	private static String mysql(int sequence, String payload) {
		return (char) (payload.length() & 0xff) + "" + (char) (payload.length() >> 8) + "\0" + (char) sequence + payload;
	}

	private static String redis(String... words) {
		StringBuilder out = new StringBuilder("*" + words.length + "\r\n");
		for (String word : words) {
			out.append("$" + word.length() + "\r\n" + word + "\r\n");
		}
		return out.toString();
	}

	@Test
	void aSecret_isNowhereInWhatIsTold() {
		http1();
		http2();
		sql();
		redis();
		pipeline.tick(wire.nanos() + 10_000_000_000L);
		SpanTable spans = pipeline.takeFinished();
		assertTrue(spans.size() >= 20, () -> spans.size() + " spans: " + pipeline.losses().snapshot());
		for (int row = 0; row < spans.size(); row++) {
			String told = RandomSpans.row(spans, row);
			assertFalse(told.contains(SECRET), told);
		}
		for (int id = 0; id < names.size(); id++) {
			assertFalse(names.text(id).contains(SECRET), names.text(id));
		}
		for (int id = 0; id < spans.values.size(); id++) {
			assertFalse(spans.values.text(id).contains(SECRET), spans.values.text(id));
		}
		assertEquals(spans.size(), (int) IntStream.range(0, spans.size())
				.filter(row -> !spans.has(row, SpanTable.UNANSWERED)).count());
	}

	private void http1() {
		call().sends("POST http://ada:" + SECRET + "@shop/a;jsessionid=" + SECRET + "/b?token=" + SECRET + "&x=" + SECRET + "#" + SECRET
				+ " HTTP/1.1\r\nHost: ada:" + SECRET + "@shop\r\nAuthorization: Bearer " + SECRET + "\r\nCookie: a=" + SECRET
				+ "\r\nX-Api-Key: " + SECRET + "\r\nUser-Agent: " + SECRET + "\r\nX-Other: " + SECRET + "\r\nContent-Length: 13\r\n\r\n"
				+ SECRET).receives("HTTP/1.1 500 " + SECRET + "\r\nSet-Cookie: " + SECRET + "\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n"
						+ SECRET + "\r\n0\r\nX-Trailer: " + SECRET + "\r\n\r\n");
		call().sends("GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n")
				.receives("HTTP/1.1 101 S\r\nUpgrade: websocket\r\n\r\n\u0081\r" + SECRET);
	}

	private void http2() {
		String fields = "\u0083\u0086" + literal(":authority", "ada:" + SECRET + "@shop") + literal(":path", "/a?token=" + SECRET)
				+ literal("authorization", SECRET) + literal("cookie", SECRET) + literal("x-api-key", SECRET)
				+ literal("user-agent", SECRET) + literal(SECRET, SECRET);
		call().sends("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, "") + frame(1, 4, 1, fields) + frame(0, 1, 1, SECRET))
				.receives(frame(4, 0, 0, "") + frame(1, 4, 1, "\u0088" + literal("grpc-message", SECRET)) + frame(0, 1, 1, SECRET));
	}

	private static String literal(String name, String value) {
		return "\u0040" + (char) name.length() + name + (char) value.length() + value;
	}

	private static String frame(int type, int flags, int stream, String payload) {
		return "\0" + (char) (payload.length() >> 8) + (char) (payload.length() & 0xff) + (char) type + (char) flags + "\0\0\0"
				+ (char) stream + payload;
	}

	private void sql() {
		String[] statements = { "SELECT * FROM t WHERE a = '" + SECRET + "' -- " + SECRET, "SELECT /* " + SECRET + " */ 1 FROM t",
				"INSERT INTO t VALUES (E'\\'" + SECRET + "', N'" + SECRET + "', '''" + SECRET + "')" };
		Captured.Connection pg = call();
		pg.sends("\0\0\0\40\0\3\0\0user\0ada\0database\0shop\0\0").receives(postgres('R', "\0\0\0\3")).sends(postgres('p', SECRET + "\0"))
				.receives(postgres('Z', "I"));
		for (String statement : statements) {
			pg.sends(postgres('Q', statement + "\0")).receives(postgres('D', "\0\1\0\0\0\r" + SECRET) + postgres('E', "SERROR\0C22P02\0M"
					+ SECRET + "\0\0") + postgres('Z', "I"));
		}
		pg.sends(postgres('P', "s\0SELECT $q$" + SECRET + "$q$ FROM t WHERE b = $1\0\0\0") + postgres('B', "\0s\0\0\0\0\1\0\0\0\r" + SECRET
				+ "\0\0") + postgres('E', "\0\0\0\0\0") + postgres('S', ""))
				.receives(postgres('1', "") + postgres('2', "") + postgres('C', "SELECT 1\0") + postgres('Z', "I"));
		pg.sends(postgres('Q', "COPY t FROM STDIN\0")).receives(postgres('G', "\0\0\0")).sends(postgres('d', SECRET) + postgres('c', ""))
				.receives(postgres('C', "COPY 1\0") + postgres('Z', "I"));
		Captured.Connection my = call();
		my.receives(mysql(0, "\n8.0.36\0\7\0\0\0abcdefgh\0\u00ff\u00f7\41\2\0\u00ff\u00c1\25" + "\0".repeat(10) + "ijklmnopqrst\0"))
				.sends(mysql(1, "\10\0\0\1" + "\0".repeat(28) + "ada\0\r" + SECRET + "shop\0")).receives(mysql(2, "\0\0\0\2\0\0\0"));
		for (String statement : statements) {
			my.sends(mysql(0, "\3" + statement.replace("E'", "'") + " # " + SECRET)).receives(mysql(1, "\u00ff\26\4#42000" + SECRET));
		}
		my.sends(mysql(0, "\3SELECT \"" + SECRET + "\" FROM `t`")).receives(mysql(1, "\0\0\0\2\0\0\0"));
		my.sends(mysql(0, "\26SELECT a FROM t WHERE b = ?")).receives(mysql(1, "\0\7\0\0\0\0\0\0\0\0\0\0"))
				.sends(mysql(0, "\27\7\0\0\0\0\1\0\0\0\0\1\17\0\r" + SECRET)).receives(mysql(1, "\0\0\0\2\0\0\0"));
	}

	private void redis() {
		Captured.Connection c = call();
		c.sends(redis("AUTH", "ada", SECRET)).receives("-WRONGPASS " + SECRET + "\r\n");
		c.sends(redis("HELLO", "3", "AUTH", "ada", SECRET)).receives("%1\r\n+server\r\n$13\r\n" + SECRET + "\r\n");
		c.sends(redis("SET", "key:" + SECRET, SECRET)).receives("+OK\r\n").sends(redis("GET", SECRET)).receives("$13\r\n" + SECRET + "\r\n");
		c.sends(redis("CONFIG", "SET", "requirepass", SECRET)).receives("+OK\r\n");
		c.sends(redis("EVAL", "return '" + SECRET + "'", "0")).receives("$13\r\n" + SECRET + "\r\n");
		c.sends(redis("PUBLISH", "news", SECRET)).receives(":1\r\n").receives(">3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$13\r\n" + SECRET + "\r\n");
		c.moves(CaptureRecord.SENT, redis("MIGRATE", "host", SECRET).getBytes(StandardCharsets.ISO_8859_1)).receives("+OK\r\n");
	}
}
