package io.crosstrace.shop.pricing;

import io.crosstrace.shop.ids.CallId;
import io.crosstrace.shop.ids.Ledger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPool;
import redis.clients.jedis.JedisPoolConfig;

/** What a customer need not pay, remembered in Redis if there is one: asked for first, and kept for a minute. */
@Component
class Discounts {
	private static final int CONNECTIONS = 16;
	private static final int SECONDS = 60;

	private final JedisPool redis;

	Discounts(@Value("${shop.redis}") int port) {
		JedisPoolConfig config = new JedisPoolConfig();
		config.setMaxTotal(CONNECTIONS);
		config.setMaxIdle(CONNECTIONS);
		redis = port == 0 ? null : new JedisPool(config, "127.0.0.1", port);
	}

	/** Up to two calls on behalf of another. */
	int percent(int customer, CallId id) {
		if (redis == null) {
			return worthOf(customer);
		}
		String key = "discount:" + customer;
		try (Jedis connection = redis.getResource()) {
			String known;
			try (var entry = Ledger.enter(id.call(1), "GET")) {
				known = connection.get(key);
			}
			if (known != null) {
				return Integer.parseInt(known);
			}
			try (var entry = Ledger.enter(id.call(2), "SETEX")) {
				connection.setex(key, SECONDS, Integer.toString(worthOf(customer)));
			}
			return worthOf(customer);
		}
	}

	private static int worthOf(int customer) {
		return customer % 5;
	}
}
