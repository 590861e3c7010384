package io.crosstrace.core.protocol.db;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.LongMap;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * Cassandra's native protocol, versions 3 to 5. A message is an envelope; from version 5 on, once greeted,
 * envelopes are packed into segments with checksums, perhaps compressed with LZ4.
 * <pre>
 *  0         1       2        4        5        9
 *  +---------+-------+--------+--------+--------+------
 *  | version | flags | stream | opcode | length | body        the version's highest bit: an answer
 *  +---------+-------+--------+--------+--------+------
 * </pre>
 * Statements are prepared on one connection and executed on many, by an id that is a digest of their text; so what was
 * prepared anywhere on this host is known everywhere.
 */
public final class Cassandra implements Protocol {
	static final int ERROR = 0;
	static final int STARTUP = 1;
	static final int READY = 2;
	static final int AUTHENTICATE = 3;
	static final int OPTIONS = 5;
	static final int QUERY = 7;
	static final int RESULT = 8;
	static final int PREPARE = 9;
	static final int EXECUTE = 10;
	static final int EVENT = 12;
	static final int BATCH = 13;
	static final int COMPRESSED = 1;
	static final int HEAD = 9;
	static final int LOOK = 1 << 14;
	private static final int MAX_BODY = 1 << 28;
	private static final int MAX_PREPARED = 50_000;
	private static final String[] SYSTEM = { "SELECT system.", "SELECT system_schema.", "SELECT system_virtual_schema." };

	final ParserContext context;
	final SqlText texts;
	final Fields fields = new Fields();
	/** What was unpacked of a compressed body or segment. */
	final byte[] unpacked = new byte[LOOK];
	final int consistency;
	private final LongMap<SqlText.Statement> prepared = new LongMap<>();

	/** What both directions of a connection know. */
	static final class Connection {
		int version;
		/** Greeted in version 5 or later: what follows is in segments. */
		boolean segments;
		boolean lz4;
		/** Statements being prepared, by stream. */
		final LongMap<SqlText.Statement> preparing = new LongMap<>();
	}

	public Cassandra(ParserContext context) {
		this.context = context;
		texts = new SqlText(context);
		consistency = context.names.id("cassandra.consistency.level");
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		boolean answer = in[from] < 0;
		if (!envelope(in, from, to, answer)) {
			return Sniffed.NO;
		}
		if (to - from < HEAD) {
			return start && !answer ? Sniffed.MAYBE : Sniffed.NO;
		}
		int opcode = in[from + 4];
		int length = Binary.int32(in, from + 5);
		if (answer) {
			return start && length <= to - from - HEAD && length < 4096 && opcode != EVENT ? Sniffed.ANSWER : Sniffed.NO;
		}
		boolean sure = switch (opcode) {
		case OPTIONS -> length == 0 && start;
		case STARTUP -> length > 4 && length < 1024;
		// A long text that fits, and begins with a word.
		case QUERY, PREPARE -> length > 8 && to - from > HEAD + 8 && Binary.int32(in, from + HEAD) <= length - 4
				&& Binary.int32(in, from + HEAD) > 0 && Binary.printable(in, from + HEAD + 4, from + HEAD + 8);
		case EXECUTE -> length > 18 && to - from > HEAD + 2 && Binary.uint16(in, from + HEAD) == 16;
		default -> false;
		};
		return sure ? Sniffed.REQUEST : Sniffed.NO;
	}

	@Override
	public Parsers parsers(Link link) {
		Connection connection = new Connection();
		return new Parsers(new CassandraParser(this, connection, link, true), new CassandraParser(this, connection, link, false));
	}

	/** Whether an envelope of this direction can begin here, as far as can be seen. */
	static boolean envelope(byte[] in, int from, int to, boolean answer) {
		int version = in[from] & 0x7f;
		if (in[from] < 0 != answer || version < 3 || version > 6) {
			return false;
		}
		if (to - from > 1 && (in[from + 1] & ~0x1f) != 0) {
			return false;
		}
		if (to - from < HEAD) {
			return true;
		}
		int length = Binary.int32(in, from + 5);
		return length >= 0 && length <= MAX_BODY && switch (in[from + 4]) {
		case STARTUP, OPTIONS, QUERY, PREPARE, EXECUTE, 11, BATCH, 15 -> !answer;
		case ERROR, READY, AUTHENTICATE, 6, RESULT, EVENT, 14, 16 -> answer && (in[from + 4] == EVENT
				|| Binary.int16(in, from + 2) >= 0);
		default -> false;
		};
	}

	SqlText.Statement prepared(long id) {
		return prepared.get(id);
	}

	void learn(long id, SqlText.Statement statement) {
		if (prepared.size() < MAX_PREPARED) {
			prepared.put(id, statement);
		}
	}

	/** What drivers ask of their own accord. */
	static boolean internal(String summary) {
		for (String asked : SYSTEM) {
			if (summary.startsWith(asked)) {
				return true;
			}
		}
		return false;
	}

	static String consistency(int level) {
		return switch (level) {
		case 0 -> "any";
		case 1 -> "one";
		case 2 -> "two";
		case 3 -> "three";
		case 4 -> "quorum";
		case 5 -> "all";
		case 6 -> "local_quorum";
		case 7 -> "each_quorum";
		case 8 -> "serial";
		case 9 -> "local_serial";
		case 10 -> "local_one";
		default -> null;
		};
	}

	/** As Cassandra's documentation writes it: "0x2200". */
	static String code(int code) {
		return switch (code) {
		case 0x0000 -> "0x0000";
		case 0x000A -> "0x000A";
		case 0x0100 -> "0x0100";
		case 0x1000 -> "0x1000";
		case 0x1001 -> "0x1001";
		case 0x1002 -> "0x1002";
		case 0x1003 -> "0x1003";
		case 0x1100 -> "0x1100";
		case 0x1200 -> "0x1200";
		case 0x1300 -> "0x1300";
		case 0x1400 -> "0x1400";
		case 0x1500 -> "0x1500";
		case 0x1600 -> "0x1600";
		case 0x1700 -> "0x1700";
		case 0x2000 -> "0x2000";
		case 0x2100 -> "0x2100";
		case 0x2200 -> "0x2200";
		case 0x2300 -> "0x2300";
		case 0x2400 -> "0x2400";
		case 0x2500 -> "0x2500";
		default -> "_OTHER";
		};
	}

	static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}
}
