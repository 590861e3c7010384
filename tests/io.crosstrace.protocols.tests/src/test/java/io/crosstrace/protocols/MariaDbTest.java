package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

import io.crosstrace.servers.Servers;

/** Debian's MariaDB and its JDBC driver, with text and with prepared statements. */
class MariaDbTest {
	private static final String[] KEYS = { "db.system.name", "db.query.summary", "db.query.text", "db.response.status_code" };

	private final List<String> expected = new ArrayList<>();

	private void expect(String summary, String text, String more) {
		expected.add("CLIENT " + summary + " db.system.name=mariadb db.query.summary=" + summary + " db.query.text=" + text + more);
	}

	@Test
	void whatTheDriverDoes_isTold(@TempDir Path folder) throws Exception {
		try (Servers servers = new Servers(folder)) {
			int port = servers.mariadb();
			try (Tap tap = new Tap(port)) {
				queries(tap, false);
				queries(tap, true);
				assertEquals(expected, Spans.await(expected.size(), () -> tap.clientSpans(KEYS).stream()
						.filter(line -> line.contains("shop")).toList()), tap.losses());
			}
		}
	}

	private void queries(Tap tap, boolean prepared) throws SQLException {
		String url = "jdbc:mariadb://127.0.0.1:" + tap.port() + "/?user=root&allowMultiQueries=true&useServerPrepStmts=" + prepared;
		String table = prepared ? "shop.prepared" : "shop.text";
		try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
			statement.execute("CREATE DATABASE IF NOT EXISTS shop");
			expect("CREATE DATABASE shop", "CREATE DATABASE IF NOT EXISTS shop", "");
			statement.execute("CREATE TABLE " + table + " (id int PRIMARY KEY, t text)");
			expect("CREATE TABLE " + table, "CREATE TABLE " + table + " (id int PRIMARY KEY, t text)", "");
			try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?)")) {
				for (int i = 0; i < 10; i++) {
					insert.setInt(1, i);
					insert.setString(2, "secret " + "x".repeat(i * 400));
					insert.executeUpdate();
					expect("INSERT " + table, "INSERT INTO " + table + " VALUES (" + (prepared ? "?, ?" : "?") + ")", "");
				}
			}
			try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table + " WHERE t <> 'secret'")) {
				while (rows.next()) {
					rows.getString(2);
				}
			}
			expect("SELECT " + table, "SELECT * FROM " + table + " WHERE t <> ?", "");
			assertThrows(SQLException.class, () -> statement.execute("INSERT INTO " + table + " VALUES (1, 'secret')"));
			expect("INSERT " + table, "INSERT INTO " + table + " VALUES (?)", " db.response.status_code=1062 ERROR 1062");
			statement.execute("UPDATE " + table + " SET t = 'a'; SELECT * FROM " + table);
			expect("UPDATE " + table + " SELECT " + table, "UPDATE " + table + " SET t = ?; SELECT * FROM " + table, "");
			assertThrows(SQLException.class, () -> {
				try (PreparedStatement wrong = connection.prepareStatement("SELECT x FROM shop.missing WHERE a = ?")) {
					wrong.setInt(1, 1);
					wrong.executeQuery();
				}
			});
			List<String> codes = prepared ? List.of("1146", "1243", "1146") : List.of("1146"); // it executes without waiting, then tries text
			for (String code : codes) {
				expect("SELECT shop.missing", "SELECT x FROM shop.missing WHERE a = ?", " db.response.status_code=" + code + " ERROR " + code);
			}
		}
	}
}
