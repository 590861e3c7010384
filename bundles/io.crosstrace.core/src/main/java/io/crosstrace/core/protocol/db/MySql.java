package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.LongMap;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * The protocol of MySQL and MariaDB: the server speaks first; text and prepared statements, several results of one
 * call, errors, LOCAL INFILE. What only serves a driver, such as preparing or pinging, is no span unless it fails.
 */
public final class MySql implements Protocol {
	static final int HEAD = 4;
	/** So many packets in a row are no accident. */
	static final int ENOUGH = 8;
	/** A longer payload goes on in the next packet. */
	static final int FULL = 0xffffff;

	static final int QUIT = 1;
	static final int INIT_DB = 2;
	static final int QUERY = 3;
	static final int FIELD_LIST = 4;
	static final int STATISTICS = 9;
	static final int CHANGE_USER = 0x11;
	static final int BINLOG_DUMP = 0x12;
	static final int PREPARE = 0x16;
	static final int EXECUTE = 0x17;
	static final int LONG_DATA = 0x18;
	static final int CLOSE = 0x19;
	static final int FETCH = 0x1c;
	static final int BINLOG_DUMP_GTID = 0x1e;
	static final int LAST = 0x20;
	static final int BULK_EXECUTE = 0xfa;

	/** Capabilities a client may ask for. */
	static final int WITH_DATABASE = 1 << 3;
	static final int COMPRESS = 1 << 5;
	static final int SSL = 1 << 11;
	static final int LENGTH_OF_AUTH = 1 << 21;
	static final int NO_EOF = 1 << 24;
	static final int ZSTD = 1 << 26;
	static final int ATTRIBUTES = 1 << 27;

	final ParserContext context;
	final SqlText sql;

	public MySql(ParserContext context) {
		this.context = context;
		sql = new SqlText(context);
	}

	/** What both directions of a connection must know. */
	static final class Session {
		private static final int MOST_QUEUED = 1024;
		private static final int MOST_STATEMENTS = 4000;

		String system = "mysql";
		String database;
		int capabilities = NO_EOF;
		/** The server has greeted and no command has come yet: the client proves who it is. */
		boolean greeting;
		/** The client sends a file, or proves anew who it is: its packets are no commands. */
		boolean sending;
		/** Statements by their ids; null until there is one. */
		private LongMap<SqlText.Statement> statements;
		private SqlText.Statement last;

		/* Commands the server still has to answer, in order, and the statement of each that prepares one. */
		private byte[] commands = {};
		private SqlText.Statement[] prepared = {};
		private int head;
		private int size;

		void prepare(long id, SqlText.Statement statement) {
			last = statement;
			if (statements == null) {
				statements = new LongMap<>();
			}
			if (statements.size() < MOST_STATEMENTS) {
				statements.put(id, statement);
			}
		}

		/** Null if unknown. */
		SqlText.Statement statement(int id) {
			return id == -1 ? last : statements == null ? null : statements.get(id);
		}

		void close(int id) {
			if (statements != null) {
				statements.remove(id);
			}
		}

		/** @param statement of PREPARE; MariaDB's driver executes what it prepares before the answer is there */
		boolean add(int command, SqlText.Statement statement) {
			if (statement != null) {
				last = statement;
			}
			if (size == commands.length) {
				if (size == MOST_QUEUED) {
					clear();
					return false;
				}
				byte[] larger = new byte[Math.max(4, 2 * size)];
				SqlText.Statement[] more = new SqlText.Statement[larger.length];
				for (int i = 0; i < size; i++) {
					larger[i] = commands[head + i & commands.length - 1];
					more[i] = prepared[head + i & commands.length - 1];
				}
				commands = larger;
				prepared = more;
				head = 0;
			}
			int slot = head + size++ & commands.length - 1;
			commands[slot] = (byte) command;
			prepared[slot] = statement;
			return true;
		}

		/** The oldest command; 0 if there is none. */
		int first() {
			return size == 0 ? 0 : commands[head & commands.length - 1] & 0xff;
		}

		SqlText.Statement firstPrepared() {
			return prepared[head & commands.length - 1];
		}

		void take() {
			if (size > 0) {
				prepared[head++ & commands.length - 1] = null;
				size--;
			}
		}

		void clear() {
			while (size > 0) {
				take();
			}
			sending = false;
		}
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		if (to - from < HEAD + 1) {
			return start && to - from == HEAD && in[from + 1] == 0 && in[from + 2] == 0 && in[from + 3] == 0 ? Sniffed.MAYBE
					: Sniffed.NO;
		}
		if (start) {
			return greeting(in, from, to) ? Sniffed.ANSWER : Sniffed.NO;
		}
		return commands(in, from, to) ? Sniffed.REQUEST : Sniffed.NO;
	}

	/** Length with its head of the packet at {@code at}. */
	static int length(byte[] in, int at) {
		return HEAD + (in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16);
	}

	/** Whether a server's greeting begins here: version 10 of the protocol, then the server's own, such as 8.0.36. */
	static boolean greeting(byte[] in, int at, int to) {
		int length = length(in, at);
		if (length < 40 || length > 300 || in[at + 3] != 0 || in[at + 4] != 10 || to - at < 8) {
			return false;
		}
		int end = Ascii.indexOf(in, at + 5, Math.min(to, at + 80), (byte) 0);
		return end > at + 7 && Ascii.digit(in[at + 5]) && (in[at + 6] == '.' || in[at + 7] == '.');
	}

	/** Whether the bytes are whole commands of a client, to the last byte, the first of them one that tells. */
	static boolean commands(byte[] in, int from, int to) {
		int at = from;
		for (int packets = 0; to - at > HEAD; packets++) {
			if (packets == ENOUGH) {
				return true;
			}
			int command = in[at + HEAD] & 0xff;
			int length = length(in, at);
			if (in[at + 3] != 0 || length <= HEAD || length > to - at || !command(command)) {
				return false;
			}
			if (at == from) {
				boolean tells = switch (command) {
				case QUERY, PREPARE -> SqlText.begins(in, sqlAt(in, at + HEAD + 1, to, command), at + length);
				case EXECUTE -> length >= HEAD + 10 && little32(in, at + HEAD + 6) == 1 && in[at + HEAD + 5] >= 0
						&& in[at + HEAD + 5] < 16;
				default -> false;
				};
				if (!tells) {
					return false;
				}
			}
			at += length;
		}
		return at == to;
	}

	static boolean command(int command) {
		return command > 0 && command <= LAST || command == BULK_EXECUTE;
	}

	/** Where the text begins behind a command's letter: clients may put attributes first, mostly none. */
	static int sqlAt(byte[] in, int at, int to, int command) {
		return command == QUERY && to - at > 2 && in[at] == 0 && in[at + 1] == 1 ? at + 2 : at;
	}

	static int little32(byte[] in, int at) {
		return in[at] & 0xff | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
	}

	@Override
	public Parsers parsers(Link link) {
		Session session = new Session();
		return new Parsers(new MySqlRequests(this, session, link), new MySqlAnswers(this, session, link));
	}
}
