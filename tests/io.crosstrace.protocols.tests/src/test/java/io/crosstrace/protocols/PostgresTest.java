package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

import io.crosstrace.servers.Servers;

/** Debian's PostgreSQL and its JDBC driver, with simple and extended queries. */
class PostgresTest {
	private static final String[] KEYS = { "db.query.summary", "db.query.text", "db.namespace", "db.operation.batch.size",
			"db.response.status_code" };

	private final List<String> expected = new ArrayList<>();

	private void expect(String summary, String text, String more) {
		expected.add("CLIENT " + summary + " db.query.summary=" + summary + " db.query.text=" + text + " db.namespace=postgres"
				+ more);
	}

	@Test
	void whatTheDriverDoes_isTold(@TempDir Path folder) throws Exception {
		try (Servers servers = new Servers(folder)) {
			int port = servers.postgres();
			try (Tap tap = new Tap(port)) {
				queries(tap, "extended");
				queries(tap, "simple");
				String all = tap.losses();
				assertEquals(expected, Spans.await(expected.size(), () -> tap.clientSpans(KEYS).stream()
						.filter(line -> !line.contains("db.query.summary=SET ")).toList()), all);
				assertEquals(expected.stream().map(line -> line.replace("CLIENT", "SERVER")).toList(),
						tap.serverSpans(KEYS).stream().filter(line -> !line.contains("db.query.summary=SET ")).toList());
			}
		}
	}

	private void queries(Tap tap, String mode) throws SQLException, IOException {
		boolean extended = mode.equals("extended");
		String url = "jdbc:postgresql://127.0.0.1:" + tap.port() + "/postgres?user=postgres&sslmode=prefer&preferQueryMode=" + mode;
		try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE " + mode + " (id int PRIMARY KEY, text varchar)");
			expect("CREATE TABLE " + mode, "CREATE TABLE " + mode + " (id int PRIMARY KEY, text varchar)", "");
			try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + mode + " VALUES (?, ?)")) {
				for (int i = 0; i < 20; i++) { // the driver names the statement from the fifth time on
					insert.setInt(1, i);
					insert.setString(2, "secret " + "x".repeat(i * 500));
					insert.executeUpdate();
					expect("INSERT " + mode, "INSERT INTO " + mode + " VALUES "
							+ (extended ? "($1, $2)" : "((?::int4), (?))"), "");
				}
			}
			try (ResultSet rows = statement.executeQuery("SELECT * FROM " + mode + " WHERE text <> 'secret' ORDER BY id")) {
				while (rows.next()) {
					rows.getString(2);
				}
			}
			expect("SELECT " + mode, "SELECT * FROM " + mode + " WHERE text <> ? ORDER BY id", "");
			assertThrows(SQLException.class, () -> statement.execute("INSERT INTO " + mode + " VALUES (1, 'secret')"));
			expect("INSERT " + mode, "INSERT INTO " + mode + " VALUES (?)", " db.response.status_code=23505 ERROR 23505");
			assertThrows(SQLException.class, () -> statement.execute("SELECT * FROM missing"));
			expect("SELECT missing", "SELECT * FROM missing", " db.response.status_code=42P01 ERROR 42P01");
			((PGConnection) connection).getCopyAPI().copyIn("COPY " + mode + " FROM STDIN", new StringReader("100\tsecret\n101\tb\n"));
			expect("COPY " + mode, "COPY " + mode + " FROM STDIN", "");
			connection.setAutoCommit(false);
			try (PreparedStatement update = connection.prepareStatement("UPDATE " + mode + " SET text = ? WHERE id = ?")) {
				for (int i = 0; i < 3; i++) {
					update.setString(1, "secret");
					update.setInt(2, i);
					update.addBatch();
				}
				update.executeBatch();
			}
			expect("BEGIN", "BEGIN", "");
			if (extended) {
				expect("UPDATE " + mode, "UPDATE " + mode + " SET text = $1 WHERE id = $2", " db.operation.batch.size=3");
			} else {
				for (int i = 0; i < 3; i++) {
					expect("UPDATE " + mode, "UPDATE " + mode + " SET text = (?) WHERE id = (?::int4)", "");
				}
			}
			connection.commit();
			expect("COMMIT", "COMMIT", "");
		}
	}
}
