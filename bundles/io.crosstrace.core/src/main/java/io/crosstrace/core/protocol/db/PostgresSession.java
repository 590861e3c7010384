package io.crosstrace.core.protocol.db;

import io.crosstrace.core.protocol.LongMap;

/** What both directions of a PostgreSQL connection must know. */
final class PostgresSession {
	/** Entries of the queue that are no number of executions. */
	static final int SYNC = -1;
	static final int QUERY = -2;
	/** One execution of a statement that nobody here has seen prepared. */
	static final int UNKNOWN = -3;

	private static final int MOST_QUEUED = 4096;
	private static final int MOST_NAMES = 2000;

	/** Statements by the hash of their names, and portals by that of theirs; null until there is one. */
	private LongMap<SqlText.Statement> statements;
	private LongMap<SqlText.Statement> portals;
	private SqlText.Statement unnamed;
	private SqlText.Statement unnamedPortal;

	String database;
	/** The server is to answer with a single byte whether it encrypts. */
	boolean encryptionAsked;

	/**
	 * What the server still has to answer, in order: executions of one statement (how many), one of an
	 * unknown statement, a simple query, the end of a group ({@link #SYNC}).
	 */
	private int[] queue = {};
	private int head;
	private int size;
	/** The last entry may still grow. */
	boolean growing;

	void name(long hash, SqlText.Statement statement) {
		if (hash == 0) {
			unnamed = statement;
			return;
		}
		if (statements == null) {
			statements = new LongMap<>();
		}
		if (statements.size() < MOST_NAMES) {
			statements.put(hash, statement);
		}
	}

	/** Null if unknown. */
	SqlText.Statement statement(long hash) {
		return hash == 0 ? unnamed : statements == null ? null : statements.get(hash);
	}

	void forget(long hash) {
		if (statements != null) {
			statements.remove(hash);
		}
	}

	void portal(long hash, SqlText.Statement statement) {
		if (hash == 0) {
			unnamedPortal = statement;
			return;
		}
		if (portals == null) {
			portals = new LongMap<>();
		}
		if (statement == null) {
			portals.remove(hash);
		} else if (portals.size() < MOST_NAMES) {
			portals.put(hash, statement);
		}
	}

	SqlText.Statement portalStatement(long hash) {
		return hash == 0 ? unnamedPortal : portals == null ? null : portals.get(hash);
	}

	/** False if too much is under way: then nothing is known any more. */
	boolean add(int entry) {
		growing = entry > 0;
		if (size == queue.length) {
			if (size == MOST_QUEUED) {
				clear();
				return false;
			}
			int[] larger = new int[Math.max(8, 2 * size)];
			for (int i = 0; i < size; i++) {
				larger[i] = queue[head + i & queue.length - 1];
			}
			queue = larger;
			head = 0;
		}
		queue[head + size++ & queue.length - 1] = entry;
		return true;
	}

	/** One execution more of the last entry. */
	void grow() {
		queue[head + size - 1 & queue.length - 1]++;
	}

	/** The oldest entry; 0 if there is none. */
	int first() {
		return size == 0 ? 0 : queue[head & queue.length - 1];
	}

	int size() {
		return size;
	}

	/** Whether no entry follows the oldest. */
	boolean only() {
		return size == 1;
	}

	void take() {
		if (size == 0) {
			return;
		}
		head++;
		size--;
		growing &= size > 0;
	}

	/** One execution fewer to answer of the oldest entry. */
	void answered() {
		queue[head & queue.length - 1]--;
	}

	void clear() {
		head = size = 0;
		growing = false;
	}
}
