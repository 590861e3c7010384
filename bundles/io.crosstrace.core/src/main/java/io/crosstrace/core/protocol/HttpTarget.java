package io.crosstrace.core.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.crosstrace.core.span.Dictionary;

/**
 * Tells what an HTTP request of any version asks for: method, host, path and query as attributes of
 * {@link ParserContext#message}, and a name of low cardinality as its operation. Secrets end here: URL
 * credentials, query values and matrix parameters are never put into a message.
 */
public final class HttpTarget {
	private static final String[] METHODS = { "GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "CONNECT",
			"TRACE", "QUERY" };
	private static final String OTHER = "_OTHER";
	private static final byte[] REDACTED = ascii(ParserContext.REDACTED);
	private static final byte[] NOTHING = {};
	private static final int MAX_HOST = 256;

	private final ParserContext context;
	private final boolean server;
	private final byte[][] methodBytes = new byte[METHODS.length][];
	private final int methodKey;
	private final int originalMethodKey;
	private final int schemeKey;
	private final int pathKey;
	private final int queryKey;
	private final int fullKey;
	private final RouteTemplate.Ids tokens;
	private byte[] in; // of the path being read, for tokens

	private byte[] methodIn = NOTHING;
	private int methodFrom;
	private int methodTo;
	private byte[] hostIn = NOTHING;
	private int hostFrom;
	private int hostTo;
	/** The host given last, as it came, without credentials; most connections name one. */
	private byte[] lastHost = NOTHING;
	private String lastAddress;
	private String lastPort;

	/** @param server requests are told as a server sees them: path and query, not the full URL */
	public HttpTarget(ParserContext context, boolean server) {
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
		tokens = (from, to) -> context.message.token(Message.tokenHash(in, from, to, context.options.tokenSalt()));
	}

	/** Tells the method. @return its name, "_OTHER" for one that the conventions do not know */
	public String methodName(byte[] bytes, int from, int to) {
		String name = OTHER;
		for (int i = 0; i < methodBytes.length; i++) {
			if (to - from == methodBytes[i].length && Ascii.startsWith(bytes, from, to, methodBytes[i])) {
				name = METHODS[i];
				break;
			}
		}
		context.attribute(methodKey, name);
		if (name == OTHER) {
			context.attribute(originalMethodKey, context.texts.text(bytes, from, to));
		}
		return name;
	}

	/** The method that begins the operation's name; the range must stay as it is until {@link #path}. */
	public void method(byte[] bytes, int from, int to) {
		boolean known = false;
		for (int i = 0; i < methodBytes.length && !known; i++) {
			known = to - from == methodBytes[i].length && Ascii.startsWith(bytes, from, to, methodBytes[i]);
		}
		methodIn = known ? bytes : NOTHING;
		methodFrom = from;
		methodTo = to;
	}

	/** Attributes of "user:secret@host:port" without its credentials; may be empty. To be kept as for the method. */
	public void host(byte[] bytes, int authority, int to) {
		hostIn = bytes;
		hostTo = to;
		if (to - authority != lastHost.length || !Ascii.startsWith(bytes, authority, to, lastHost)) {
			readHost(bytes, authority, to);
			// credentials are not kept
			lastHost = hostFrom == authority && to - authority <= MAX_HOST ? Arrays.copyOfRange(bytes, authority, to) : NOTHING;
		} else {
			hostFrom = authority;
		}
		if (hostFrom < to) {
			context.attribute(context.semconv.serverAddress, lastAddress);
			if (lastPort != null) {
				context.attribute(context.semconv.serverPort, lastPort);
			}
		}
	}

	/** Sets where the host begins behind credentials, and the texts of its address and port. */
	private void readHost(byte[] bytes, int authority, int to) {
		int from = authority;
		for (int i = authority; i < to; i++) {
			if (bytes[i] == '@') {
				from = i + 1;
			}
		}
		hostFrom = from;
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
		lastAddress = context.texts.text(bytes, brackets ? from + 1 : from, brackets ? end - 1 : end);
		lastPort = port ? context.texts.text(bytes, colon, to) : null;
	}

	/** Tells "/path?query#fragment" and names the operation, with the method and host given before. */
	public void path(byte[] bytes, int path, int to, boolean https) {
		in = bytes;
		int fragment = Ascii.indexOf(bytes, path, to, (byte) '#');
		int end = fragment < 0 ? to : fragment;
		int question = Ascii.indexOf(bytes, path, end, (byte) '?');
		int pathEnd = question < 0 ? end : question;
		operation(bytes, path, Math.min(pathEnd, path + Texts.MAX_BYTES));
		int at = 0;
		if (!server) {
			at = put(https ? "https://" : "http://", at);
			at = put(hostIn, hostFrom, Math.min(hostTo, hostFrom + MAX_HOST), at);
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

	/** Names the operation by a method that is given and what stands for a path that is not known. */
	public void unknownPath(byte[] bytes, int from, int to) {
		method(bytes, from, to);
		int at = methodIn == NOTHING ? 0 : put(bytes, from, to, 0);
		at = put(at == 0 ? "*" : " *", at);
		context.message.operation = context.texts.id(context.scratch, 0, at, context.names);
	}

	private void operation(byte[] bytes, int path, int pathEnd) {
		byte[] out = context.scratch;
		int at = methodIn == NOTHING ? put("HTTP", 0) : put(methodIn, methodFrom, methodTo, 0);
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
			if (c == '=') {
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
					BodyWords.list(bytes, value, i, tokens);
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
