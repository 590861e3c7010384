package io.crosstrace.core.protocol.http2;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

import io.crosstrace.core.protocol.Ascii;
import io.crosstrace.core.protocol.HttpTarget;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.ParserContext;
import io.crosstrace.core.protocol.Semconv;
import io.crosstrace.core.protocol.TraceParent;

/** Makes messages of header blocks, in the words of OpenTelemetry's conventions for HTTP and for gRPC. */
final class Heads {
	private static final byte[] GRPC = ascii("application/grpc");
	private static final byte[] GRPC_WEB = ascii("application/grpc-web");
	private static final byte[] HTTPS = ascii("https");
	private static final String[] CODES = { "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED",
			"NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED",
			"OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED" };
	/** Codes that are the server's fault: UNKNOWN, DEADLINE_EXCEEDED, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS. */
	private static final int SERVER_ERRORS = 1 << 2 | 1 << 4 | 1 << 12 | 1 << 13 | 1 << 14 | 1 << 15;
	private static final String[] RESETS = { "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR",
			"SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR",
			"CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED" };
	private static final int RESET_CANCEL = 8;

	private final ParserContext context;
	private final Semconv semconv;
	private final Fields fields;
	private final HttpTarget target;
	private final boolean server;
	private final int userAgentKey;
	private final int statusKey;
	private final int[] captureKeys;
	private final int[] metadataKeys;
	private final boolean[] captureSecret;

	Heads(ParserContext context, Fields fields, boolean server) {
		this.context = context;
		this.fields = fields;
		this.server = server;
		semconv = context.semconv;
		target = new HttpTarget(context, server);
		userAgentKey = context.names.id("user_agent.original");
		statusKey = context.names.id("http.response.status_code");
		List<String> captured = context.options.captureHeaders().stream().sorted().toList();
		captureKeys = captured.stream().mapToInt(name -> context.names.id("http.request.header." + name)).toArray();
		metadataKeys = captured.stream().mapToInt(name -> context.names.id("rpc.request.metadata." + name)).toArray();
		captureSecret = new boolean[captureKeys.length];
		for (int i = 0; i < captureKeys.length; i++) {
			captureSecret[i] = ParserContext.SECRET_HEADERS.contains(captured.get(i));
		}
	}

	/** Fills {@link ParserContext#message} from the block read last. @return flags of {@link OpenStreams} */
	int request(int at, int stream) {
		Message message = context.message.clear(true, at);
		message.stream = stream;
		boolean path = fields.has(Fields.PATH);
		message.incomplete = fields.unknown && (!path || !fields.has(Fields.METHOD));
		int flags = fields.startsWith(Fields.CONTENT_TYPE, GRPC_WEB) ? OpenStreams.GRPC | OpenStreams.GRPC_WEB
				: fields.startsWith(Fields.CONTENT_TYPE, GRPC) ? OpenStreams.GRPC : 0;
		context.attribute(semconv.networkProtocolVersion, "2");
		if (fields.has(Fields.AUTHORITY)) {
			target.host(fields.in(Fields.AUTHORITY), fields.from(Fields.AUTHORITY), fields.to(Fields.AUTHORITY));
		} else {
			target.host(fields.decoded, 0, 0);
		}
		if (flags != 0) {
			rpc(message, path);
		} else {
			http(path);
		}
		if (fields.has(Fields.TRACEPARENT) && !context.options.ignoreTraceparent()) {
			TraceParent.read(fields.in(Fields.TRACEPARENT), fields.from(Fields.TRACEPARENT), fields.to(Fields.TRACEPARENT),
					message);
		}
		if (context.options.userAgent() && fields.has(Fields.USER_AGENT)) {
			context.attribute(userAgentKey, text(Fields.USER_AGENT));
		}
		for (int i = 0; i < captureKeys.length; i++) {
			if (fields.has(Fields.CAPTURED + i)) {
				context.attribute(flags == 0 ? captureKeys[i] : metadataKeys[i], captureSecret[i] ? ParserContext.REDACTED : text(Fields.CAPTURED + i));
			}
		}
		return flags;
	}

	/** "/shop.Orders/Place" is the method "shop.Orders/Place". */
	private void rpc(Message message, boolean path) {
		context.attribute(semconv.rpcSystemName, "grpc");
		if (!path) {
			message.operation = context.names.id("*");
			return;
		}
		byte[] in = fields.in(Fields.PATH);
		int from = fields.from(Fields.PATH);
		int to = fields.to(Fields.PATH);
		int question = Ascii.indexOf(in, from, to, (byte) '?');
		int end = question < 0 ? to : question;
		from += from < end && in[from] == '/' ? 1 : 0;
		message.operation = context.texts.id(in, from, end, context.names);
		context.attribute(semconv.rpcMethod, context.texts.text(in, from, end));
	}

	private void http(boolean path) {
		byte[] method = fields.has(Fields.METHOD) ? fields.in(Fields.METHOD) : fields.decoded;
		int from = fields.has(Fields.METHOD) ? fields.from(Fields.METHOD) : 0;
		int to = fields.has(Fields.METHOD) ? fields.to(Fields.METHOD) : 0;
		if (to > from) {
			target.methodName(method, from, to);
		}
		if (!path && fields.unknown || to == from) {
			target.unknownPath(method, from, to);
			return;
		}
		target.method(method, from, to);
		boolean https = fields.startsWith(Fields.SCHEME, HTTPS);
		if (path) {
			target.path(fields.in(Fields.PATH), fields.from(Fields.PATH), fields.to(Fields.PATH), https);
		} else { // CONNECT
			target.path(fields.decoded, 0, 0, https);
		}
	}

	/** Fills {@link ParserContext#message} from the block read last. */
	void answer(int at, int stream, boolean grpc) {
		Message message = context.message.clear(false, at);
		message.stream = stream;
		message.silent = (stream & 1) == 0; // pushed: nobody asked
		int status = fields.decimal(Fields.STATUS);
		if (grpc && (status == 200 || status < 0) || status < 0) {
			return; // the status is in the trailers
		}
		message.status = status;
		message.serverError = status >= 500;
		message.clientError = status >= 400;
		context.attribute(statusKey, text(Fields.STATUS));
		if (server ? message.serverError : message.clientError) {
			context.attribute(semconv.errorType, text(Fields.STATUS));
		}
	}

	/** Adds the gRPC status of the block read last to the end of an answer. */
	void grpcStatus(Message ending) {
		grpcStatus(ending, fields.decimal(Fields.GRPC_STATUS));
	}

	void grpcStatus(Message ending, int code) {
		if (code < 0) {
			return;
		}
		String name = code < CODES.length ? CODES[code] : "UNKNOWN";
		ending.status = code;
		ending.clientError = code != 0;
		ending.serverError = code >= CODES.length || (SERVER_ERRORS & 1 << code) != 0;
		ending.attribute(semconv.rpcResponseStatusCode, name);
		if (server ? ending.serverError : ending.clientError) {
			ending.attribute(semconv.errorType, name);
		}
	}

	/** A stream was given up by either side. */
	void reset(Message ending, long code, boolean grpc) {
		String name = code >= 0 && code < RESETS.length ? RESETS[(int) code] : "_OTHER";
		ending.aborts = true;
		ending.clientError = true;
		ending.serverError = code != 0 && code != RESET_CANCEL;
		if (grpc && code == RESET_CANCEL) {
			grpcStatus(ending, 1);
			return;
		}
		if (server ? ending.serverError : ending.clientError) {
			ending.attribute(semconv.errorType, name);
		}
	}

	private String text(int field) {
		return context.texts.text(fields.in(field), fields.from(field), fields.to(field));
	}

	private static byte[] ascii(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}
}
