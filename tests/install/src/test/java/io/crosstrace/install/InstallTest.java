package io.crosstrace.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's first minutes: a clean IDE, our update site, and a restart. */
class InstallTest {
	private static final Path ROOT = Path.of(System.getProperty("crosstrace.root", "../.."));
	private static final Path SITE = ROOT.resolve("update-site/target/repository");
	private static final Path CLEAN_IDE = ROOT.resolve(
			"tests/demo/ide/target/products/io.crosstrace.demo.ide/linux/gtk/x86_64/eclipse");
	private static final String PROBE = "io.crosstrace.install.probe";
	private static final String FEATURE = "io.crosstrace.feature.feature.group";

	@TempDir
	Path scratch;

	@Test
	void siteOfAllVersions_installsAnOldOne_updatesIt_opensItsViews_andLeavesWithoutATrace() throws Exception {
		assumeTrue(System.getenv("DISPLAY") != null, "no display: set DISPLAY, or run under xvfb-run");
		Ide ide = Ide.copy(CLEAN_IDE, scratch);
		TreeSet<String> before = new TreeSet<>(ide.bundles());
		assertFalse(before.stream().anyMatch(name -> name.startsWith("io.crosstrace.")), "the IDE is not clean: " + before);

		Path all = scratch.resolve("site");
		publish(all, "0.0.9", OlderSite.make(SITE, scratch.resolve("older")));
		ide.director("-repository", all.toUri().toString(), "-installIU", FEATURE + "/" + OlderSite.VERSION);
		assertEquals(OlderSite.VERSION, ide.version("io.crosstrace.ui"));

		publish(all, "0.1.0", SITE);
		ide.director("-repository", all.toUri().toString(), "-uninstallIU", FEATURE + "/" + OlderSite.VERSION, "-installIU", FEATURE);
		assertTrue(ide.version("io.crosstrace.ui").startsWith("0.1.0"), "the newest wins: " + ide.version("io.crosstrace.ui"));
		assertEquals(1, ide.bundles().stream().filter("io.crosstrace.ui"::equals).count(), "the old one has gone");
		startAndLook(ide);
		ide.director("-uninstallIU", FEATURE);

		TreeSet<String> after = new TreeSet<>(ide.bundles());
		after.remove(PROBE);
		assertEquals(before, after);
	}

	/** As a release does. */
	private static void publish(Path site, String version, Path repository) throws IOException, InterruptedException {
		Process process = new ProcessBuilder("sh", ROOT.resolve("update-site/publish").toString(), site.toString(), version,
				repository.toString()).redirectErrorStream(true).start();
		String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), out);
	}

	private void startAndLook(Ide ide) throws IOException, InterruptedException {
		ide.addBundle(PROBE, "0.1.0", probe());
		Path seen = scratch.resolve("seen.txt");
		String log = ide.workbench("-Dcrosstrace.probe.out=" + seen);
		assertTrue(Files.exists(seen), "the IDE closed without having been looked at:\n" + log);
		List<String> lines = Files.readAllLines(seen);
		for (String view : List.of("Agents", "Traces", "Timeline", "Services", "Latency")) {
			String part = view.toLowerCase();
			assertTrue(lines.contains("view io.crosstrace.ui." + part + " io.crosstrace.ui." + part + "." + view + "View"),
					view + " did not open: " + lines + "\n" + log);
		}
		for (String bundle : List.of("io.crosstrace.ui", "io.crosstrace.ide")) {
			assertTrue(lines.contains("bundle " + bundle + " active") || lines.contains("bundle " + bundle + " lazy"),
					bundle + " is not usable: " + lines);
		}
		assertTrue(lines.stream().noneMatch(line -> line.startsWith("failed") || line.endsWith(" unresolved")),
				lines + "\n" + log);
		assertFalse(log.contains("!ENTRY io.crosstrace."), "CrossTrace wrote to the error log:\n" + log);
	}

	private static Path probe() throws IOException {
		try (Stream<Path> built = Files.list(ROOT.resolve("tests/install/probe/target"))) {
			return built.filter(file -> file.getFileName().toString().matches(PROBE + "-.*\\.jar"))
					.filter(file -> !file.toString().endsWith("-sources.jar"))
					.findFirst().orElseThrow(() -> new AssertionError("the probe is not built")).toAbsolutePath();
		}
	}
}
