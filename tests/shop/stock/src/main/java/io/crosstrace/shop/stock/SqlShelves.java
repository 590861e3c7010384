package io.crosstrace.shop.stock;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.crosstrace.shop.ids.CallId;
import io.crosstrace.shop.ids.Ledger;
import io.crosstrace.shop.stock.StockResource.Item;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Shelves in PostgreSQL, behind a pool that is smaller than the number of workers. */
final class SqlShelves implements Shelves {
	private static final int CONNECTIONS = 10;

	private final HikariDataSource connections;

	/** Makes the tables and fills them. */
	SqlShelves(String url) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(url);
		config.setMaximumPoolSize(CONNECTIONS);
		connections = new HikariDataSource(config);
		try (Connection connection = connections.getConnection(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE items (item int PRIMARY KEY, name text, amount int, cents int, reserved bigint)");
			statement.execute("CREATE TABLE shipments (shipment serial PRIMARY KEY, customer int)");
			statement.execute("INSERT INTO items SELECT i, 'Item number ' || i, %d - i, 100 + 7 * i, 0 FROM generate_series(1, %d) i WHERE i <> %d"
					.formatted(FULL, ITEMS, MISSING));
		} catch (SQLException e) {
			throw new IllegalStateException(e);
		}
	}

	private interface Work<T> {
		T with(PreparedStatement statement) throws SQLException;
	}

	/** One call on behalf of another: a statement with one number in it. */
	private <T> T call(CallId call, String name, String sql, int number, Work<T> work) {
		try (Connection connection = connections.getConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setInt(1, number);
			try (var entry = Ledger.enter(call, name)) {
				return work.with(statement);
			}
		} catch (SQLException e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public Item item(int item, CallId call) {
		return call(call, "SELECT items", "SELECT name, amount FROM items WHERE item = ?", item, select -> {
			try (ResultSet rows = select.executeQuery()) {
				return rows.next() ? new Item(item, rows.getString(1), rows.getInt(2)) : null;
			}
		});
	}

	@Override
	public int cents(int item, CallId call) {
		return call(call, "SELECT items", "SELECT cents FROM items WHERE item = ?", item, select -> {
			try (ResultSet rows = select.executeQuery()) {
				return rows.next() ? rows.getInt(1) : -1;
			}
		});
	}

	@Override
	public boolean reserve(int item, CallId call) {
		return call(call, "UPDATE items", "UPDATE items SET reserved = reserved + 1 WHERE item = ?", item,
				update -> update.executeUpdate() == 1);
	}

	@Override
	public void ship(int customer, CallId call) {
		call(call, "INSERT shipments", "INSERT INTO shipments (customer) VALUES (?)", customer, PreparedStatement::executeUpdate);
	}

	@Override
	public long taken(CallId call) {
		try (Connection connection = connections.getConnection(); Statement statement = connection.createStatement();
				var entry = Ledger.enter(call, "SELECT items"); ResultSet rows = statement.executeQuery("SELECT sum(reserved) FROM items")) {
			rows.next();
			return rows.getLong(1);
		} catch (SQLException e) {
			throw new IllegalStateException(e);
		}
	}
}
