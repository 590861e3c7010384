package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

import io.crosstrace.servers.Servers;

/** Debian's Redis and Lettuce: one at a time, pipelined, in a transaction, and subscribed. */
class RedisTest {
	private static final String[] KEYS = { "db.system.name", "db.query.text", "messaging.destination.name" };

	private static String span(String operation, String arguments) {
		return "CLIENT " + operation + " db.system.name=redis db.query.text=" + operation + arguments;
	}

	@Test
	void whatTheClientDoes_isTold(@TempDir Path folder) throws Exception {
		try (Servers servers = new Servers(folder)) {
			try (Tap tap = new Tap(servers.redis())) {
				List<String> expected = new ArrayList<>();
				RedisClient client = RedisClient.create("redis://127.0.0.1:" + tap.port());
				try (StatefulRedisConnection<String, String> connection = client.connect()) {
					RedisCommands<String, String> redis = connection.sync();
					redis.set("cart:1", "secret");
					expected.add(span("SET", " ?"));
					redis.get("cart:1");
					expected.add(span("GET", " ?"));
					redis.set("large", "x".repeat(20_000));
					expected.add(span("SET", " ?"));
					assertEquals(20_000, redis.get("large").length());
					expected.add(span("GET", " ?"));
					assertThrows(RedisCommandExecutionException.class, () -> redis.incr("cart:1"));
					expected.add(span("INCR", " ?") + " ERROR ERR");
					redis.multi();
					redis.incr("n");
					redis.exec();
					expected.addAll(List.of(span("MULTI", ""), span("INCR", " ?"), span("EXEC", "")));
					connection.setAutoFlushCommands(false);
					List<RedisFuture<?>> pipeline = new ArrayList<>();
					for (int i = 0; i < 200; i++) {
						pipeline.add(connection.async().hset("h", "f" + i, "v"));
						expected.add(span("HSET", " ?"));
					}
					connection.flushCommands();
					LettuceFutures.awaitAll(10, TimeUnit.SECONDS, pipeline.toArray(RedisFuture[]::new));
					connection.setAutoFlushCommands(true);
					assertEquals(200, redis.hgetall("h").size());
					expected.add(span("HGETALL", " ?"));
					assertEquals(expected, Spans.await(expected.size(), () -> business(tap)), tap.losses());
					try (StatefulRedisPubSubConnection<String, String> subscriber = client.connectPubSub()) {
						subscriber.sync().subscribe("news");
						redis.publish("news", "secret");
						Spans.await(expected.size() + 3, () -> business(tap));
						List<String> told = business(tap);
						assertEquals(List.of(span("SUBSCRIBE", " ?")), told.subList(expected.size(), expected.size() + 1));
						assertEquals(List.of("CLIENT PUBLISH db.system.name=redis db.query.text=PUBLISH ?",
								"CONSUMER receive messaging.destination.name=news"),
								told.subList(expected.size() + 1, told.size()).stream().sorted().toList());
					}
				} finally {
					client.shutdown(0, 1, TimeUnit.SECONDS);
				}
			}
		}
	}

	/** Without what the client says to introduce itself. */
	private static List<String> business(Tap tap) {
		return tap.clientSpans(KEYS).stream().filter(line -> !line.contains("HELLO") && !line.contains("CLIENT SETINFO")).toList();
	}
}
