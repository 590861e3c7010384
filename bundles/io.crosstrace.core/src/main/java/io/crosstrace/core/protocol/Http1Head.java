package io.crosstrace.core.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.crosstrace.core.span.Dictionary;

/**
 * Reads the head of an HTTP/1 message, bytes that are already known to be complete, into a
 * {@link Message}, with OpenTelemetry's attribute names. Secrets end here: URL credentials, query values and
 * the headers that carry them by definition are never put into a message.
 *
 * <p>Lenient where servers are: a header line that makes no sense is skipped, so a span with status 400
 * comes of it. Only the start line must be right.
 */
final class Http1Head {
	/** Traits of requests, see {@link Message#trait}. */
	static final int HEAD = 1;
	static final int CONNECT = 2;

	/** What the connection is to become, see {@link #upgrade}. */
	static final int H2C = 1;
	static final int WEB_SOCKET = 2;

	/** {@link #length} of a body that is not given by a length. */
	static final long CHUNKED = -1;
	static final long UNTIL_CLOSE = -2;

	private static final byte[] HOST = ascii("host");
	private static final byte[] EXPECT = ascii("expect");
	private static final byte[] UPGRADE = ascii("upgrade");
	private static final byte[] H2C_WORD = ascii("h2c");
	private static final byte[] WEB_SOCKET_WORD = ascii("websocket");
	private static final byte[] TRACEPARENT = ascii("traceparent");
	private static final byte[] USER_AGENT = ascii("user-agent");
	private static final byte[] CONTENT_LENGTH = ascii("content-length");
	private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
	private static final byte[] CHUNKED_WORD = ascii("chunked");
	private static final byte[] SCHEME_END = ascii("://");

	private final ParserContext context;
	private final boolean server;
	private final List<byte[]> captureNames;
	private final int[] captureKeys;
	private final boolean[] captureSecret;

	private final HttpTarget target;
	private final int userAgentKey;
	private final int statusKey;
	private final String[] statusTexts = new String[1000];

	/* What the last head said of its body. */
	long length;
	boolean lengthGiven;
	boolean expectsContinue;
	int upgrade;

	private int hostFrom;
	private int hostTo;

	/** @param server requests are told as a server sees them: path and query, not the full URL */
	Http1Head(ParserContext context, boolean server) {
		this.context = context;
		this.server = server;
		Dictionary names = context.names;
		target = new HttpTarget(context, server);
		userAgentKey = names.id("user_agent.original");
		statusKey = names.id("http.response.status_code");
		captureNames = context.options.captureHeaders().stream().sorted().map(Http1Head::ascii).toList();
		captureKeys = new int[captureNames.size()];
		captureSecret = new boolean[captureNames.size()];
		for (int i = 0; i < captureKeys.length; i++) {
			String name = new String(captureNames.get(i), StandardCharsets.US_ASCII);
			captureKeys[i] = names.id("http.request.header." + name);
			captureSecret[i] = ParserContext.SECRET_HEADERS.contains(name);
		}
	}

	/**
	 * Reads "HTTP/1.1 200 OK" and the header lines after it, [from, to).
	 *
	 * @param right {@link Http1Start} has said so, with the line's end in sight
	 * @return false if it is no status line
	 */
	boolean answer(byte[] bytes, int from, int to, boolean right) {
		int lineEnd = lineEnd(bytes, from, to);
		if (lineEnd - from < 12 || !right && Http1Start.answer(bytes, from, to) != Http1Start.YES) {
			return false;
		}
		int status = (int) Ascii.decimal(bytes, from + 9, from + 12);
		Message message = context.message.clear(false, from);
		message.status = status;
		message.serverError = status >= 500;
		message.clientError = status >= 400;
		String text = statusText(status, bytes, from + 9);
		context.attribute(statusKey, text);
		if (server ? message.serverError : message.clientError) {
			context.attribute(context.semconv.errorType, text);
		}
		headers(bytes, lineEnd, to, false);
		if (!lengthGiven) {
			length = UNTIL_CLOSE;
		}
		return true;
	}

	/** The digits of a status, as a string that is made once. */
	private String statusText(int status, byte[] bytes, int from) {
		if (statusTexts[status] == null) {
			statusTexts[status] = context.texts.text(bytes, from, from + 3);
		}
		return statusTexts[status];
	}

	/**
	 * Reads "GET /orders/1 HTTP/1.1" and the header lines after it, [from, to).
	 *
	 * @param right {@link Http1Start} has said so, with the line's end in sight
	 * @return false if it is no request line
	 */
	boolean request(byte[] bytes, int from, int to, boolean right) {
		int lineEnd = lineEnd(bytes, from, to);
		int methodEnd = Ascii.indexOf(bytes, from, lineEnd, (byte) ' ');
		int version = lineEnd - 9; // " HTTP/1.1"
		if (methodEnd < 0 || version <= methodEnd || !right && Http1Start.request(bytes, from, to) != Http1Start.YES) {
			return false;
		}
		for (int i = methodEnd + 1; i < version; i++) {
			if (bytes[i] >= 0 && bytes[i] <= ' ' || bytes[i] == 127) {
				return false;
			}
		}
		Message message = context.message.clear(true, from);
		String method = target.methodName(bytes, from, methodEnd);
		message.trait = method.equals("HEAD") ? HEAD : method.equals("CONNECT") ? CONNECT : Message.PLAIN;
		context.attribute(context.semconv.networkProtocolVersion, bytes[lineEnd - 1] == '0' ? "1.0" : "1.1");
		headers(bytes, lineEnd, to, true);
		target(bytes, methodEnd + 1, version, from, methodEnd);
		if (!lengthGiven) {
			length = 0;
		}
		return true;
	}

	/** A request or answer of which nothing could be read but that it was there. */
	void unseen(boolean request, int at) {
		Message message = context.message.clear(request, at);
		message.incomplete = true;
		if (request) {
			message.operation = context.names.id("HTTP");
		}
	}

	/** Index of the CR or LF that ends the line at {@code from}, or {@code to}. */
	private static int lineEnd(byte[] bytes, int from, int to) {
		int lf = Ascii.indexOf(bytes, from, to, (byte) '\n');
		int end = lf < 0 ? to : lf;
		return end > from && bytes[end - 1] == '\r' ? end - 1 : end;
	}

	private void headers(byte[] bytes, int from, int to, boolean request) {
		length = 0;
		lengthGiven = false;
		expectsContinue = false;
		upgrade = 0;
		hostFrom = hostTo = 0;
		int next = Ascii.indexOf(bytes, from, to, (byte) '\n') + 1;
		while (next > 0 && next < to) {
			int line = next;
			int lf = Ascii.indexOf(bytes, line, to, (byte) '\n');
			int end = lf < 0 ? to : lf;
			next = end + 1;
			int colon = Ascii.indexOf(bytes, line, end, (byte) ':');
			if (colon > line) {
				header(bytes, line, colon, colon + 1, end, request);
			}
		}
	}

	private void header(byte[] bytes, int name, int nameEnd, int value, int end, boolean request) {
		int from = value;
		int to = end;
		while (from < to && (bytes[from] == ' ' || bytes[from] == '\t')) {
			from++;
		}
		while (to > from && (bytes[to - 1] == ' ' || bytes[to - 1] == '\t' || bytes[to - 1] == '\r')) {
			to--;
		}
		switch (nameEnd - name) {
		case 4 -> {
			if (request && Ascii.equalsIgnoreCase(bytes, name, nameEnd, HOST)) {
				hostFrom = from;
				hostTo = to;
			}
		}
		case 6 -> expectsContinue |= request && Ascii.equalsIgnoreCase(bytes, name, nameEnd, EXPECT);
		case 7 -> {
			if (Ascii.equalsIgnoreCase(bytes, name, nameEnd, UPGRADE)) {
				upgrade = Ascii.equalsIgnoreCase(bytes, from, to, H2C_WORD) ? H2C
						: Ascii.equalsIgnoreCase(bytes, from, to, WEB_SOCKET_WORD) ? WEB_SOCKET : 0;
			}
		}
		case 10 -> {
			if (request && context.options.userAgent() && Ascii.equalsIgnoreCase(bytes, name, nameEnd, USER_AGENT)) {
				context.attribute(userAgentKey, context.texts.text(bytes, from, to));
			}
		}
		case 11 -> {
			if (request && !context.options.ignoreTraceparent()
					&& Ascii.equalsIgnoreCase(bytes, name, nameEnd, TRACEPARENT)) {
				TraceParent.read(bytes, from, to, context.message);
			}
		}
		case 14 -> {
			if (length != CHUNKED && Ascii.equalsIgnoreCase(bytes, name, nameEnd, CONTENT_LENGTH)) {
				long given = Ascii.decimal(bytes, from, to);
				// Two lengths that differ, or nonsense: only what follows can tell where the body ends.
				length = given < 0 || lengthGiven && given != length ? UNTIL_CLOSE : given;
				lengthGiven = true;
			}
		}
		case 17 -> {
			if (Ascii.equalsIgnoreCase(bytes, name, nameEnd, TRANSFER_ENCODING)) {
				length = Ascii.containsIgnoreCase(bytes, from, to, CHUNKED_WORD) ? CHUNKED : UNTIL_CLOSE;
				lengthGiven = true;
			}
		}
		default -> {
		}
		}
		if (request && captureKeys.length > 0) {
			capture(bytes, name, nameEnd, from, to);
		}
	}

	private void capture(byte[] bytes, int name, int nameEnd, int from, int to) {
		for (int i = 0; i < captureKeys.length; i++) {
			if (Ascii.equalsIgnoreCase(bytes, name, nameEnd, captureNames.get(i))) {
				context.attribute(captureKeys[i],
						captureSecret[i] ? ParserContext.REDACTED : context.texts.text(bytes, from, to));
			}
		}
	}

	/** Reads the request target: "/path?query", "http://user:secret@host:80/path", "host:443" or "*". */
	private void target(byte[] bytes, int from, int to, int method, int methodEnd) {
		int path = from;
		int scheme = schemeEnd(bytes, from, to);
		if (scheme > 0) {
			int authority = scheme + SCHEME_END.length;
			int slash = Ascii.indexOf(bytes, authority, to, (byte) '/');
			int question = Ascii.indexOf(bytes, authority, slash < 0 ? to : slash, (byte) '?');
			path = question >= 0 ? question : slash >= 0 ? slash : to;
			target.host(bytes, authority, path);
		} else if (bytes[from] != '/' && bytes[from] != '*') {
			target.host(bytes, from, to);
			path = to;
		} else {
			target.host(bytes, hostFrom, hostTo);
		}
		target.method(bytes, method, methodEnd);
		target.path(bytes, path, to, scheme == from + 5 || context.insideTls);
	}

	/** Index of "://" within the first bytes, 0 if the target has no scheme. */
	private static int schemeEnd(byte[] bytes, int from, int to) {
		int colon = Ascii.indexOf(bytes, from, Math.min(to, from + 8), (byte) ':');
		return colon > from && Ascii.letter(bytes[from]) && Ascii.startsWith(bytes, colon, to, SCHEME_END) ? colon : 0;
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}
}
