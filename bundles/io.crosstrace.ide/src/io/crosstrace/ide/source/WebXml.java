package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The servlets of a {@code web.xml}: class name to URL patterns. By text, so that no external entity is ever read. */
final class WebXml {
	private static final Pattern BLOCK = Pattern.compile("(?s)<(servlet|servlet-mapping)>(.*?)</\\1>");
	private static final Pattern ELEMENT = Pattern.compile("(?s)<(servlet-name|servlet-class|url-pattern)>\\s*(.*?)\\s*</\\1>");

	private WebXml() {
	}

	static Map<String, List<String>> read(String content) {
		Map<String, String> classes = new HashMap<>();
		Map<String, List<String>> mappings = new LinkedHashMap<>();
		Matcher blocks = BLOCK.matcher(content.replaceAll("(?s)<!--.*?-->", "").replaceAll("<(/?)\\w+:", "<$1"));
		while (blocks.find()) {
			String name = "";
			List<String> values = new ArrayList<>();
			Matcher elements = ELEMENT.matcher(blocks.group(2));
			while (elements.find()) {
				if (elements.group(1).equals("servlet-name")) {
					name = elements.group(2);
				} else {
					values.add(elements.group(2));
				}
			}
			if (values.isEmpty()) {
				continue;
			}
			if (blocks.group(1).equals("servlet")) {
				classes.put(name, values.get(0));
			} else {
				mappings.computeIfAbsent(name, x -> new ArrayList<>()).addAll(values);
			}
		}
		Map<String, List<String>> out = new LinkedHashMap<>();
		// a JAX-RS application may be named without a class: its name is the application's class
		mappings.forEach((name, patterns) -> out.computeIfAbsent(classes.getOrDefault(name, name), x -> new ArrayList<>())
				.addAll(patterns));
		return out;
	}
}
