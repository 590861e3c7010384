package io.crosstrace.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of the clean IDE that a test may change. Its processes end with the call that started them. */
final class Ide {
	private static final int LIMIT_SECONDS = 180;

	private final Path home;
	private final Path scratch;

	private Ide(Path home, Path scratch) {
		this.home = home;
		this.scratch = scratch;
	}

	/** Copies {@code original} below {@code scratch}. */
	static Ide copy(Path original, Path scratch) throws IOException {
		Path home = scratch.resolve("eclipse");
		Files.walkFileTree(original, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
				Files.createDirectories(home.resolve(original.relativize(from)));
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
				Files.copy(from, home.resolve(original.relativize(from)));
				return FileVisitResult.CONTINUE;
			}
		});
		return new Ide(home, scratch);
	}

	/** Runs the p2 director inside this IDE, as Help > Install New Software does. Returns its output. */
	String director(String... arguments) throws IOException, InterruptedException {
		List<String> all = new ArrayList<>(List.of("-nosplash", "-application", "org.eclipse.equinox.p2.director",
				"-destination", home.toString(), "-data", scratch.resolve("director").toString()));
		all.addAll(List.of(arguments));
		return java("director", List.of("-Declipse.p2.unsignedPolicy=allow"), all);
	}

	/** Adds one bundle to the configuration by hand, as PDE's launches do; no repository is needed for it. */
	void addBundle(String symbolicName, String version, Path jar) throws IOException {
		Files.writeString(bundlesInfo(),
				symbolicName + "," + version + "," + jar.toUri() + ",4,false\n", StandardOpenOption.APPEND);
	}

	/** Symbolic names of what is installed. */
	List<String> bundles() throws IOException {
		try (Stream<String> lines = Files.lines(bundlesInfo())) {
			return lines.filter(line -> !line.startsWith("#")).map(line -> line.substring(0, line.indexOf(','))).toList();
		}
	}

	/** The version of a bundle that is installed, or empty. */
	String version(String bundle) throws IOException {
		try (Stream<String> lines = Files.lines(bundlesInfo())) {
			return lines.filter(line -> line.startsWith(bundle + ",")).map(line -> line.split(",")[1]).findFirst().orElse("");
		}
	}

	/** Starts the workbench on a new workspace and waits for it to close itself. Returns its output and its log. */
	String workbench(String... vmArguments) throws IOException, InterruptedException {
		Path workspace = scratch.resolve("workspace");
		List<String> vm = new ArrayList<>(List.of(vmArguments));
		vm.add("-Dorg.eclipse.equinox.simpleconfigurator.exclusiveInstallation=false");
		String out = java("workbench", vm, List.of("-os", "linux", "-ws", "gtk", "-arch", "x86_64", "-nosplash",
				"-clean", "-consoleLog", "-data", workspace.toString()));
		Path log = workspace.resolve(".metadata/.log");
		return Files.exists(log) ? out + Files.readString(log) : out;
	}

	private String java(String name, List<String> vm, List<String> arguments) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx768m", "--enable-native-access=ALL-UNNAMED", "-Dosgi.requiredJavaVersion=21"));
		command.addAll(vm);
		command.addAll(List.of("-jar", launcher().toString()));
		command.addAll(arguments);
		Path log = scratch.resolve(name + ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		try {
			if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
				throw new AssertionError(name + " did not end within " + LIMIT_SECONDS + " s:\n" + Files.readString(log));
			}
		} finally {
			process.destroyForcibly().waitFor();
		}
		String out = Files.readString(log);
		if (process.exitValue() != 0) {
			throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + out);
		}
		return out;
	}

	private Path launcher() {
		try (Stream<Path> plugins = Files.list(home.resolve("plugins"))) {
			return plugins.filter(jar -> jar.getFileName().toString().startsWith("org.eclipse.equinox.launcher_"))
					.findFirst().orElseThrow(() -> new AssertionError("no launcher in " + home));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private Path bundlesInfo() {
		return home.resolve("configuration/org.eclipse.equinox.simpleconfigurator/bundles.info");
	}
}
