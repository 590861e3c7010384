package io.crosstrace.core.protocol.rpc;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.Binary;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/**
 * Thrift's binary (strict) and compact protocols, framed or not. What is not framed does not tell its length: it is
 * walked through to its end, which must lie within the first {@value #LOOK} bytes.
 */
public final class Thrift implements Protocol {
	static final int CALL = 1;
	static final int REPLY = 2;
	static final int EXCEPTION = 3;
	static final int ONE_WAY = 4;
	static final int LOOK = 1 << 14;
	private static final int MAX_FRAME = 1 << 26;
	private static final int MAX_NAME = 256;

	final ParserContext context;
	private final Head sniffed = new Head();

	/** What the beginning of a message says. */
	static final class Head {
		boolean framed;
		boolean compact;
		int type;
		int nameFrom;
		int nameTo;
		int sequence;
		/** Where arguments, or what is returned, begin. */
		int body;
		/** Bytes of the whole message, if it is framed. */
		long length;
		int answer;

		static final int WRONG = -1;
		static final int MORE = 0;
		static final int YES = 1;

		/** @return YES, MORE or WRONG */
		int read(byte[] in, int from, int to) {
			if (to == from) {
				return MORE;
			}
			int first = in[from] & 0xff;
			framed = first != 0x80 && first != 0x82;
			int at = from;
			if (framed) {
				if (first > MAX_FRAME >>> 24) {
					return WRONG;
				}
				if (to - from < 5) {
					return to - from == 4 && !size(in, from) ? WRONG : MORE;
				}
				if (!size(in, from)) {
					return WRONG;
				}
				length = 4L + Binary.int32(in, from);
				at = from + 4;
			}
			int version = in[at] & 0xff;
			compact = version == 0x82;
			if (!compact && version != 0x80) {
				return WRONG;
			}
			return compact ? compact(in, at, to) : binary(in, at, to);
		}

		private static boolean size(byte[] in, int from) {
			int size = Binary.int32(in, from);
			return size >= 6 && size <= MAX_FRAME;
		}

		private int binary(byte[] in, int at, int to) {
			if (to - at < 8) {
				return to - at > 1 && in[at + 1] != 1 || to - at > 2 && in[at + 2] != 0 ? WRONG : MORE;
			}
			type = in[at + 3];
			int name = Binary.int32(in, at + 4);
			if (in[at + 1] != 1 || in[at + 2] != 0 || type < CALL || type > ONE_WAY || name < 1 || name > MAX_NAME
					|| framed && name + 12 > length - 4) {
				return WRONG;
			}
			nameFrom = at + 8;
			nameTo = nameFrom + name;
			if (to < nameTo + 4) {
				return named(in, Math.min(to, nameTo)) ? MORE : WRONG;
			}
			sequence = Binary.int32(in, nameTo);
			body = nameTo + 4;
			return named(in, nameTo) ? YES : WRONG;
		}

		private int compact(byte[] in, int at, int to) {
			if (to - at < 2) {
				return MORE;
			}
			type = in[at + 1] >> 5 & 7;
			if ((in[at + 1] & 0x1f) != 1 || type < CALL || type > ONE_WAY) {
				return WRONG;
			}
			int next = at + 2;
			int value = 0;
			for (int shift = 0;; shift += 7) {
				if (next == to) {
					return MORE;
				}
				value |= (in[next] & 0x7f) << shift;
				if (in[next++] >= 0) {
					break;
				}
				if (shift > 28) {
					return WRONG;
				}
			}
			sequence = value;
			if (to - next < 2) {
				return MORE;
			}
			int name = in[next++] & 0x7f;
			if (in[next - 1] < 0) {
				name |= in[next++] << 7;
			}
			if (name < 1 || name > MAX_NAME) {
				return WRONG;
			}
			nameFrom = next;
			nameTo = next + name;
			body = nameTo;
			return !named(in, Math.min(to, nameTo)) ? WRONG : to < nameTo ? MORE : YES;
		}

		private boolean named(byte[] in, int to) {
			for (int i = nameFrom; i < to; i++) {
				byte c = in[i];
				if (!Ascii.letter(c) && !Ascii.digit(c) && c != '_' && c != '.' && c != ':' && c != '-' && c != '$') {
					return false;
				}
			}
			return true;
		}
	}

	public Thrift(ParserContext context) {
		this.context = context;
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		return switch (sniffed.read(in, from, to)) {
		case Head.YES -> sniffed.type == CALL || sniffed.type == ONE_WAY ? Sniffed.REQUEST : Sniffed.ANSWER;
		case Head.MORE -> start && (to - from > 4 || (in[from] & 0xff) >= 0x80) ? Sniffed.MAYBE : Sniffed.NO;
		default -> Sniffed.NO;
		};
	}

	@Override
	public Parsers parsers(Link link) {
		return new Parsers(new ThriftParser(this, link, true), new ThriftParser(this, link, false));
	}
}
