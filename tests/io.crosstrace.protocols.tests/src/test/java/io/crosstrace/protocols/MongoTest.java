package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import com.mongodb.MongoWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;

/** MongoDB's Java driver and a server of the same protocol that keeps its data in memory. */
class MongoTest {
	private static final String[] KEYS = { "db.system.name", "db.operation.name", "db.collection.name", "db.namespace",
			"db.operation.batch.size", "db.response.status_code" };

	private static String span(String operation, String collection, String rest) {
		return "CLIENT " + operation + (collection.isEmpty() ? "" : " " + collection) + " db.system.name=mongodb db.operation.name="
				+ operation + (collection.isEmpty() ? "" : " db.collection.name=" + collection) + " db.namespace=shop" + rest;
	}

	@Test
	void whatTheDriverDoes_isTold() throws Exception {
		MongoServer server = new MongoServer(new MemoryBackend().version(ServerVersion.MONGO_5_0));
		try (Tap tap = new Tap(server.bind().getPort());
				MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + tap.port() + "/?directConnection=true")) {
			List<String> expected = new ArrayList<>();
			MongoDatabase shop = client.getDatabase("shop");
			MongoCollection<Document> orders = shop.getCollection("orders");
			orders.insertOne(new Document("_id", 1).append("customer", "the secret customer"));
			expected.add(span("insert", "orders", ""));
			List<Document> many = new ArrayList<>();
			for (int i = 2; i < 302; i++) {
				many.add(new Document("_id", i).append("price", i));
			}
			orders.insertMany(many);
			expected.add(span("insert", "orders", " db.operation.batch.size=300"));
			int count = 0;
			for (Document order : orders.find(Filters.gt("_id", 0)).batchSize(200)) {
				count += order.containsKey("_id") ? 1 : 0;
			}
			assertEquals(301, count);
			expected.add(span("find", "orders", ""));
			expected.add(span("getMore", "orders", ""));
			orders.updateOne(Filters.eq("_id", 2), Updates.set("price", 3));
			expected.add(span("update", "orders", ""));
			orders.deleteMany(Filters.gt("_id", 200));
			expected.add(span("delete", "orders", ""));
			orders.countDocuments();
			expected.add(span("aggregate", "orders", ""));
			assertThrows(MongoWriteException.class, () -> orders.insertOne(new Document("_id", 1)));
			expected.add(span("insert", "orders", " db.response.status_code=11000 ERROR 11000"));
			assertThrows(MongoCommandException.class, () -> shop.runCommand(new Document("nonsense", 1)));
			expected.add(span("nonsense", "", " db.response.status_code=59 ERROR 59"));
			assertEquals(expected, Spans.await(expected.size(), () -> tap.clientSpans(KEYS)));
		} finally {
			server.shutdownNow();
		}
	}
}
