package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A network namespace of this test's own. */
final class Namespace implements AutoCloseable {
	private interface LibC extends Library {
		LibC C = Native.load("c", LibC.class);
		int NEWNET = 0x40000000;

		int open(String path, int flags);

		int close(int fd);

		int setns(int fd, int type);
	}

	/** Two namespaces joined by a virtual cable of MTU 1500. */
	record Pair(Namespace left, Namespace right) implements AutoCloseable {
		static final String LEFT = "10.177.0.1";
		static final String RIGHT = "10.177.0.2";

		static Pair create() throws Exception {
			String id = "ctk" + ProcessHandle.current().pid() % 100000;
			Namespace left = new Namespace(id + "l");
			Namespace right = new Namespace(id + "r");
			ip("link", "add", id + "a", "mtu", "1500", "netns", left.name, "type", "veth", "peer", "name", id + "b", "mtu",
					"1500", "netns", right.name);
			left.up(id + "a", LEFT);
			right.up(id + "b", RIGHT);
			return new Pair(left, right);
		}

		/** From now on, every tenth packet is lost, in both directions, by a program at each end of the cable. */
		void loseEveryTenth() throws Exception {
			left.filter(LEFT, LOSE);
			right.filter(RIGHT, LOSE);
		}

		/** From now on, our TCP option is blanked on its way, in both directions. */
		void stripOptions() throws Exception {
			left.filter(LEFT, STRIP);
			right.filter(RIGHT, STRIP);
		}

		@Override
		public void close() throws Exception {
			left.close();
			right.close();
		}
	}

	private final String name;

	private Namespace(String name) throws Exception {
		this.name = name;
		ip("netns", "add", name);
		ip("-n", name, "link", "set", "lo", "up");
	}

	private static final String LOSE = """
			static unsigned (*random)(void) = (void *)7;
			__attribute__((section("classifier"), used)) int lose(void *packet) { return random() % 10 ? 0 : 2; }
			char terms[] __attribute__((section("license"), used)) = "GPL";
			""";

	/** Blanks TCP options of kind 253. The device does not look at checksums of packets that never left the host. */
	private static final String STRIP = """
			typedef unsigned char u8;
			static long (*load)(void *packet, unsigned at, void *to, unsigned size) = (void *)26;
			static long (*store)(void *packet, unsigned at, const void *from, unsigned size, unsigned long flags) = (void *)9;
			__attribute__((section("classifier"), used)) int strip(void *packet)
			{
				u8 none[16] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
				u8 ip[10], doff, option[2];
				unsigned at = 34, end;

				if (load(packet, 14, ip, 10) || ip[0] != 0x45 || ip[9] != 6 || load(packet, at + 12, &doff, 1))
					return 0;
				end = at + (doff >> 4) * 4;
				at += 20;
				for (int i = 0; i < 20 && at + 2 <= end; i++) {
					if (load(packet, at, option, 2) || option[0] == 0)
						break;
					if (option[0] == 253 && option[1] == 16)
						store(packet, at, none, 16, 0);
					at += option[0] == 1 ? 1 : option[1];
				}
				return 0;
			}
			char terms[] __attribute__((section("license"), used)) = "GPL";
			""";

	/** A program of that source looks at each packet that comes in by the device of this address. */
	private void filter(String address, String program) throws Exception {
		String device = inside(() -> NetworkInterface.getByInetAddress(InetAddress.getByName(address)).getName());
		Path directory = Files.createTempDirectory("filter");
		Path source = directory.resolve("filter.c");
		Path object = directory.resolve("filter.o");
		Files.writeString(source, program);
		try {
			said("clang", "-O2", "-target", "bpf", "-c", source.toString(), "-o", object.toString());
			said("tc", "-n", name, "qdisc", "add", "dev", device, "clsact");
			said("tc", "-n", name, "filter", "add", "dev", device, "ingress", "bpf", "direct-action", "object-file",
					object.toString(), "section", "classifier");
		} finally {
			Files.deleteIfExists(object);
			Files.deleteIfExists(source);
			Files.delete(directory);
		}
	}

	private static void said(String... command) throws Exception {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String said = new String(process.getInputStream().readAllBytes());
			assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + said);
		} catch (IOException e) {
			abort(command[0] + " is missing");
		}
	}

	private void up(String device, String address) throws Exception {
		ip("-n", name, "addr", "add", address + "/24", "dev", device);
		ip("-n", name, "link", "set", device, "up");
	}

	/** Runs {@code work} on a thread inside: sockets it makes belong here, also after it has ended. */
	<T> T inside(Callable<T> work) throws Exception {
		FutureTask<T> task = new FutureTask<>(() -> {
			int fd = LibC.C.open("/run/netns/" + name, 0);
			assertTrue(fd >= 0 && LibC.C.setns(fd, LibC.NEWNET) == 0, "cannot enter " + name);
			LibC.C.close(fd);
			return work.call();
		});
		Thread.ofPlatform().start(task);
		return task.get();
	}

	/** By which others can enter. */
	Path path() {
		return Path.of("/run/netns", name);
	}

	/** IpFragFails: packets too large for the path that were thrown away. */
	long fragFails() throws Exception {
		return inside(() -> {
			var lines = Files.readAllLines(Path.of("/proc/thread-self/net/snmp"));
			String[] names = lines.get(0).split(" ");
			String[] values = lines.get(1).split(" ");
			return Long.parseLong(values[Arrays.asList(names).indexOf("FragFails")]);
		});
	}

	private static void ip(String... arguments) throws Exception {
		String[] command = new String[arguments.length + 1];
		command[0] = "ip";
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		said(command);
	}

	@Override
	public void close() throws Exception {
		ip("netns", "del", name);
	}
}
