package io.crosstrace.wire.otlp;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Tells what a file is that holds no spans we read, by how it begins or by a field of its JSON: and what to do with it. */
final class FileKinds {
	/** As many bytes tell all kinds apart. */
	static final int BYTES = 64;
	static final String UNKNOWN = "This is not a recording of spans, nor JSON of OTLP, Jaeger or Zipkin.";
	static final String UNKNOWN_JSON = "This JSON is neither OTLP, Jaeger's nor Zipkin's.";
	static final String ZIPKIN_1 = "This is version 1 of Zipkin's format. Version 2 is read: Zipkin's address /api/v2/traces gives it.";

	/** How files begin, as Latin-1. */
	private static final Map<String, String> BEGINNINGS = Map.of("PK\u0003\u0004",
			"This is a ZIP archive. Unpack it, and open a file of it.", "\u0028\u00b5\u002f\u00fd", packed("zstd -d"),
			"BZh", packed("bunzip2"), "\u00fd7zXZ", packed("unxz"), "/* CTF",
			"This is a trace in the Common Trace Format. Trace Compass opens it.", "<",
			"This is a web page or XML. Perhaps a page about an error or a login was saved in the place of the traces.");
	private static final Map<String, String> FIELDS = Map.of("traceEvents",
			"These are events of one program, as Chrome and Perfetto write them, not requests between services.",
			"resourceLogs", "These are logs of OpenTelemetry, without traces.", "resourceMetrics",
			"These are metrics of OpenTelemetry, without traces.", "resourceProfiles",
			"These are profiles of OpenTelemetry, without traces.");

	private FileKinds() {
	}

	private static String packed(String command) {
		return "The file is compressed in a way that is not read here. Unpack it with " + command + ", or compress it with gzip.";
	}

	/** What a file that begins so is. */
	static String of(byte[] beginning) {
		String text = new String(beginning, StandardCharsets.ISO_8859_1);
		return BEGINNINGS.entrySet().stream().filter(kind -> text.stripLeading().startsWith(kind.getKey()))
				.map(Map.Entry::getValue).findFirst().orElse(UNKNOWN);
	}

	/** What a document with such a field is; empty if the field tells nothing. */
	static String ofField(String name) {
		return FIELDS.getOrDefault(name, "");
	}
}
