package io.crosstrace.core.protocol.messaging;

import java.nio.charset.StandardCharsets;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Fields;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.LongMap;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * MQTT 3.1, 3.1.1 and 5. What is sent with quality of service 0 is one way; else its span ends with the receiver's
 * last word, PUBACK or PUBCOMP. A message is named by its topic and the beginning of what it says.
 */
public final class Mqtt implements Protocol {
	static final int CONNECT = 1;
	static final int CONNACK = 2;
	static final int PUBLISH = 3;
	static final int PUBACK = 4;
	static final int PUBREC = 5;
	static final int PUBREL = 6;
	static final int PUBCOMP = 7;
	static final int SUBSCRIBE = 8;
	static final int SUBACK = 9;
	static final int UNSUBSCRIBE = 10;
	static final int UNSUBACK = 11;
	static final int PINGREQ = 12;
	static final int PINGRESP = 13;
	static final int DISCONNECT = 14;
	static final int LOOK = 1 << 12;
	private static final int VERSION_5 = 5;
	private static final int MAX_ALIASES = 1000;
	private static final byte[] NAME = "MQTT".getBytes(StandardCharsets.US_ASCII);
	private static final byte[] OLD_NAME = "MQIsdp".getBytes(StandardCharsets.US_ASCII);

	final ParserContext context;
	final Messaging words;
	final Fields fields = new Fields();
	final int templateKey;

	/** What both directions of a connection know. */
	static final class Connection {
		/** Of the protocol; 4 is 3.1.1, which is taken for granted where the CONNECT was not seen. */
		int version = 4;
		/** Names of topics in version 5, by direction and number. */
		final LongMap<String> aliases = new LongMap<>();

		boolean properties() {
			return version >= VERSION_5;
		}

		void alias(boolean client, int alias, String topic) {
			if (aliases.size() < MAX_ALIASES) {
				aliases.put(key(client, alias), topic);
			}
		}

		String alias(boolean client, int alias) {
			return aliases.get(key(client, alias));
		}

		private static long key(boolean client, int alias) {
			return alias << 1 | (client ? 1 : 0);
		}
	}

	public Mqtt(ParserContext context) {
		this.context = context;
		words = new Messaging(context, "mqtt");
		templateKey = context.names.id("messaging.destination.template");
	}

	/** Only a CONNECT is sure; a connection joined later is told by publishings to topics that are text. */
	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		int type = in[from] >> 4 & 15;
		if (in[from] == CONNECT << 4) {
			int head = head(in, from, to);
			if (head <= 0 || to - from < head + 9) {
				return head < 0 || !start ? Sniffed.NO : Sniffed.MAYBE;
			}
			return connect(in, from + head, to) ? Sniffed.REQUEST : Sniffed.NO;
		}
		if (in[from] == (byte) (SUBSCRIBE << 4 | 2) && packet(in, from, to) && subscribe(in, from, to)) {
			return Sniffed.REQUEST;
		}
		return type == SUBACK && to - from <= 40 && packet(in, from, to) && to - from == 2 + in[from + 1] && to - from >= 5
				&& (in[to - 1] & 0x7f) <= 2 ? Sniffed.ANSWER : Sniffed.NO;
	}

	@Override
	public Parsers parsers(Link link) {
		Connection connection = new Connection();
		return new Parsers(new MqttParser(this, connection, link, true), new MqttParser(this, connection, link, false));
	}

	/** Bytes of the fixed header; 0 if there are too few to tell, -1 if it is none. */
	static int head(byte[] in, int from, int to) {
		for (int i = 1; i <= 4; i++) {
			if (from + i >= to) {
				return 0;
			}
			if (in[from + i] >= 0) {
				return i + 1;
			}
		}
		return -1;
	}

	/** Bytes behind a fixed header of {@code head} bytes. */
	static int remaining(byte[] in, int from, int head) {
		int length = 0;
		for (int i = 1; i < head; i++) {
			length |= (in[from + i] & 0x7f) << 7 * (i - 1);
		}
		return length;
	}

	/** Whether type, flags and length go together. */
	static boolean packet(byte[] in, int from, int to) {
		int type = in[from] >> 4 & 15;
		int flags = in[from] & 15;
		boolean flagged = switch (type) {
		case 0 -> false;
		case PUBLISH -> (flags & 6) != 6;
		case PUBREL, SUBSCRIBE, UNSUBSCRIBE -> flags == 2;
		default -> flags == 0;
		};
		int head = flagged ? head(in, from, to) : -1;
		if (head <= 0) {
			return head == 0;
		}
		int length = remaining(in, from, head);
		return switch (type) {
		case PINGREQ, PINGRESP -> length == 0;
		case PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBACK -> length >= 2 && length < 1 << 16;
		case CONNACK -> length >= 2 && length < 1 << 16;
		case CONNECT -> length >= 10 && (to - from < head + 9 || connect(in, from + head, to));
		case PUBLISH -> length >= 2 && topic(in, from + head, to, length, flags);
		case SUBSCRIBE -> length >= 5;
		case UNSUBSCRIBE, SUBACK -> length >= 3;
		default -> length < 1 << 16;
		};
	}

	private static boolean connect(byte[] in, int at, int to) {
		int length = Binary.uint16(in, at);
		byte[] name = length == 4 ? NAME : OLD_NAME;
		if (length != name.length || to - at < 2 + length + 1) {
			return length == 6 && to - at < 9 && Ascii.startsWith(in, at + 2, to, NAME);
		}
		int version = in[at + 2 + length] & 0x7f;
		return Ascii.startsWith(in, at + 2, to, name) && version >= 3 && version <= VERSION_5;
	}

	private static boolean topic(byte[] in, int at, int to, int remaining, int flags) {
		if (to - at < 2) {
			return true;
		}
		int length = Binary.uint16(in, at);
		if (length + 2 + ((flags & 6) != 0 ? 2 : 0) > remaining) {
			return false;
		}
		for (int i = at + 2; i < Math.min(to, at + 2 + length); i++) {
			if (in[i] >= 0 && in[i] < ' ' || in[i] == '#' || in[i] == '+') {
				return false;
			}
		}
		return true;
	}

	private static boolean subscribe(byte[] in, int from, int to) {
		int head = head(in, from, to);
		if (head <= 0 || to - from != head + remaining(in, from, head)) {
			return false;
		}
		int at = from + head + 2; // behind the packet's number; version 5 has properties there, mostly none
		at += to - at > 2 && in[at] == 0 && in[at + 1] == 0 && in[at + 2] != 0 ? 1 : 0;
		if (to - at < 4) {
			return false;
		}
		int length = Binary.uint16(in, at);
		return length > 0 && at + 2 + length < to && Binary.printable(in, at + 2, at + 2 + length)
				&& (in[at + 2 + length] & 3) < 3;
	}
}
