package io.crosstrace.install;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The built update site as it would be had it been built for an earlier version: our units' versions are lowered. */
final class OlderSite {
	static final String VERSION = "0.0.9.older";
	private static final Pattern OURS = Pattern.compile("<unit id='io\\.crosstrace\\.[^']*' version='([^']*)'");
	/** Of the files as they were. */
	private static final Pattern CHECKS = Pattern.compile("\\s*<property name='(download\\.checksum[^']*|download\\.md5|artifact\\.size|download\\.size)' value='[^']*'/>");

	private OlderSite() {
	}

	static Path make(Path site, Path older) throws IOException {
		TreeSet<String> versions = new TreeSet<>();
		Matcher unit = OURS.matcher(text(site.resolve("content.jar"), "content.xml"));
		while (unit.find()) {
			versions.add(unit.group(1));
		}
		List<String> longestFirst = versions.descendingSet().stream().toList();
		try (Stream<Path> all = Files.walk(site)) {
			for (Path file : all.filter(Files::isRegularFile).toList()) {
				String name = site.relativize(file).toString();
				boolean ours = name.contains("/io.crosstrace.") || name.matches("(content|artifacts)\\.jar");
				if (name.endsWith(".xml.xz") || name.equals("p2.index")) {
					continue; // the .jar says the same
				}
				Path to = older.resolve(ours ? lower(name, longestFirst) : name);
				Files.createDirectories(to.getParent());
				if (ours) {
					Files.write(to, lowered(Files.readAllBytes(file), longestFirst));
				} else {
					Files.copy(file, to);
				}
			}
		}
		return older;
	}

	private static byte[] lowered(byte[] jar, List<String> versions) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (ZipInputStream in = new ZipInputStream(new java.io.ByteArrayInputStream(jar)); ZipOutputStream to = new ZipOutputStream(out)) {
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
				byte[] bytes = in.readAllBytes();
				if (entry.getName().matches("content\\.xml|artifacts\\.xml|feature\\.xml|META-INF/MANIFEST\\.MF")) {
					String text = lower(new String(bytes, StandardCharsets.UTF_8), versions);
					bytes = CHECKS.matcher(text).replaceAll("").getBytes(StandardCharsets.UTF_8);
				}
				to.putNextEntry(new ZipEntry(entry.getName()));
				to.write(bytes);
				to.closeEntry();
			}
		}
		return out.toByteArray();
	}

	private static String lower(String text, List<String> versions) {
		String lowered = text;
		for (String version : versions) {
			lowered = lowered.replace(version, VERSION);
		}
		return lowered;
	}

	private static String text(Path jar, String entry) throws IOException {
		try (var zip = new java.util.zip.ZipFile(jar.toFile()); InputStream in = zip.getInputStream(zip.getEntry(entry))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}
}
