package io.crosstrace.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the repository says of itself. It is resolved on Linux here, and installed on any system. */
class SiteTest {
	private static final Path CONTENT = Path.of(System.getProperty("crosstrace.root", "../.."))
			.resolve("update-site/target/repository/content.jar");
	private static Document content;

	@BeforeAll
	static void read() throws Exception {
		try (JarFile jar = new JarFile(CONTENT.toFile())) {
			content = DocumentBuilderFactory.newInstance().newDocumentBuilder()
					.parse(jar.getInputStream(jar.getEntry("content.xml")));
		}
	}

	@Test
	void units_areForEveryPlatform() {
		TreeSet<String> bound = new TreeSet<>();
		for (Element unit : all(content.getDocumentElement(), "unit")) {
			for (Element filter : all(unit, "filter")) {
				// A filter inside a requirement limits that requirement, not the unit.
				if (filter.getParentNode() == unit && filter.getTextContent().contains("osgi.")) {
					bound.add(unit.getAttribute("id"));
				}
			}
		}
		assertEquals(Set.of(), bound);
	}

	@Test
	void site_bringsWhatAnIdeLacks_andNothingItHas() {
		TreeSet<String> units = new TreeSet<>();
		for (Element unit : all(content.getDocumentElement(), "unit")) {
			units.add(unit.getAttribute("id"));
		}
		for (String needed : Set.of("io.crosstrace.core", "io.crosstrace.wire", "io.crosstrace.model",
				"io.crosstrace.ide", "io.crosstrace.ui", "io.crosstrace.doc", "com.google.protobuf",
				"io.opentelemetry.proto",
				"com.fasterxml.jackson.core.jackson-core", "org.jfree.jfreechart", "org.jfree.swtgraphics2d",
				"org.yaml.snakeyaml", "org.apache.sshd.osgi", "slf4j.api", "io.crosstrace.agent.dist",
				"io.crosstrace.feature.feature.group")) {
			assertTrue(units.contains(needed), needed + " is missing from " + units);
		}
		units.removeIf(unit -> !unit.startsWith("org.eclipse.") || unit.startsWith("org.eclipse.elk"));
		assertEquals(Set.of(), units);
	}

	private static Iterable<Element> all(Element parent, String name) {
		NodeList nodes = parent.getElementsByTagName(name);
		return () -> IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).iterator();
	}
}
