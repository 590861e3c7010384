package io.crosstrace.shop.billing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crosstrace.shop.ids.CallId;
import io.crosstrace.shop.ids.Ledger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

/** What was paid and billed, in PostgreSQL if there is one. Safe for any thread. */
final class Books {
	private static final int CONNECTIONS = 8;

	private final HikariDataSource connections;
	private final AtomicLong charges = new AtomicLong();

	private Books(HikariDataSource connections) {
		this.connections = connections;
	}

	/** @param url of the database, or null for none */
	static Books open(String url) throws SQLException {
		if (url == null) {
			return new Books(null);
		}
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setMaximumPoolSize(CONNECTIONS);
		HikariDataSource connections = new HikariDataSource(config);
		try (Connection connection = connections.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE charges (charge serial PRIMARY KEY, customer int, cents int)");
			statement.execute("CREATE TABLE invoices (invoice serial PRIMARY KEY, customer int, cents int)");
		}
		return new Books(connections);
	}

	/** @return how many charges there were so far */
	long charge(int customer, int cents, CallId call) {
		insert("charges", customer, cents, call);
		return charges.incrementAndGet();
	}

	void bill(int customer, int cents, CallId call) {
		insert("invoices", customer, cents, call);
	}

	private void insert(String table, int customer, int cents, CallId call) {
		if (connections == null) {
			return;
		}
		try (Connection connection = connections.getConnection(); PreparedStatement insert = connection.prepareStatement(
				"INSERT INTO " + table + " (customer, cents) VALUES (?, ?)")) {
			insert.setInt(1, customer);
			insert.setInt(2, cents);
			try (var entry = Ledger.enter(call, "INSERT " + table)) {
				insert.executeUpdate();
			}
		} catch (SQLException e) {
			throw new IllegalStateException(e);
		}
	}
}
