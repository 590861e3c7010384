package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.Meanings.Meaning;
import io.crosstrace.ide.source.Sources.Located;

/**
 * Who takes messages from a topic or queue, and who puts them there: listener annotations on methods and on
 * classes, channels and functions bound by settings, and calls that send.
 */
final class Messaging {
	/** What a listener that is marked as a whole calls its method. */
	private static final Set<String> CALLBACKS = Set.of("onMessage", "handleMessage", "consumeMessage");
	private static final Set<String> HANDLERS = Set.of("KafkaHandler", "RabbitHandler");
	private static final Pattern SPEL = Pattern.compile("#\\{\\s*'(.*?)'.*}");

	private final Sources sources;
	private final Constants constants;
	private final Meanings meanings;
	private final Map<String, ProjectSettings> settings;

	Messaging(Sources sources, Constants constants, Meanings meanings, Map<String, ProjectSettings> settings) {
		this.sources = sources;
		this.constants = constants;
		this.meanings = meanings;
		this.settings = settings;
	}

	void find(Located type, Consumer<Endpoint> out) {
		List<Meaning> whole = meanings.of(type, type.type().marks()).stream()
				.filter(meaning -> meaning.family().kind == Kind.MESSAGE && !meaning.paths().isEmpty()).toList();
		for (Located each : sources.linearize(type)) {
			for (Facts.Method method : each.type().methods()) {
				CodePlace place = each.place(method.place());
				boolean handles = CALLBACKS.contains(method.name()) && method.hasBody()
						|| method.marks().stream().anyMatch(mark -> HANDLERS.contains(mark.name()));
				for (Meaning meaning : handles ? whole : List.<Meaning>of()) {
					add(type, meaning, place, out);
				}
			}
			if (each != type && !whole.isEmpty()) {
				continue;
			}
			for (Facts.Method method : each == type ? each.type().methods() : List.<Facts.Method>of()) {
				for (Meaning meaning : meanings.of(each, method.marks())) {
					if (meaning.family().kind == Kind.MESSAGE) {
						add(type, meaning, each.place(method.place()), out);
					}
				}
				function(type, method, out);
			}
		}
	}

	private void add(Located type, Meaning meaning, CodePlace place, Consumer<Endpoint> out) {
		boolean sends = meaning.client();
		for (String path : meaning.paths()) {
			for (String name : names(type, meaning.family(), path, sends)) {
				add(type, meaning.family().label, sends, name, place, out);
			}
		}
	}

	private static void add(Located type, String framework, boolean sends, String name, CodePlace place,
			Consumer<Endpoint> out) {
		PathPattern pattern = PathPattern.of(PathPattern.Style.NAME, name);
		out.accept(new Endpoint(Kind.MESSAGE, sends ? Side.CLIENT : Side.SERVER, framework,
				Set.of(sends ? "send" : "receive"), pattern, place, type.unit().test()));
	}

	/** Topics as the settings name them, where the source names a channel or an expression. */
	private List<String> names(Located type, Mapping.Family family, String written, boolean sends) {
		var expression = SPEL.matcher(written);
		String bare = expression.matches() ? expression.group(1) : written;
		if (family == Mapping.Family.CHANNEL) {
			ProjectSettings known = settings.get(type.unit().project());
			String direction = sends ? "outgoing." : "incoming.";
			String topic = known == null ? "" : first(known, "mp.messaging." + direction + bare + ".topic",
					"mp.messaging." + direction + bare + ".address", "mp.messaging." + direction + bare + ".queue.name",
					"spring.cloud.stream.bindings." + bare + ".destination");
			bare = topic.isEmpty() ? bare : topic;
		}
		List<String> names = new ArrayList<>();
		for (String name : bare.split("\\s*,\\s*")) {
			if (!name.isBlank()) {
				names.add(name.strip());
			}
		}
		return names;
	}

	/** {@code @Bean Consumer<Order> process()} with {@code spring.cloud.stream.bindings.process-in-0.destination}. */
	private void function(Located type, Facts.Method method, Consumer<Endpoint> out) {
		ProjectSettings known = settings.get(type.unit().project());
		String returns = method.returnType();
		if (known == null || !returns.matches("(java\\.util\\.function\\.)?(Consumer|Function|Supplier)<.*")
				|| method.marks().stream().noneMatch(mark -> mark.name().endsWith("Bean"))) {
			return;
		}
		String prefix = "spring.cloud.stream.bindings." + method.name();
		for (boolean sends : new boolean[] { false, true }) {
			String topic = first(known, prefix + (sends ? "-out-0" : "-in-0") + ".destination");
			if (!topic.isEmpty()) {
				add(type, "Spring Cloud Stream", sends, topic, type.place(method.place()), out);
			}
		}
	}

	/** A call that sends or receives, or null if the name is not known at all. */
	Endpoint call(Located type, Facts.Call call) {
		String written = constants.value(type, call.target());
		String name = names(type, Mapping.Family.CHANNEL, written, true).stream().findFirst().orElse("");
		PathPattern pattern = PathPattern.of(PathPattern.Style.NAME, name);
		boolean plausible = pattern.literals() >= 2 && name.length() <= 200 && name.indexOf(' ') < 0;
		boolean sends = call.verb().equals("send");
		return plausible ? new Endpoint(Kind.MESSAGE, sends ? Side.CLIENT : Side.SERVER, "Call", Set.of(call.verb()),
				pattern, type.place(call.place()), type.unit().test()) : null;
	}

	private static String first(ProjectSettings settings, String... keys) {
		for (String key : keys) {
			String value = settings.value(key);
			if (!value.isEmpty()) {
				return settings.expand(value);
			}
		}
		return "";
	}
}
