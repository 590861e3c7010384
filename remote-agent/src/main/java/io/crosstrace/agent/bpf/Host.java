package io.crosstrace.agent.bpf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What /proc tells about this host. */
final class Host {
	static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");

	private Host() {
	}

	/** @throws CaptureException if this cannot be a host to capture on, whatever the rights */
	static void require() throws CaptureException {
		if (!System.getProperty("os.name").equals("Linux")) {
			throw new CaptureException("The agent needs Linux; this is " + System.getProperty("os.name") + ".");
		}
		if (!Files.exists(BTF)) {
			throw new CaptureException("This kernel (" + kernel() + ") has no type information: " + BTF + " is missing. "
					+ "Use one built with CONFIG_DEBUG_INFO_BTF=y, as those of all larger distributions are since 2021.");
		}
	}

	static String kernel() {
		return System.getProperty("os.version");
	}

	/** The value of a kernel setting such as {@code /sys/kernel/security/lockdown}; "" if there is none. */
	static String setting(String path) {
		try {
			return Files.readString(Path.of(path)).trim();
		} catch (IOException e) {
			return "";
		}
	}

	/** Whether the kernel has a function of this name; false if it does not tell. */
	static boolean hasFunction(String name) {
		try (Stream<String> lines = Files.lines(Path.of("/proc/kallsyms"))) {
			return lines.anyMatch(line -> line.endsWith(" " + name));
		} catch (IOException | UncheckedIOException e) {
			return false;
		}
	}

	/**
	 * Whether a probe at a function's return kills a process that a seccomp filter sandboxes, as containers are: the system
	 * call that such a probe became in 6.11 was let through all filters from 6.14, 6.13.3 and 6.12.14 on (cf6cb56ef244).
	 * The one thing that cannot be found out by trying.
	 */
	static boolean returnProbesKill(String kernel, String architecture) {
		Matcher version = Pattern.compile("^(\\d+)\\.(\\d+)(?:\\.(\\d+))?").matcher(kernel);
		if (!architecture.equals("amd64") || !version.find() || !version.group(1).equals("6")) {
			return false;
		}
		int minor = Integer.parseInt(version.group(2));
		int patch = version.group(3) == null ? 0 : Integer.parseInt(version.group(3));
		return minor == 11 || minor == 12 && patch < 14 || minor == 13 && patch < 3;
	}

	/** Secret and mask of struct ct_config: the same for every agent on this host until it restarts, and for no other. */
	static long[] secrets() {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update("CrossTrace nonce".getBytes(StandardCharsets.US_ASCII));
			digest.update(boot());
			ByteBuffer secrets = ByteBuffer.wrap(digest.digest());
			return new long[] { secrets.getLong(), secrets.getLong() };
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e); // every Java has it
		}
	}

	private static byte[] boot() {
		try {
			return Files.readAllBytes(Path.of("/proc/sys/kernel/random/boot_id"));
		} catch (IOException e) {
			byte[] random = new byte[16]; // agents then name one connection differently, and believe neither
			new SecureRandom().nextBytes(random);
			return random;
		}
	}

	/** Where the cgroup2 hierarchy is mounted, which is not the same place on every host. */
	static Path cgroupRoot() throws CaptureException {
		try {
			for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
				String[] halves = line.split(" - ", 2); // optional fields make the first half's length vary
				if (halves.length == 2 && halves[1].startsWith("cgroup2 ")) {
					return Path.of(halves[0].split(" ")[4].replace("\\040", " "));
				}
			}
		} catch (IOException e) {
			throw new CaptureException("/proc/self/mountinfo cannot be read: " + e.getMessage(), e);
		}
		throw new CaptureException("No cgroup2 file system is mounted: run mount -t cgroup2 none /sys/fs/cgroup/unified "
				+ "(create that directory first).");
	}

	/** One path for each network namespace that has a process or a name, under which it can be opened. */
	static Collection<Path> networkNamespaces() {
		Map<Object, Path> found = new LinkedHashMap<>();
		collect(found, Path.of("/proc"), "[0-9]*", "ns/net");
		collect(found, Path.of("/run/netns"), "*", "");
		return found.values();
	}

	private static void collect(Map<Object, Path> found, Path directory, String glob, String below) {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
			for (Path entry : entries) {
				Path path = below.isEmpty() ? entry : entry.resolve(below);
				try {
					found.putIfAbsent(Files.getAttribute(path, "unix:ino"), path);
				} catch (IOException e) {
					continue; // the process is gone
				}
			}
		} catch (IOException e) {
			return; // no names were ever given, or no /proc: then nobody can be found
		}
	}
}
