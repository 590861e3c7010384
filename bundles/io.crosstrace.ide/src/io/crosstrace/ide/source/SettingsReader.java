package io.crosstrace.ide.source;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.function.BiConsumer;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

import io.crosstrace.ide.source.ProjectSettings.Setting;

/**
 * Reads settings as keys with dots, list entries as {@code key[0]}, with the place of each. No YAML object is
 * ever made, only nodes; malformed text gives what stands before the fault.
 */
final class SettingsReader {
	/** Enough for any service; stops a file whose aliases multiply. */
	private static final int MAX_SETTINGS = 20_000;
	private static final int MAX_DEPTH = 40;

	private SettingsReader() {
	}

	static void properties(String file, String content, BiConsumer<String, Setting> out) {
		Properties properties = new Properties();
		try {
			properties.load(new StringReader(content));
		} catch (IOException | IllegalArgumentException e) {
			return; // a broken escape: the framework would refuse the file, too
		}
		properties.forEach((key, value) -> {
			int at = Math.max(0, content.indexOf((String) key));
			out.accept((String) key, new Setting(((String) value).strip(), file, at, ((String) key).length()));
		});
	}

	static void yaml(String file, String content, BiConsumer<String, Setting> out) {
		for (Node root : documents(content)) {
			walk(file, root, out);
		}
	}

	/** The documents of a text up to the first fault. Places are in characters of the basic plane. */
	static List<Node> documents(String content) {
		// Maven's @placeholders@ are no YAML until they are filtered; a tilde keeps every place where it is
		String readable = content.replaceAll("([:\\-]\\s+)@([\\w.\\-]+)@", "$1~$2~");
		LoaderOptions options = new LoaderOptions();
		options.setMaxAliasesForCollections(1000);
		options.setAllowRecursiveKeys(false);
		List<Node> documents = new ArrayList<>();
		try {
			Iterator<Node> nodes = new Yaml(options).composeAll(new StringReader(readable)).iterator();
			while (nodes.hasNext()) {
				documents.add(nodes.next());
			}
		} catch (YAMLException e) {
			return documents; // as much as could be read
		}
		return documents;
	}

	private record Open(String key, Node node, int depth) {
	}

	private static void walk(String file, Node root, BiConsumer<String, Setting> out) {
		Deque<Open> open = new ArrayDeque<>(List.of(new Open("", root, 0)));
		int left = MAX_SETTINGS;
		while (!open.isEmpty() && left > 0) {
			Open at = open.pop();
			if (at.node() instanceof ScalarNode scalar) {
				left--;
				int start = scalar.getStartMark().getIndex();
				out.accept(at.key(), new Setting(scalar.getValue(), file, start,
						Math.max(0, scalar.getEndMark().getIndex() - start)));
			} else if (at.depth() < MAX_DEPTH && at.node() instanceof MappingNode map) {
				List<NodeTuple> tuples = map.getValue();
				for (int i = tuples.size() - 1; i >= 0; i--) { // the stack turns the order around again
					if (tuples.get(i).getKeyNode() instanceof ScalarNode key) {
						String name = at.key().isEmpty() ? key.getValue() : at.key() + "." + key.getValue();
						open.push(new Open(name, tuples.get(i).getValueNode(), at.depth() + 1));
					}
				}
			} else if (at.depth() < MAX_DEPTH && at.node() instanceof SequenceNode list) {
				for (int i = list.getValue().size() - 1; i >= 0; i--) {
					open.push(new Open(at.key() + "[" + i + "]", list.getValue().get(i), at.depth() + 1));
				}
			}
		}
	}
}
