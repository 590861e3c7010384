package io.crosstrace.core.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

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

	/** {@link #length} of a body that is not given by a length. */
	static final long CHUNKED = -1;
	static final long UNTIL_CLOSE = -2;

	private static final String[] METHODS = { "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE",
			"PATCH", "QUERY" };
	private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "cookie",
			"set-cookie", "x-api-key", "x-auth-token", "x-csrf-token");
	private static final byte[] HOST = ascii("host");
	private static final byte[] EXPECT = ascii("expect");
	private static final byte[] TRACEPARENT = ascii("traceparent");
	private static final byte[] USER_AGENT = ascii("user-agent");
	private static final byte[] CONTENT_LENGTH = ascii("content-length");
	private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
	private static final byte[] CHUNKED_WORD = ascii("chunked");
	private static final byte[] SCHEME_END = ascii("://");
	private static final byte[] REDACTED = ascii(ParserContext.REDACTED);

	private final ParserContext context;
	private final boolean server;
	private final byte[][] methodBytes = new byte[METHODS.length][];
	private final List<byte[]> captureNames;
	private final int[] captureKeys;
	private final boolean[] captureSecret;

	private final int methodKey;
	private final int originalMethodKey;
	private final int schemeKey;
	private final int pathKey;
	private final int queryKey;
	private final int fullKey;
	private final int hostKey;
	private final int portKey;
	private final int versionKey;
	private final int userAgentKey;
	private final int statusKey;
	private final int errorKey;
	private final RouteTemplate.Ids tokens;
	private byte[] in; // of the target being read, for tokens

	/* What the last head said of its body. */
	long length;
	boolean lengthGiven;
	boolean expectsContinue;

	private int hostFrom;
	private int hostTo;

	/** @param server requests are told as a server sees them: path and query, not the full URL */
	Http1Head(ParserContext context, boolean server) {
		this.context = context;
		this.server = server;
		for (int i = 0; i < METHODS.length; i++) {
			methodBytes[i] = ascii(METHODS[i]);
		}
		Dictionary names = context.names;
		methodKey = names.id("http.request.method");
		originalMethodKey = names.id("http.request.method_original");
		schemeKey = names.id("url.scheme");
		pathKey = names.id("url.path");
		queryKey = names.id("url.query");
		fullKey = names.id("url.full");
		hostKey = names.id("server.address");
		portKey = names.id("server.port");
		versionKey = names.id("network.protocol.version");
		userAgentKey = names.id("user_agent.original");
		statusKey = names.id("http.response.status_code");
		errorKey = names.id("error.type");
		captureNames = context.options.captureHeaders().stream().sorted().map(Http1Head::ascii).toList();
		captureKeys = new int[captureNames.size()];
		captureSecret = new boolean[captureNames.size()];
		for (int i = 0; i < captureKeys.length; i++) {
			String name = new String(captureNames.get(i), StandardCharsets.US_ASCII);
			captureKeys[i] = names.id("http.request.header." + name);
			captureSecret[i] = SECRET_HEADERS.contains(name);
		}
		tokens = (from, to) -> context.message.token(Message.tokenHash(in, from, to, context.options.tokenSalt()));
	}

	/** Reads "HTTP/1.1 200 OK" and the header lines after it, [from, to); false if it is no status line. */
	boolean answer(byte[] bytes, int from, int to) {
		int lineEnd = lineEnd(bytes, from, to);
		if (Http1Start.answer(bytes, from, to) != Http1Start.YES || lineEnd - from < 12) {
			return false;
		}
		int status = (int) Ascii.decimal(bytes, from + 9, from + 12);
		Message message = context.message.clear(false, from);
		message.status = status;
		message.serverError = status >= 500;
		message.clientError = status >= 400;
		String text = context.texts.text(bytes, from + 9, from + 12);
		context.attribute(statusKey, text);
		if (server ? message.serverError : message.clientError) {
			context.attribute(errorKey, text);
		}
		headers(bytes, lineEnd, to, false);
		if (!lengthGiven) {
			length = UNTIL_CLOSE;
		}
		return true;
	}

	/** Reads "GET /orders/1 HTTP/1.1" and the header lines after it, [from, to); false if it is no request line. */
	boolean request(byte[] bytes, int from, int to) {
		int lineEnd = lineEnd(bytes, from, to);
		int methodEnd = Ascii.indexOf(bytes, from, lineEnd, (byte) ' ');
		int version = lineEnd - 9; // " HTTP/1.1"
		if (Http1Start.request(bytes, from, to) != Http1Start.YES || methodEnd < 0 || version <= methodEnd) {
			return false;
		}
		for (int i = methodEnd + 1; i < version; i++) {
			if (bytes[i] >= 0 && bytes[i] <= ' ' || bytes[i] == 127) {
				return false;
			}
		}
		Message message = context.message.clear(true, from);
		int method = method(bytes, from, methodEnd);
		String methodName = method < 0 ? "_OTHER" : METHODS[method];
		message.trait = method == 1 ? HEAD : method == 5 ? CONNECT : Message.PLAIN;
		context.attribute(methodKey, methodName);
		if (method < 0) {
			context.attribute(originalMethodKey, context.texts.text(bytes, from, methodEnd));
		}
		context.attribute(versionKey, bytes[lineEnd - 1] == '0' ? "1.0" : "1.1");
		headers(bytes, lineEnd, to, true);
		target(bytes, methodEnd + 1, version, from, method < 0 ? -1 : methodEnd);
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

	private int method(byte[] bytes, int from, int to) {
		for (int i = 0; i < methodBytes.length; i++) {
			if (to - from == methodBytes[i].length && Ascii.startsWith(bytes, from, to, methodBytes[i])) {
				return i;
			}
		}
		return -1;
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
		in = bytes;
		int path = from;
		int scheme = schemeEnd(bytes, from, to);
		if (scheme > 0) {
			int authority = scheme + SCHEME_END.length;
			int slash = Ascii.indexOf(bytes, authority, to, (byte) '/');
			int question = Ascii.indexOf(bytes, authority, slash < 0 ? to : slash, (byte) '?');
			path = question >= 0 ? question : slash >= 0 ? slash : to;
			setHost(bytes, authority, path);
		} else if (bytes[from] != '/' && bytes[from] != '*') {
			setHost(bytes, from, to);
			path = to;
		} else {
			setHost(bytes, hostFrom, hostTo);
		}
		int fragment = Ascii.indexOf(bytes, path, to, (byte) '#');
		int end = fragment < 0 ? to : fragment;
		int question = Ascii.indexOf(bytes, path, end, (byte) '?');
		int pathEnd = question < 0 ? end : question;
		boolean https = scheme == from + 5;
		operation(bytes, path, Math.min(pathEnd, path + Texts.MAX_BYTES), method, methodEnd);
		int at = 0;
		if (!server) {
			at = put(https ? "https://" : "http://", at);
			at = put(bytes, hostFrom, Math.min(hostTo, hostFrom + 256), at);
		}
		int pathAt = at;
		at = pathWithoutSecrets(bytes, path, Math.min(pathEnd, path + Texts.MAX_BYTES), at);
		int queryAt = at;
		if (question >= 0) {
			at = query(bytes, question, Math.min(end, question + Texts.MAX_BYTES), at);
		}
		if (!server) {
			context.attribute(fullKey, context.texts.text(context.scratch, 0, at));
			return;
		}
		context.attribute(schemeKey, https ? "https" : "http");
		context.attribute(pathKey, context.texts.text(context.scratch, pathAt, queryAt));
		if (at > queryAt + 1) {
			context.attribute(queryKey, context.texts.text(context.scratch, queryAt + 1, at));
		}
	}

	/** Index of "://" within the first bytes, 0 if the target has no scheme. */
	private static int schemeEnd(byte[] bytes, int from, int to) {
		int colon = Ascii.indexOf(bytes, from, Math.min(to, from + 8), (byte) ':');
		return colon > from && Ascii.letter(bytes[from]) && Ascii.startsWith(bytes, colon, to, SCHEME_END) ? colon : 0;
	}

	/** Attributes of "user:secret@host:port" without its credentials. */
	private void setHost(byte[] bytes, int authority, int to) {
		int from = authority;
		for (int i = authority; i < to; i++) {
			if (bytes[i] == '@') {
				from = i + 1;
			}
		}
		hostFrom = from;
		hostTo = to;
		if (from >= to) {
			return;
		}
		int colon = to;
		while (colon > from && Ascii.digit(bytes[colon - 1])) {
			colon--;
		}
		boolean port = colon - 1 > from && bytes[colon - 1] == ':' && colon < to && to - colon <= 5;
		int end = port ? colon - 1 : to;
		boolean brackets = bytes[from] == '[' && bytes[end - 1] == ']' && end - from > 2;
		context.attribute(hostKey, context.texts.text(bytes, brackets ? from + 1 : from, brackets ? end - 1 : end));
		if (port) {
			context.attribute(portKey, context.texts.text(bytes, colon, to));
		}
	}

	private void operation(byte[] bytes, int path, int pathEnd, int method, int methodEnd) {
		byte[] out = context.scratch;
		int at = methodEnd < 0 ? put("HTTP", 0) : put(bytes, method, methodEnd, 0);
		int end = -1;
		if (path < pathEnd && bytes[path] == '/') {
			out[at] = ' ';
			end = context.routes.write(bytes, path, pathEnd, out, at + 1, tokens);
		}
		context.message.operation = context.texts.id(out, 0, end < 0 ? at : end, context.names);
	}

	/** Copies a path; values of matrix parameters, such as session ids, are redacted. */
	private int pathWithoutSecrets(byte[] bytes, int from, int to, int at) {
		if (Ascii.indexOf(bytes, from, to, (byte) ';') < 0) {
			return put(bytes, from, to, at);
		}
		int end = at;
		boolean value = false;
		for (int i = from; i < to && end < context.scratch.length - 64; i++) {
			byte c = bytes[i];
			if (value && c != ';' && c != '/') {
				continue;
			}
			value = false;
			context.scratch[end++] = c;
			if (c == '=' ) {
				value = true;
				end = put(REDACTED, 0, REDACTED.length, end);
			}
		}
		return end;
	}

	/** Copies "?a=1&b" as "?a=REDACTED&b", unless values may be told; values are tokens in any case. */
	private int query(byte[] bytes, int from, int to, int at) {
		int end = at;
		int limit = context.scratch.length - 64;
		int i = from;
		while (i < to && end < limit) {
			byte c = bytes[i++];
			context.scratch[end++] = c;
			if (c == '=') {
				int value = i;
				while (i < to && bytes[i] != '&' && bytes[i] != ';') {
					i++;
				}
				if (i > value) {
					tokens.id(value, i);
					end = context.options.queryValues() ? put(bytes, value, Math.min(i, value + limit - end), end)
							: put(REDACTED, 0, REDACTED.length, end);
				}
			}
		}
		return end;
	}

	private int put(byte[] bytes, int from, int to, int at) {
		System.arraycopy(bytes, from, context.scratch, at, to - from);
		return at + to - from;
	}

	@SuppressWarnings("deprecation") // exactly what ASCII needs: no encoder, no array
	private int put(String ascii, int at) {
		ascii.getBytes(0, ascii.length(), context.scratch, at);
		return at + ascii.length();
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}
}
