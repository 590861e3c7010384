package io.crosstrace.core.protocol;

import java.nio.ByteBuffer;
import java.util.List;

import io.crosstrace.core.protocol.db.Cassandra;
import io.crosstrace.core.protocol.db.Memcached;
import io.crosstrace.core.protocol.db.MongoDb;
import io.crosstrace.core.protocol.db.MySql;
import io.crosstrace.core.protocol.db.Postgres;
import io.crosstrace.core.protocol.db.Redis;
import io.crosstrace.core.protocol.http2.Http2;
import io.crosstrace.core.protocol.messaging.Amqp;
import io.crosstrace.core.protocol.messaging.Kafka;
import io.crosstrace.core.protocol.messaging.Mqtt;
import io.crosstrace.core.protocol.messaging.Nats;
import io.crosstrace.core.protocol.rpc.Dubbo;
import io.crosstrace.core.protocol.rpc.Thrift;
import io.crosstrace.core.protocol.tls.Tls;

/** The protocols that are understood. */
public final class Protocols {
	/** What cannot be read, and is known to be so. */
	public final Protocol encrypted;
	/** What nobody here reads, after a switch to it. */
	public final Protocol unread;
	final Http2 http2;
	final Protocol webSocket;
	/** Asked in this order for their opinion of a new connection: the surest first. */
	final List<Protocol> sniffed;

	Protocols(ParserContext context) {
		encrypted = new Opaque(context, Loss.ENCRYPTED_BYTES);
		unread = new Opaque(context, Loss.SWITCHED_BYTES);
		http2 = new Http2(context);
		webSocket = new WebSocket(context);
		sniffed = List.of(
				new Http1(context),
				http2,
				new Tls(context),
				new Postgres(context),
				new MySql(context),
				new Redis(context),
				new Amqp(context),
				new Kafka(context),
				new MongoDb(context),
				new Cassandra(context),
				new Nats(context),
				new Mqtt(context),
				new Memcached(context),
				new Dubbo(context),
				new Thrift(context));
	}

	/** Counts bytes and nothing else. */
	private static final class Opaque implements Protocol, MessageParser {
		private final ParserContext context;
		private final Loss loss;
		private final Parsers parsers = new Parsers(this, this);

		Opaque(ParserContext context, Loss loss) {
			this.context = context;
			this.loss = loss;
		}

		@Override
		public Sniffed sniff(byte[] in, int from, int to, boolean start) {
			return Sniffed.NO;
		}

		@Override
		public Parsers parsers(Link link) {
			return parsers;
		}

		@Override
		public Step next(ByteBuffer in, MessageSink out) {
			context.lost(loss, in.remaining());
			in.position(in.limit());
			return Step.NEED_MORE;
		}

		@Override
		public Step skip(ByteBuffer in, long bytes, boolean moved, MessageSink out) {
			context.lost(loss, in.remaining() + bytes);
			in.position(in.limit());
			return Step.NEED_MORE;
		}

		@Override
		public boolean resync(ByteBuffer in) {
			return true;
		}

		@Override
		public long skippable() {
			return Long.MAX_VALUE;
		}
	}
}
