package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.servererrors.SyntaxError;
import com.datastax.oss.driver.api.core.session.ProgrammaticArguments;
import com.datastax.oss.driver.internal.core.context.DefaultDriverContext;
import com.datastax.oss.driver.internal.core.protocol.ByteBufPrimitiveCodec;
import com.datastax.oss.driver.internal.core.protocol.Lz4Compressor;
import com.datastax.oss.protocol.internal.Compressor;
import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.FrameCodec;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.Segment;
import com.datastax.oss.protocol.internal.SegmentCodec;
import com.datastax.oss.protocol.internal.request.Execute;
import com.datastax.oss.protocol.internal.request.Prepare;
import com.datastax.oss.protocol.internal.request.Query;
import com.datastax.oss.protocol.internal.request.Startup;
import com.datastax.oss.protocol.internal.request.query.QueryOptions;
import com.datastax.oss.protocol.internal.response.Error;
import com.datastax.oss.protocol.internal.response.Ready;
import com.datastax.oss.protocol.internal.response.result.Prepared;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import com.datastax.oss.protocol.internal.response.result.Void;
import com.datastax.oss.simulacron.common.cluster.ClusterSpec;
import com.datastax.oss.simulacron.common.stubbing.PrimeDsl;
import com.datastax.oss.simulacron.server.BoundCluster;
import com.datastax.oss.simulacron.server.Server;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** Cassandra's Java driver against a simulated node (version 4), and the driver's own codecs (version 5). */
class CassandraTest {
	private static final String[] KEYS = { "db.system.name", "db.operation.name", "db.query.summary", "db.query.text",
			"db.operation.batch.size", "cassandra.consistency.level", "db.response.status_code" };

	private static String span(String name, String rest) {
		return "CLIENT " + name + " db.system.name=cassandra" + rest;
	}

	@Test
	void whatTheDriverDoes_isTold() throws Exception {
		try (Server server = Server.builder().build(); BoundCluster cluster = server.register(ClusterSpec.builder().withNodes(1))) {
			InetSocketAddress node = cluster.node(0).inetSocketAddress();
			try (Tap tap = new Tap(node.getAddress(), node.getPort())) {
				cluster.prime(PrimeDsl.when("SELEC nonsense").then(PrimeDsl.syntaxError("the secret reason")));
				DriverConfigLoader config = DriverConfigLoader.programmaticBuilder()
						.withString(DefaultDriverOption.PROTOCOL_VERSION, "V4").withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, 1)
						.withBoolean(DefaultDriverOption.METADATA_SCHEMA_ENABLED, false)
						.withString(DefaultDriverOption.LOAD_BALANCING_LOCAL_DATACENTER, "dc1").build();
				List<String> expected = new ArrayList<>();
				try (CqlSession session = CqlSession.builder().addContactPoint(new InetSocketAddress("127.0.0.1", tap.port()))
						.withConfigLoader(config).build()) {
					session.execute("SELECT name FROM shop.orders WHERE customer = 'the secret customer' AND id = 4711");
					expected.add(span("SELECT shop.orders", " db.query.summary=SELECT shop.orders db.query.text=SELECT name FROM shop.orders"
							+ " WHERE customer = ? AND id = ? cassandra.consistency.level=local_one"));
					session.execute(SimpleStatement.builder("INSERT INTO shop.orders (id, name) VALUES (?, ?)")
							.addPositionalValues(1, "the secret name").setConsistencyLevel(DefaultConsistencyLevel.QUORUM).build());
					expected.add(span("INSERT shop.orders", " db.query.summary=INSERT shop.orders db.query.text=INSERT INTO shop.orders"
							+ " (id, name) VALUES (?, ?) cassandra.consistency.level=quorum"));
					PreparedStatement prepared = session.prepare("UPDATE shop.orders SET name = 'x' WHERE id = 5");
					expected.add(span("PREPARE", " db.operation.name=PREPARE db.query.summary=UPDATE shop.orders"
							+ " db.query.text=UPDATE shop.orders SET name = ? WHERE id = ?"));
					for (int i = 0; i < 3; i++) {
						session.execute(prepared.bind());
						expected.add(span("UPDATE shop.orders", " db.query.summary=UPDATE shop.orders db.query.text=UPDATE shop.orders"
								+ " SET name = ? WHERE id = ? cassandra.consistency.level=local_one"));
					}
					session.execute(BatchStatement.newInstance(BatchType.LOGGED, prepared.bind(), prepared.bind()));
					expected.add(span("BATCH UPDATE shop.orders", " db.operation.name=BATCH db.query.summary=BATCH UPDATE shop.orders"
							+ " db.operation.batch.size=2"));
					assertThrows(SyntaxError.class, () -> session.execute("SELEC nonsense"));
					List<String> told = Spans.await(expected.size() + 1, () -> tap.clientSpans(KEYS));
					assertEquals(expected, told.subList(0, expected.size()));
					assertEquals("0x2000", told.getLast().replaceAll(".*db.response.status_code=(\\w+) ERROR 0x2000$", "$1"));
					assertEquals(expected.size() + 1, told.size());
				}
			}
		}
	}

	@Test
	void version5_isToldFromItsSegments() throws Exception {
		version5(Compressor.none(), "none");
	}

	@Test
	void version5WithLz4_isToldFromItsSegments() throws Exception {
		version5(new Lz4Compressor(new DefaultDriverContext(DriverConfigLoader.programmaticBuilder().build(),
				ProgrammaticArguments.builder().build())), "lz4");
	}

	/** A greeting in envelopes, then everything in segments, as the driver would pack it. */
	private static void version5(Compressor<ByteBuf> compressor, String compression) throws Exception {
		ByteBufPrimitiveCodec primitives = new ByteBufPrimitiveCodec(ByteBufAllocator.DEFAULT);
		FrameCodec<ByteBuf> client = FrameCodec.defaultClient(primitives, Compressor.none());
		FrameCodec<ByteBuf> server = FrameCodec.defaultServer(primitives, Compressor.none());
		SegmentCodec<ByteBuf> segments = new SegmentCodec<>(primitives, compressor);
		byte[] id = new byte[16];
		id[3] = 7;
		List<byte[]> asked = new ArrayList<>();
		List<byte[]> answered = new ArrayList<>();
		asked.add(bytes(client.encode(request(0, new Startup(compression)))));
		answered.add(bytes(server.encode(answer(0, new Ready()))));
		String text = "SELECT * FROM shop.carts WHERE id = ?";
		asked.add(segment(segments, client.encode(request(1, new Query("DELETE FROM shop.carts WHERE id = 'secret'")))));
		answered.add(segment(segments, server.encode(answer(1, Void.INSTANCE))));
		asked.add(segment(segments, client.encode(request(2, new Prepare(text)))));
		RowsMetadata nothing = new RowsMetadata(Collections.emptyList(), null, new int[0], null);
		answered.add(segment(segments, server.encode(answer(2, new Prepared(id, id, nothing, nothing)))));
		// Two envelopes in one segment, answered in the other order; then one that needs three segments.
		asked.add(segment(segments, client.encode(request(3, new Execute(id, id, QueryOptions.DEFAULT))),
				client.encode(request(4, new Query("SELECT now() FROM shop.clock")))));
		answered.add(segment(segments, server.encode(answer(4, Void.INSTANCE)), server.encode(answer(3, new Error(0x1001, "secret")))));
		ByteBuf large = client.encode(request(5, new Query("INSERT INTO shop.blobs (b) VALUES ('" + "b".repeat(9_000) + "')")));
		ByteBuf joined = ByteBufAllocator.DEFAULT.buffer();
		while (large.isReadable()) {
			List<Object> parts = new ArrayList<>();
			segments.encode(new Segment<>(large.readRetainedSlice(Math.min(large.readableBytes(), 4_000)), false), parts);
			parts.forEach(part -> joined.writeBytes((ByteBuf) part));
		}
		asked.add(bytes(joined));
		answered.add(segment(segments, server.encode(answer(5, Void.INSTANCE))));
		List<String> expected = List.of(
				span("DELETE shop.carts", " db.query.summary=DELETE shop.carts db.query.text=DELETE FROM shop.carts WHERE id = ?"
						+ " cassandra.consistency.level=one"),
				span("PREPARE", " db.operation.name=PREPARE db.query.summary=SELECT shop.carts db.query.text=SELECT * FROM shop.carts WHERE id = ?"),
				span("SELECT shop.clock", " db.query.summary=SELECT shop.clock db.query.text=SELECT now() FROM shop.clock"
						+ " cassandra.consistency.level=one"),
				span("SELECT shop.carts", " db.query.summary=SELECT shop.carts db.query.text=SELECT * FROM shop.carts WHERE id = ?"
						+ " cassandra.consistency.level=one db.response.status_code=0x1001 ERROR 0x1001"));
		List<String> told = converse(asked, answered, expected.size() + 1);
		assertEquals(expected, told.subList(0, expected.size()));
		assertEquals(expected.size() + 1, told.size());
		assertEquals("CLIENT INSERT shop.blobs", told.getLast().substring(0, 24));
	}

	/** Lets a client say each of {@code asked} and a server answer with each of {@code answered}. */
	private static List<String> converse(List<byte[]> asked, List<byte[]> answered, int spans) throws Exception {
		try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress()); Tap tap = new Tap(socket.getLocalPort())) {
			Thread.ofVirtual().start(() -> {
				try (Socket caller = socket.accept()) {
					for (int i = 0; i < asked.size(); i++) {
						caller.getInputStream().readNBytes(asked.get(i).length);
						caller.getOutputStream().write(answered.get(i));
					}
					caller.getInputStream().read();
				} catch (IOException e) {
					throw new AssertionError(e);
				}
			});
			try (Socket client = new Socket(InetAddress.getLoopbackAddress(), tap.port())) {
				InputStream in = client.getInputStream();
				for (int i = 0; i < asked.size(); i++) {
					client.getOutputStream().write(asked.get(i));
					in.readNBytes(answered.get(i).length);
				}
				return Spans.await(spans, () -> tap.clientSpans(KEYS));
			}
		}
	}

	private static Frame request(int stream, Message message) {
		return Frame.forRequest(5, stream, false, Map.<String, ByteBuffer>of(), message);
	}

	private static Frame answer(int stream, Message message) {
		return Frame.forResponse(5, stream, null, Map.<String, ByteBuffer>of(), List.of(), message);
	}

	private static byte[] segment(SegmentCodec<ByteBuf> codec, ByteBuf... envelopes) {
		ByteBuf payload = ByteBufAllocator.DEFAULT.buffer();
		for (ByteBuf envelope : envelopes) {
			payload.writeBytes(envelope);
		}
		List<Object> parts = new ArrayList<>();
		codec.encode(new Segment<>(payload, true), parts);
		ByteBuf all = ByteBufAllocator.DEFAULT.buffer();
		parts.forEach(part -> all.writeBytes((ByteBuf) part));
		return bytes(all);
	}

	private static byte[] bytes(ByteBuf buffer) {
		return ByteBufUtil.getBytes(buffer);
	}
}
