package io.crosstrace.core.protocol;

/** HTTP/1.0 and 1.1 (RFC 9112). */
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
	public Sniffed sniff(byte[] in, int from, int to, boolean start) {
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
	public Parsers parsers(Link link) {
		Http1Head head = link.server() ? serverHead : clientHead;
		return new Parsers(new Http1Parser(context, head, true, link), new Http1Parser(context, head, false, link));
	}

	@Override
	public boolean namesServer() {
		return true;
	}
}
