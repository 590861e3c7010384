package io.crosstrace.core.protocol.http2;

import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Protocol;

/** HTTP/2 (RFC 9113), with prior knowledge, after an upgrade, or joined in the middle; and gRPC on it. */
public final class Http2 implements Protocol {
	final ParserContext context;
	final Fields fields;
	final Hpack.StaticTable statics;
	/** A header block that came in several frames is put together here. */
	final byte[] block = new byte[1 << 16];
	private final Heads serverHeads;
	private final Heads clientHeads;

	public Http2(ParserContext context) {
		this.context = context;
		fields = new Fields(context.options.captureHeaders().stream().sorted().toList());
		statics = new Hpack.StaticTable(fields);
		serverHeads = new Heads(context, fields, true);
		clientHeads = new Heads(context, fields, false);
	}

	@Override
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
		int preface = Math.min(to - from, Frame.PREFACE.length);
		if (Frame.preface(in, from, from + preface)) {
			return preface > 3 ? Sniffed.REQUEST : Sniffed.MAYBE;
		}
		if (to - from < Frame.HEAD) {
			return in[from] == 0 ? Sniffed.MAYBE : Sniffed.NO;
		}
		if (!Frame.likely(in, from)) {
			return Sniffed.NO;
		}
		if (start) { // a server begins with its settings
			return Frame.type(in, from) == Frame.SETTINGS && Frame.flags(in, from) == 0 && Frame.length(in, from) <= 120
					? Sniffed.ANSWER : Sniffed.NO;
		}
		return Frame.chain(in, from, to) ? side(in, from, to) : Sniffed.NO;
	}

	/** Who says a row of frames, by the first field of the first header block that tells. */
	private static Sniffed side(byte[] in, int from, int to) {
		for (int at = from; to - at >= Frame.HEAD; at += Frame.HEAD + Frame.length(in, at)) {
			if (Frame.type(in, at) != Frame.HEADERS) {
				continue;
			}
			int flags = Frame.flags(in, at);
			int field = at + Frame.HEAD + ((flags & Frame.PADDED) != 0 ? 1 : 0) + ((flags & Frame.PRIORITIZED) != 0 ? 5 : 0);
			while (field < to && (in[field] & 0xe0) == 0x20) { // a new size of the table
				field++;
			}
			int first = field < to ? in[field] & 0xff : 0;
			if (first >= 0x82 && first <= 0x87) {
				return Sniffed.REQUEST;
			}
			if (first >= 0x88 && first <= 0x8e || first == 0x48 || first == 0x08) {
				return Sniffed.ANSWER;
			}
		}
		return Sniffed.NO;
	}

	@Override
	public Parsers parsers(Link link) {
		OpenStreams streams = new OpenStreams();
		Heads heads = link.server() ? serverHeads : clientHeads;
		return new Parsers(new Http2Parser(this, heads, streams, true), new Http2Parser(this, heads, streams, false));
	}

	@Override
	public boolean namesServer() {
		return true;
	}

	@Override
	public boolean multiplexes() {
		return true;
	}
}
