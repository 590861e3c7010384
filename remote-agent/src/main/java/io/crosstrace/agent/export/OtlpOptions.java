package io.crosstrace.agent.export;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Where spans are exported to and how, as the command line and OpenTelemetry's variables say (OpenTelemetry
 * specification, "OpenTelemetry Protocol Exporter" and "Environment Variable Specification").
 *
 * @param endpoint where requests go: for HTTP with its path
 * @param grpc OTLP/gRPC, else OTLP/HTTP with protobuf
 * @param headers sent with each request, such as an authorization
 * @param gzip whether requests are compressed
 * @param certificate PEM of the authorities to trust; null for those of the Java run-time
 * @param resource attributes that OTEL_RESOURCE_ATTRIBUTES adds to each resource
 */
public record OtlpOptions(URI endpoint, boolean grpc, Map<String, String> headers, boolean gzip, Duration timeout,
		Path certificate, Map<String, String> resource) {
	private static final String BASE = "OTEL_EXPORTER_OTLP_";
	private static final String TRACES = "OTEL_EXPORTER_OTLP_TRACES_";
	private static final String PATH = "/v1/traces";

	/** Over HTTP without anything special. */
	public static OtlpOptions http(String endpoint) {
		return of(endpoint, null, name -> null);
	}

	/**
	 * @param endpoint of the command line, null if not given: then variables decide
	 * @param protocol of the command line, "grpc" or "http/protobuf"; null if not given
	 * @param environment gives a variable's value, or null
	 * @return null if nothing is to be exported
	 * @throws IllegalArgumentException if a value cannot be right; the message can be shown
	 */
	public static OtlpOptions of(String endpoint, String protocol, UnaryOperator<String> environment) {
		String exporter = text(environment, "OTEL_TRACES_EXPORTER");
		boolean wanted = endpoint != null || signal(environment, "ENDPOINT") != null || "otlp".equals(exporter);
		if (!wanted || endpoint == null
				&& ("none".equals(exporter) || "true".equalsIgnoreCase(text(environment, "OTEL_SDK_DISABLED")))) {
			return null;
		}
		boolean grpc = grpc(protocol, environment);
		String certificate = signal(environment, "CERTIFICATE");
		return new OtlpOptions(address(endpoint, grpc, environment), grpc,
				pairs(BASE + "HEADERS", signal(environment, "HEADERS")), gzip(environment), timeout(environment),
				certificate == null ? null : Path.of(certificate),
				pairs("OTEL_RESOURCE_ATTRIBUTES", text(environment, "OTEL_RESOURCE_ATTRIBUTES")));
	}

	private static boolean grpc(String given, UnaryOperator<String> environment) {
		String protocol = given != null ? given : signal(environment, "PROTOCOL");
		return switch (protocol == null ? "http/protobuf" : protocol) {
			case "grpc" -> true;
			case "http/protobuf" -> false;
			default -> throw new IllegalArgumentException("The OTLP protocol is grpc or http/protobuf, not '" + protocol + "'.");
		};
	}

	/** The path belongs to the base address only: the traces' own is taken as it is. */
	private static URI address(String given, boolean grpc, UnaryOperator<String> environment) {
		String own = text(environment, TRACES + "ENDPOINT");
		String base = text(environment, BASE + "ENDPOINT");
		String text = given != null ? given : own != null ? own : base != null ? base
				: grpc ? "http://localhost:4317" : "http://localhost:4318";
		String where = given != null ? "--otlp-endpoint" : own != null ? TRACES + "ENDPOINT" : BASE + "ENDPOINT";
		try {
			URI uri = URI.create(text);
			if (uri.getHost() == null || !"http".equals(uri.getScheme()) && !"https".equals(uri.getScheme())) {
				throw new IllegalArgumentException(text);
			}
			boolean asIs = grpc || given == null && own != null || text.endsWith(PATH);
			return asIs ? uri : URI.create(text.replaceFirst("/+$", "") + PATH);
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException(where + " wants an address such as http://localhost:4318, not '" + text + "'.", e);
		}
	}

	private static boolean gzip(UnaryOperator<String> environment) {
		String compression = signal(environment, "COMPRESSION");
		return switch (compression == null ? "none" : compression) {
			case "gzip" -> true;
			case "none" -> false;
			default -> throw new IllegalArgumentException(BASE + "COMPRESSION is gzip or none, not '" + compression + "'.");
		};
	}

	private static Duration timeout(UnaryOperator<String> environment) {
		String millis = signal(environment, "TIMEOUT");
		try {
			long value = millis == null ? 10_000 : Long.parseLong(millis);
			if (value < 1) {
				throw new NumberFormatException(millis);
			}
			return Duration.ofMillis(value);
		} catch (NumberFormatException e) {
			throw new IllegalArgumentException(BASE + "TIMEOUT wants milliseconds, not '" + millis + "'.", e);
		}
	}

	/** As W3C Baggage writes them: {@code a=b,c=d}, percent-encoded. */
	private static Map<String, String> pairs(String variable, String text) {
		Map<String, String> pairs = new LinkedHashMap<>();
		for (String pair : text == null ? new String[0] : text.split(",")) {
			int equals = pair.indexOf('=');
			if (pair.isBlank()) {
				continue;
			}
			if (equals < 1) {
				// Not shown: a header may be a secret.
				throw new IllegalArgumentException(variable + " wants name=value, separated by commas.");
			}
			pairs.put(pair.substring(0, equals).strip(),
					URLDecoder.decode(pair.substring(equals + 1).strip().replace("+", "%2B"), StandardCharsets.UTF_8));
		}
		return pairs;
	}

	/** The variable for traces, else the one for all signals. */
	private static String signal(UnaryOperator<String> environment, String name) {
		String own = text(environment, TRACES + name);
		return own != null ? own : text(environment, BASE + name);
	}

	/** Empty is unset, as the specification wants it. */
	private static String text(UnaryOperator<String> environment, String name) {
		String value = environment.apply(name);
		return value == null || value.isBlank() ? null : value.strip();
	}

	/** Never shows headers. */
	@Override
	public String toString() {
		return (grpc ? "OTLP/gRPC to " : "OTLP/HTTP to ") + endpoint;
	}
}
