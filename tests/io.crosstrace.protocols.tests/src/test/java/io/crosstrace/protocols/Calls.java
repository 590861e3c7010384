package io.crosstrace.protocols;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.sun.net.httpserver.HttpServer;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;

/**
 * A program that makes very many calls of one protocol, and then tells how many of each kind it made: a line of what its
 * span must say, and a number. Arguments: protocol, port of the server, calls, file to write to, file that begins it.
 */
public final class Calls {
	private static final int THREADS = 4;

	private final Map<String, LongAdder> made = new ConcurrentHashMap<>();
	private final String protocol;
	private final int port;

	/** Made by each thread for itself. */
	private interface Caller extends AutoCloseable {
		void call(int i) throws Exception;

		@Override
		default void close() throws Exception {
		}
	}

	private Calls(String protocol, int port) {
		this.protocol = protocol;
		this.port = port;
	}

	public static void main(String[] args) throws Exception {
		Calls calls = new Calls(args[0], Integer.parseInt(args[1]));
		while (!Files.exists(Path.of(args[4]))) {
			Thread.sleep(50);
		}
		calls.run(Integer.parseInt(args[2]));
		Map<String, Long> sorted = new TreeMap<>();
		calls.made.forEach((line, count) -> sorted.put(line, count.sum()));
		StringBuilder text = new StringBuilder();
		sorted.forEach((line, count) -> text.append(count).append('\t').append(line).append('\n'));
		Files.writeString(Path.of(args[3]), text);
		Thread.sleep(Long.MAX_VALUE); // a process that has ended has no open connections to ask about
	}

	/** Notes a call. @param line as {@link CallsTest} makes it of a span */
	private void made(String line) {
		made.computeIfAbsent(line, key -> new LongAdder()).increment();
	}

	private void run(int count) throws Exception {
		try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
			Future<?>[] all = new Future<?>[THREADS];
			CountDownLatch ready = new CountDownLatch(THREADS);
			for (int t = 0; t < THREADS; t++) {
				int thread = t;
				all[t] = threads.submit(() -> {
					try (Caller caller = caller(thread)) {
						ready.countDown();
						ready.await();
						for (int i = thread; i < count; i += THREADS) {
							caller.call(i);
						}
						return null;
					}
				});
			}
			for (Future<?> each : all) {
				each.get();
			}
		}
	}

	private Caller caller(int thread) throws Exception {
		return switch (protocol) {
		case "postgresql" -> sql("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&sslmode=disable", "", thread);
		case "mariadb" -> sql("jdbc:mariadb://127.0.0.1:" + port + "/?user=root&useServerPrepStmts=" + (thread % 2 == 0), "shop.", thread);
		case "redis" -> redis();
		case "rabbitmq" -> rabbit(thread);
		case "kafka" -> kafka(thread);
		case "grpc" -> grpc();
		case "http" -> http();
		default -> throw new IllegalArgumentException(protocol);
		};
	}

	private Caller sql(String url, String schema, int thread) throws SQLException {
		boolean postgres = protocol.equals("postgresql");
		Connection connection = DriverManager.getConnection(url);
		String table = schema + "items";
		String namespace = postgres ? " db.namespace=postgres" : "";
		PreparedStatement select = connection.prepareStatement("SELECT name FROM " + table + " WHERE id = ?");
		PreparedStatement update = connection.prepareStatement("UPDATE " + table + " SET name = ? WHERE id = ?");
		Statement plain = connection.createStatement();
		String hole = postgres ? "$1" : "?";
		return new Caller() {
			private void told(String summary, String text, String code) {
				made("CLIENT " + summary + namespace + " db.query.summary=" + summary + " db.query.text=" + text
						+ (code.isEmpty() ? "" : " db.response.status_code=" + code) + " db.system.name=" + protocol
						+ (code.isEmpty() ? "" : " error.type=" + code));
			}

			@Override
			public void call(int i) throws SQLException {
				switch (i / THREADS % 4) {
				case 0 -> {
					select.setInt(1, i % 100);
					try (ResultSet rows = select.executeQuery()) {
						rows.next();
					}
					told("SELECT " + table, "SELECT name FROM " + table + " WHERE id = " + hole, "");
				}
				case 1 -> {
					update.setString(1, "secret " + "x".repeat(i % 3000));
					update.setInt(2, 100 + thread);
					update.executeUpdate();
					told("UPDATE " + table, "UPDATE " + table + " SET name = " + hole + " WHERE id = " + (postgres ? "$2" : "?"), "");
				}
				case 2 -> {
					try (ResultSet rows = plain.executeQuery("SELECT id FROM " + table + " WHERE name = 'secret " + i + "' OR id = " + i % 100)) {
						rows.next();
					}
					told("SELECT " + table, "SELECT id FROM " + table + " WHERE name = ? OR id = ?", "");
				}
				default -> {
					String code = postgres ? "23505" : "1062";
					try {
						plain.execute("INSERT INTO " + table + " VALUES (1, 'secret')");
						throw new AssertionError("no failure");
					} catch (SQLException e) {
						told("INSERT " + table, "INSERT INTO " + table + " VALUES (?)", code);
					}
				}
				}
			}

			@Override
			public void close() throws SQLException {
				connection.close();
			}
		};
	}

	private Caller redis() {
		RedisClient client = RedisClient.create("redis://127.0.0.1:" + port);
		StatefulRedisConnection<String, String> connection = client.connect();
		RedisCommands<String, String> redis = connection.sync();
		return new Caller() {
			private void told(String command, String code) {
				made("CLIENT " + command + " db.operation.name=" + command + " db.query.text=" + command + " ?" + (code.isEmpty() ? "" : " db.response.status_code=" + code)
						+ " db.system.name=redis" + (code.isEmpty() ? "" : " error.type=" + code));
			}

			@Override
			public void call(int i) {
				switch (i / THREADS % 4) {
				case 0 -> {
					redis.set("key " + i % 1000, "secret " + "x".repeat(i % 3000));
					told("SET", "");
				}
				case 1 -> {
					redis.get("key " + i % 1000);
					told("GET", "");
				}
				case 2 -> {
					redis.hset("hash", "field " + i % 100, "secret");
					told("HSET", "");
				}
				default -> {
					try {
						redis.incr("hash");
						throw new AssertionError("no failure");
					} catch (RedisCommandExecutionException e) {
						told("INCR", "WRONGTYPE");
					}
				}
				}
			}

			@Override
			public void close() {
				client.shutdown();
			}
		};
	}

	private Caller rabbit(int thread) throws Exception {
		ConnectionFactory factory = new ConnectionFactory();
		factory.setHost("127.0.0.1");
		factory.setPort(port);
		var connection = factory.newConnection();
		Channel channel = connection.createChannel();
		String queue = "jobs-" + (char) ('a' + thread);
		channel.queueDeclare(queue, false, false, false, null);
		channel.basicQos(50);
		String rest = "messaging.destination.name=" + queue + " messaging.message.body.size=";
		String end = " messaging.rabbitmq.destination.routing_key=" + queue + " messaging.system=rabbitmq";
		CountDownLatch[] taken = { null };
		channel.basicConsume(queue, false, (tag, delivery) -> {
			made("CONSUMER process " + queue + ' ' + rest + delivery.getBody().length
					+ " messaging.operation.name=process messaging.operation.type=process" + end);
			channel.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
			taken[0].countDown();
		}, tag -> { });
		return new Caller() {
			@Override
			public void call(int i) throws Exception {
				byte[] body = ("secret " + "x".repeat(i % 64)).getBytes(StandardCharsets.UTF_8);
				taken[0] = new CountDownLatch(1);
				channel.basicPublish("", queue, null, body);
				made("PRODUCER publish " + queue + ' ' + rest + body.length
						+ " messaging.operation.name=publish messaging.operation.type=send" + end);
				taken[0].await();
			}

			@Override
			public void close() throws Exception {
				connection.close();
			}
		};
	}

	private Caller kafka(int thread) {
		KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", "127.0.0.1:" + port, "client.id",
				"shop-" + (char) ('a' + thread), "linger.ms", "0"), new StringSerializer(), new StringSerializer());
		return new Caller() {
			@Override
			public void call(int i) throws Exception {
				producer.send(new ProducerRecord<>("calls", "key", "secret " + "x".repeat(i % 500))).get();
				made("PRODUCER send calls messaging.client.id=shop-" + (char) ('a' + thread) + " messaging.destination.name=calls"
						+ " messaging.destination.partition.id=0 messaging.operation.name=send messaging.operation.type=send"
						+ " messaging.system=kafka");
			}

			@Override
			public void close() {
				producer.close();
			}
		};
	}

	private static Server grpcServer;

	/** Both ends are of this process, and all threads share the server. */
	private Caller grpc() throws Exception {
		synchronized (Calls.class) {
			if (grpcServer == null) {
				grpcServer = NettyServerBuilder.forPort(0).addService(GrpcTest.service()).build().start();
			}
		}
		ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcServer.getPort()).usePlaintext().build();
		return i -> {
			String code = i / THREADS % 4 == 0 ? "NOT_FOUND" : "OK";
			try {
				ClientCalls.blockingUnaryCall(channel, GrpcTest.FIND, CallOptions.DEFAULT, code.equals("OK") ? "secret " + i : "missing");
			} catch (StatusRuntimeException e) {
				if (!e.getStatus().getCode().name().equals(code)) {
					throw e;
				}
			}
			String rest = " shop.Orders/Find%s network.protocol.version=2 rpc.method=shop.Orders/Find rpc.response.status_code=" + code
					+ " rpc.system.name=grpc";
			made("CLIENT" + rest.formatted(code.equals("OK") ? "" : " error.type=NOT_FOUND"));
			made("SERVER" + rest.formatted(""));
		};
	}

	private static HttpServer httpServer;

	private Caller http() throws Exception {
		synchronized (Calls.class) {
			if (httpServer == null) {
				httpServer = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 50);
				httpServer.createContext("/", exchange -> {
					exchange.getRequestBody().readAllBytes();
					String path = exchange.getRequestURI().getPath();
					byte[] body = "secret ".repeat(path.length() * 40).getBytes(StandardCharsets.UTF_8);
					exchange.sendResponseHeaders(path.startsWith("/items") ? 200 : path.startsWith("/missing") ? 404 : 500, body.length);
					exchange.getResponseBody().write(body);
					exchange.close();
				});
				httpServer.setExecutor(Executors.newCachedThreadPool());
				httpServer.start();
			}
		}
		HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
		String base = "http://127.0.0.1:" + httpServer.getAddress().getPort();
		return i -> {
			String where = i / THREADS % 8 == 0 ? "/missing" : i / THREADS % 8 == 1 ? "/broken" : "/items";
			String method = i / THREADS % 3 == 0 ? "POST" : "GET";
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + where + "/" + (1000 + i) + "?token=secret"));
			int status = client.send(method.equals("POST") ? request.POST(HttpRequest.BodyPublishers.ofString("secret".repeat(i % 2000))).build()
					: request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
			String name = ' ' + method + ' ' + where + "/{id}";
			String error = " error.type=" + status;
			String http = " http.request.method=" + method + " http.response.status_code=" + status + " network.protocol.version=1.1";
			made("CLIENT" + name + (status >= 400 ? error : "") + http);
			made("SERVER" + name + (status >= 500 ? error : "") + http);
		};
	}
}
