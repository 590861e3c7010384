package io.crosstrace.model.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dmodel.write=true} writes what this test would compare. */
class GeneratedModelTest {
	private static final Path BUNDLE = Path.of(System.getProperty("crosstrace.root"), "bundles", "io.crosstrace.model");

	@Test
	void checkedInCode_isWhatTheModelGenerates(@TempDir Path out) throws IOException {
		ModelGenerator.generate(BUNDLE.resolve("model/crosstrace.ecore"), out);
		Map<String, String> generated = sources(out.resolve("src-gen"));
		assertTrue(generated.size() > 20, "EMF generated only " + generated.keySet());
		if (Boolean.getBoolean("model.write")) {
			write(out);
		}
		assertEquals(generated, sources(BUNDLE.resolve("src-gen")),
				"src-gen differs from the .ecore: run this test once with -Dmodel.write=true");
	}

	private static void write(Path out) throws IOException {
		Path target = BUNDLE.resolve("src-gen");
		if (Files.exists(target)) {
			try (Stream<Path> old = Files.walk(target)) {
				for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(path);
				}
			}
		}
		for (Map.Entry<String, String> source : sources(out.resolve("src-gen")).entrySet()) {
			Path file = target.resolve(source.getKey());
			Files.createDirectories(file.getParent());
			Files.writeString(file, source.getValue());
		}
		Files.copy(out.resolve("model/crosstrace.genmodel"), BUNDLE.resolve("model/crosstrace.genmodel"),
				java.nio.file.StandardCopyOption.REPLACE_EXISTING);
	}

	private static Map<String, String> sources(Path folder) throws IOException {
		Map<String, String> sources = new TreeMap<>();
		if (!Files.exists(folder)) {
			return sources;
		}
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
				sources.put(folder.relativize(file).toString(), Files.readString(file));
			}
		}
		return sources;
	}
}
