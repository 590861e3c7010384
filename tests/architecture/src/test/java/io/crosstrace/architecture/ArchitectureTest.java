package io.crosstrace.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

import org.junit.jupiter.api.Test;

/**
 * The arrows of ARCHITECTURE.md, read from the class files of every module: this one is built after them all.
 */
class ArchitectureTest {
	private static final Path ROOT = Path.of(System.getProperty("crosstrace.root", "../.."));
	private static final String OURS = "io.crosstrace.";
	/** "   io.crosstrace.core -> java.util java.base". */
	private static final Pattern LINE = Pattern.compile("\\s+(\\S+)\\s+->\\s+(\\S+)\\s+(.+?)\\s*");

	private record Use(String from, String to, String module) {
		@Override
		public String toString() {
			return from + " -> " + to + " (" + module + ")";
		}
	}

	@Test
	void core_usesNothingButJavaBase() {
		none("bundles/io.crosstrace.core", (from, use) -> !use.module().equals("java.base") && !in(use.to(), "io.crosstrace.core"));
	}

	@Test
	void corePackages_pointTheRightWay() {
		only("io.crosstrace.core.span", List.of());
		only("io.crosstrace.core.capture", List.of("io.crosstrace.core.span"));
		only("io.crosstrace.core.protocol", List.of("io.crosstrace.core.span"));
		only("io.crosstrace.core.correlate", List.of("io.crosstrace.core.span"));
		only("io.crosstrace.core.trace", List.of("io.crosstrace.core.span", "io.crosstrace.core.correlate"));
	}

	@Test
	void wire_knowsCoreOnly() {
		none("bundles/io.crosstrace.wire", (from, use) -> use.to().startsWith(OURS)
				&& !in(use.to(), "io.crosstrace.wire") && !in(use.to(), "io.crosstrace.core"));
	}

	@Test
	void theAgent_knowsWireAndCoreOnly() {
		none("remote-agent", (from, use) -> use.to().startsWith(OURS) && !in(use.to(), "io.crosstrace.agent")
				&& !in(use.to(), "io.crosstrace.wire") && !in(use.to(), "io.crosstrace.core"));
	}

	@Test
	void nativeCalls_areMadeInOnePackage() {
		none("remote-agent", (from, use) -> in(use.to(), "com.sun.jna") && !in(from, "io.crosstrace.agent.bpf"));
		for (String module : List.of("bundles/io.crosstrace.wire", "bundles/io.crosstrace.ide", "bundles/io.crosstrace.ui")) {
			none(module, (from, use) -> in(use.to(), "com.sun.jna"));
		}
	}

	@Test
	void theModel_knowsEmfOnly() {
		none("bundles/io.crosstrace.model", (from, use) -> use.to().startsWith(OURS) && !in(use.to(), "io.crosstrace.model"));
	}

	@Test
	void theHeadlessIde_hasNoScreen() {
		none("bundles/io.crosstrace.ide", (from, use) -> in(use.to(), "org.eclipse.swt") || in(use.to(), "org.eclipse.jface")
				&& !in(use.to(), "org.eclipse.jface.text") || in(use.to(), "org.eclipse.ui") || in(use.to(), "io.crosstrace.ui")
				|| in(use.to(), "io.crosstrace.agent"));
	}

	@Test
	void emf_carriesWhatAPersonLooksAtOnly() {
		none("bundles/io.crosstrace.ide", (from, use) -> in(use.to(), "org.eclipse.emf") && !in(from, "io.crosstrace.ide.model"));
	}

	@Test
	void charts_areDrawnInOnePackage() {
		none("bundles/io.crosstrace.ui", (from, use) -> in(use.to(), "org.jfree") && !in(from, "io.crosstrace.ui.charts"));
		none("bundles/io.crosstrace.ui", (from, use) -> in(use.to(), "io.crosstrace.agent"));
	}

	/** Else the rules above could pass because nothing was read. */
	@Test
	void theArrowsThatAreThere_areSeen() {
		Set<String> seen = new TreeSet<>();
		for (Use use : uses("bundles/io.crosstrace.core")) {
			if (use.from().equals("io.crosstrace.core") && use.to().startsWith(OURS)) {
				seen.add(use.to());
			}
		}
		assertTrue(seen.containsAll(Set.of("io.crosstrace.core.capture", "io.crosstrace.core.protocol", "io.crosstrace.core.span")),
				seen.toString());
	}

	private static void only(String from, List<String> allowed) {
		none("bundles/io.crosstrace.core", (pkg, use) -> in(pkg, from) && use.to().startsWith(OURS) && !in(use.to(), from)
				&& allowed.stream().noneMatch(to -> in(use.to(), to)));
	}

	private static void none(String module, BiPredicate<String, Use> forbidden) {
		assertTrue(Files.isDirectory(classes(module)), module + " is not built");
		List<Use> found = uses(module).stream().filter(use -> forbidden.test(use.from(), use)).toList();
		assertEquals(List.of(), found, module + " breaks the architecture");
	}

	private static boolean in(String name, String parent) {
		return name.equals(parent) || name.startsWith(parent + ".");
	}

	private static Path classes(String module) {
		return ROOT.resolve(module).resolve("target/classes");
	}

	private static List<Use> uses(String module) {
		StringWriter out = new StringWriter();
		StringWriter errors = new StringWriter();
		ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
		// Dependencies that are not given are told as "not found", which is all we need of them.
		int exit = jdeps.run(new PrintWriter(out), new PrintWriter(errors), "-verbose:package",
				"-filter:none", classes(module).toString());
		assertEquals(0, exit, errors.toString());
		return out.toString().lines().map(LINE::matcher).filter(Matcher::matches)
				.map(line -> new Use(line.group(1), line.group(2), line.group(3))).toList();
	}

	/** What may be referred to is one thing; what is written down for OSGi must say the same. */
	@Test
	void theManifestOfCore_importsNothing() throws IOException {
		Path manifest = classes("bundles/io.crosstrace.core").resolve("META-INF/MANIFEST.MF");
		assertTrue(Files.isRegularFile(manifest), "core has no manifest");
		String unfolded = Files.readString(manifest).replace("\r", "").replace("\n ", "");
		for (String line : unfolded.split("\n")) {
			if (line.startsWith("Import-Package:")) {
				String foreign = line.substring("Import-Package:".length()).replaceAll("\"[^\"]*\"", "");
				for (String clause : foreign.split(",")) {
					String name = clause.split(";")[0].trim();
					assertTrue(name.startsWith("io.crosstrace.core") || name.startsWith("java."), "core imports " + name);
				}
			}
		}
	}
}
