package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * What an OpenAPI or Swagger document promises: a method name (the operation's id as generators write it) for each
 * verb and path. Needed where the interface that a generator made of it is not in the workspace.
 */
final class OpenApi {
	/** How much of a text tells what it is. */
	static final int HEAD_BYTES = 4000;
	private static final Pattern HEAD = Pattern.compile("(?m)^\\s*[{\"']{0,3}\\s*\"?(openapi|swagger)\"?\\s*:");

	/** One operation; {@code base} is the path of the document's first server, {@code tag} its first tag or empty. */
	record Operation(String method, String verb, String base, String path, String tag) {
		/** How likely a generator put it into the interface of that name: 2 after the path's beginning, 1 after the tag. */
		int fits(String interfaceName) {
			String stem = stem(interfaceName.replaceFirst("(Api|ApiDelegate|ApiService|Resource|Service)$", ""));
			return stem.equals(stem(path.replaceFirst("^/", "").replaceFirst("/.*", ""))) ? 2 : stem.equals(stem(tag)) ? 1 : 0;
		}

		private static String stem(String name) {
			return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT).replaceFirst("s$", "");
		}
	}

	private OpenApi() {
	}

	/** Whether a text is such a document, by its first kilobytes. */
	static boolean isDocument(String content) {
		return HEAD.matcher(content.substring(0, Math.min(content.length(), HEAD_BYTES))).find();
	}

	/** The operations as far as they can be read; JSON is YAML, too. */
	static List<Operation> read(String content) {
		List<Operation> out = new ArrayList<>();
		for (Node root : SettingsReader.documents(content.replace("\t", "  "))) {
			Map<String, Node> top = map(root);
			String base = base(top);
			map(top.get("paths")).forEach((path, item) -> map(item).forEach((verb, operation) -> {
				Map<String, Node> members = map(operation);
				String id = text(members.get("operationId"));
				String tag = members.get("tags") instanceof SequenceNode tags && !tags.getValue().isEmpty()
						? text(tags.getValue().get(0)) : "";
				if (!id.isEmpty() && Routes.VERBS.contains(verb.toUpperCase(Locale.ROOT))) {
					out.add(new Operation(methodName(id), verb.toUpperCase(Locale.ROOT), base, path, tag));
				}
			}));
		}
		return out;
	}

	private static String base(Map<String, Node> top) {
		String url = text(top.get("basePath"));
		if (top.get("servers") instanceof SequenceNode servers && !servers.getValue().isEmpty()) {
			url = text(map(servers.getValue().get(0)).get("url"));
		}
		String path = url.isEmpty() ? "" : PathPattern.pathOf(url);
		return path.equals("/") ? "" : path;
	}

	/** {@code list-pets} and {@code list_pets} are generated as {@code listPets}. */
	static String methodName(String id) {
		StringBuilder out = new StringBuilder();
		boolean upper = false;
		for (char c : id.toCharArray()) {
			if (!Character.isJavaIdentifierPart(c) || c == '_') {
				upper = !out.isEmpty();
			} else {
				out.append(upper ? Character.toUpperCase(c) : c);
				upper = false;
			}
		}
		return out.isEmpty() ? id : Character.toLowerCase(out.charAt(0)) + out.substring(1);
	}

	private static Map<String, Node> map(Node node) {
		Map<String, Node> out = new HashMap<>();
		if (node instanceof MappingNode mapping) {
			for (NodeTuple tuple : mapping.getValue()) {
				out.put(text(tuple.getKeyNode()), tuple.getValueNode());
			}
		}
		return out;
	}

	private static String text(Node node) {
		return node instanceof ScalarNode scalar ? scalar.getValue() : "";
	}
}
