package io.crosstrace.core.protocol;

import java.util.function.IntSupplier;

/** A protocol that can be told by its bytes and cut into messages. */
interface Protocol {
	/** What bytes at the start of a record can be. */
	enum Sniffed {
		NO, MAYBE, REQUEST, ANSWER
	}

	Sniffed sniff(byte[] in, int from, int to);

	/**
	 * @param server this host's process answers the requests
	 * @param asked the {@link Message#trait} of the oldest request without an answer
	 */
	MessageParser parser(boolean requests, boolean server, IntSupplier asked);

	/** HTTP/1.0 and 1.1. */
	final class Http1 implements Protocol {
		private final ParserContext context;
		private final Http1Head serverHead;
		private final Http1Head clientHead;

		Http1(ParserContext context) {
			this.context = context;
			serverHead = new Http1Head(context, true);
			clientHead = new Http1Head(context, false);
		}

		@Override
		public Sniffed sniff(byte[] in, int from, int to) {
			int request = Http1Start.request(in, from, to);
			int answer = Http1Start.answer(in, from, to);
			if (request == Http1Start.YES) {
				return Sniffed.REQUEST;
			}
			if (answer == Http1Start.YES) {
				return Sniffed.ANSWER;
			}
			return request == Http1Start.MAYBE || answer == Http1Start.MAYBE ? Sniffed.MAYBE : Sniffed.NO;
		}

		@Override
		public MessageParser parser(boolean requests, boolean server, IntSupplier asked) {
			return new Http1Parser(context, server ? serverHead : clientHead, requests, asked);
		}
	}
}
