package io.crosstrace.agent.bpf;

import io.crosstrace.agent.bpf.BpfObject.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the TLS libraries that watched processes use, and attaches to each once: a library is a file, whoever loads it,
 * in whatever container. A thread of its own looks at each process when it is new and twice later, for what it
 * loads meanwhile.
 */
final class TlsLibraries {
	/** Attaches a program to a function of a file. */
	interface Attacher {
		/** @throws Refusal if the file has no such function, or the kernel does not let us */
		void attach(String program, Path file, String function, boolean atReturn) throws Refusal;
	}

	private record Function(String name, String program) {
	}

	private static final String DONE = "ct_tls_done";
	private static final List<Function> OPENSSL = List.of(new Function("SSL_write", "ct_tls_write"),
			new Function("SSL_read", "ct_tls_read"), new Function("SSL_write_ex", "ct_tls_write_ex"),
			new Function("SSL_read_ex", "ct_tls_read_ex"), new Function("SSL_do_handshake", "ct_tls_shake"),
			new Function("SSL_free", "ct_tls_free"));
	private static final List<Function> GNUTLS = List.of(new Function("gnutls_record_send", "ct_tls_write"),
			new Function("gnutls_record_recv", "ct_tls_read"), new Function("gnutls_handshake", "ct_tls_shake"),
			new Function("gnutls_deinit", "ct_tls_free"));
	/** Of a line of /proc/PID/maps: device and inode, path. BoringSSL comes inside of others. */
	private static final Pattern LIBRARY = Pattern.compile("(\\S+ \\d+)\\s+(/\\S*/(?:lib(ssl|gnutls)[.-]\\S*|\\S*netty_tcnative\\S*|envoy))$");
	private static final List<Path> USUAL = List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/lib"));
	private static final int[] LOOK_AGAIN_SECONDS = { 0, 5, 60 };

	private static final class Looked {
		int times;
		long nextNanos;
	}

	private final Attacher attacher;
	private final IntPredicate watched;
	private final Map<Integer, Looked> processes = new HashMap<>();
	private final Set<String> known = new HashSet<>();
	private final Thread thread = new Thread(this::follow, "CrossTrace TLS libraries");
	private volatile boolean stopped;
	private volatile int attached;
	private volatile String problem = "";

	/** @param watched whether a process is one whose plaintext is wanted */
	TlsLibraries(Attacher attacher, IntPredicate watched) {
		this.attacher = attacher;
		this.watched = watched;
		thread.setDaemon(true);
	}

	/** Looks once on this thread, then again and again on another. Some milliseconds a hundred processes. */
	void start(boolean everybody) {
		if (everybody) {
			installed();
		}
		look(System.nanoTime());
		thread.start();
	}

	void stop() {
		stopped = true;
		thread.interrupt();
	}

	/** Libraries attached to. */
	int attached() {
		return attached;
	}

	/** Why the last library that was found could not be attached to; "" if all could. */
	String problem() {
		return problem;
	}

	private void follow() {
		try {
			while (!stopped) {
				TimeUnit.SECONDS.sleep(1);
				look(System.nanoTime());
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt(); // stopped
		}
	}

	/** Those of the host, so that a program that lives for a moment is seen, too. */
	private void installed() {
		for (Path folder : USUAL) {
			try (Stream<Path> files = Files.isSymbolicLink(folder) || !Files.isDirectory(folder) ? Stream.of()
					: Files.find(folder, 2, (path, a) -> path.getFileName().toString().matches("lib(ssl|gnutls)\\.so\\.[\\d.]+"))) {
				for (Path file : (Iterable<Path>) files::iterator) {
					Path real = file.toRealPath();
					int device = ((Number) Files.getAttribute(real, "unix:dev")).intValue();
					String key = "%02x:%02x %s".formatted(device >> 8 & 0xfff, device & 0xff | device >> 12 & 0xfff00,
							Files.getAttribute(real, "unix:ino"));
					attach(key, real, real.getFileName().toString().contains("gnutls"));
				}
			} catch (IOException | UncheckedIOException e) {
				continue; // found when somebody uses it
			}
		}
	}

	private void look(long now) {
		Set<Integer> alive = new HashSet<>();
		try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
			for (Path process : all) {
				int pid = Integer.parseInt(process.getFileName().toString());
				alive.add(pid);
				Looked looked = processes.computeIfAbsent(pid, p -> new Looked());
				if (looked.times < LOOK_AGAIN_SECONDS.length && now >= looked.nextNanos && watched.test(pid)) {
					look(process);
					looked.times++;
					looked.nextNanos = looked.times == LOOK_AGAIN_SECONDS.length ? Long.MAX_VALUE
							: now + TimeUnit.SECONDS.toNanos(LOOK_AGAIN_SECONDS[looked.times]);
				}
			}
		} catch (IOException | RuntimeException e) {
			return; // the listing broke off; next time
		}
		processes.keySet().retainAll(alive);
	}

	private void look(Path process) {
		try (Stream<String> lines = Files.lines(process.resolve("maps"))) {
			for (String line : (Iterable<String>) lines::iterator) {
				Matcher matcher = LIBRARY.matcher(line);
				if (line.contains(" r-xp ") && matcher.find()) {
					attach(matcher.group(1), Path.of(process + "/root" + matcher.group(2)), "gnutls".equals(matcher.group(3)));
				}
			}
		} catch (IOException | UncheckedIOException e) {
			return; // gone, or not ours to see
		}
	}

	private void attach(String key, Path file, boolean gnutls) {
		if (!known.add(key)) {
			return;
		}
		int functions = 0;
		for (Function function : gnutls ? GNUTLS : OPENSSL) {
			try {
				attacher.attach(function.program, file, function.name, false);
				if (!function.program.equals("ct_tls_free")) {
					attacher.attach(DONE, file, function.name, true);
				}
				functions++;
			} catch (Refusal e) {
				if (e.errno != LibC.ENOENT) { // an older library does not have them all
					problem = file + ": " + e.getMessage();
				}
			}
		}
		attached += functions > 2 ? 1 : 0;
	}
}
