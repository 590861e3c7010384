package io.crosstrace.ide.span;

import io.crosstrace.core.span.SpanTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A span's attributes by what they are about, by OpenTelemetry's names. No state; any thread.
 *
 * <p>Attributes that only carry what another format had, and that nobody reads, are left out: their names begin
 * with {@value #CARRIER}.
 */
public final class AttributeGroups {
	/** What attributes are about, in the order of their worth to a reader. */
	public enum Group {
		HTTP("http.", "url.", "user_agent."), RPC("rpc.", "grpc."), DATABASE("db."), MESSAGING("messaging."),
		ERROR("error.", "exception."), NETWORK("network.", "server.", "client.", "net.", "tls.", "peer."),
		CODE("code.", "thread."), OTHER, RESOURCE(AttributeGroups.RESOURCE);

		private final String[] prefixes;

		Group(String... prefixes) {
			this.prefixes = prefixes;
		}
	}

	/** A name and a value as the span has them, the name without {@link #RESOURCE}. */
	public record Attribute(String name, String value) {
	}

	/** Begins the name of what the sender said of itself rather than of the span. */
	static final String RESOURCE = "resource:";
	private static final String CARRIER = "otlp:";
	/** Events, links and status text of a span from elsewhere: carried, and worth reading. */
	private static final String REST = "otlp:rest";

	private AttributeGroups() {
	}

	/** Groups that have any, each sorted by name. */
	public static Map<Group, List<Attribute>> of(SpanTable spans, int row) {
		Map<Group, List<Attribute>> groups = new EnumMap<>(Group.class);
		for (int i = 0; i < spans.attributeCount(row); i++) {
			String name = spans.names.text(spans.attributeKey(row, i));
			if (name.startsWith(CARRIER) && !name.equals(REST)) {
				continue;
			}
			Group group = group(name);
			groups.computeIfAbsent(group, x -> new ArrayList<>()).add(new Attribute(
					group == Group.RESOURCE ? name.substring(RESOURCE.length()) : name,
					spans.values.text(spans.attributeValue(row, i))));
		}
		groups.values().forEach(list -> list.sort(Comparator.comparing(Attribute::name)));
		return groups;
	}

	private static Group group(String name) {
		for (Group group : Group.values()) {
			for (String prefix : group.prefixes) {
				if (name.startsWith(prefix)) {
					return group;
				}
			}
		}
		return Group.OTHER;
	}
}
