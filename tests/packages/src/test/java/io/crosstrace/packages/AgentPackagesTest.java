package io.crosstrace.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentPackagesTest {
	private static final Path ROOT = Path.of(System.getProperty("crosstrace.root", "../..")).toAbsolutePath().normalize();
	private static final Path PACKAGING = ROOT.resolve("remote-agent/packaging");
	private static final String RIGHTS = "+bpf,+perfmon,+net_admin,+sys_ptrace,+dac_read_search";

	@TempDir
	static Path scratch;
	private static Path packages;

	@BeforeAll
	static void build() throws Exception {
		packages = scratch.resolve("packages");
		for (String version : List.of("0.1.0", "0.1.1")) {
			run("sh", PACKAGING.resolve("build").toString(), version,
					ROOT.resolve("bundles/io.crosstrace.agent.dist/target/classes/agent").toString(), packages.toString());
		}
	}

	@Test
	void debianPackage_installsUpgradesAndIsPurged_andRunsWithTheUnitsRightsOnly() throws Exception {
		assumeTrue("root".equals(System.getProperty("user.name")), "needs root to change a copy of this host");
		assumeTrue(Files.readString(Path.of("/proc/filesystems")).contains("overlay"), "this kernel has no overlayfs");
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "not a Debian");
		// Everything dpkg writes goes to a tmpfs over this host's files, and away with the mount namespace.
		String script = """
				set -e
				mount -t tmpfs none %1$s
				mkdir %1$s/upper %1$s/work %1$s/root
				mount -t overlay overlay -o lowerdir=/,upperdir=%1$s/upper,workdir=%1$s/work %1$s/root
				for folder in proc sys dev; do mount --rbind /$folder %1$s/root/$folder; done
				mkdir -p %1$s/root/packages
				mount --bind %2$s %1$s/root/packages
				cat >%1$s/root/as-admin <<'ADMIN'
				set -e
				export PATH=/usr/sbin:/usr/bin:/sbin:/bin
				unset JAVA_HOME
				dpkg -i /packages/crosstrace-agent_0.1.0_*.deb
				echo "# mine" >>/etc/crosstrace/agent.conf
				mkdir -p /var/lib/crosstrace
				chown 65534 /var/lib/crosstrace
				as_the_unit="setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=%3$s --ambient-caps=%3$s --bounding-set=-all,%3$s --no-new-privs"
				$as_the_unit crosstrace-agent check || echo "CHECK FAILED"
				$as_the_unit crosstrace-agent run --listen 127.0.0.1:0 --state-dir /var/lib/crosstrace --seconds 1 || echo "RUN FAILED"
				dpkg -i /packages/crosstrace-agent_0.1.1_*.deb
				grep -q "^# mine" /etc/crosstrace/agent.conf && echo "SETTINGS KEPT"
				dpkg -P crosstrace-agent
				ADMIN
				chroot %1$s/root sh /as-admin
				# What was written and not removed again; a removed file of the host would be a character device.
				find %1$s/upper -name '*crosstrace*' ! -type c | sed 's/^/LEFT /'
				""".formatted(Files.createDirectories(scratch.resolve("host")), packages, RIGHTS);
		String out = run("unshare", "-m", "--propagation", "private", "sh", "-c", script);
		assertFalse(out.contains("CHECK FAILED") || out.contains("RUN FAILED"), out);
		assertTrue(out.contains("The agent can capture here"), out);
		assertTrue(out.contains("CrossTrace agent 0.1"), out);
		assertTrue(out.contains("SETTINGS KEPT"), out);
		List<String> left = out.lines().filter(line -> line.startsWith("LEFT ")).toList();
		assertEquals(List.of(), left, out);
	}

	@Test
	void archive_runsFromAnyFolder() throws Exception {
		Path folder = Files.createDirectories(scratch.resolve("any where"));
		run("sh", "-c", "tar xzf " + packages + "/crosstrace-agent-0.1.0-linux-*.tar.gz -C '" + folder + "'");
		String out = run(folder.resolve("crosstrace-agent-0.1.0/bin/crosstrace-agent").toString(), "--version");
		assertEquals("0.1.0", out.strip());
	}

	@Test
	void unit_isAcceptedBySystemd() throws Exception {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "systemd-analyze is not here");
		Path unit = scratch.resolve("crosstrace-agent.service");
		// The program is not installed on this host; any will do.
		Files.writeString(unit, Files.readString(PACKAGING.resolve("crosstrace-agent.service"))
				.replace("/usr/bin/crosstrace-agent run", "/bin/true run"));
		String out = run("sh", "-c", "systemd-analyze verify --man=no " + unit + " 2>&1; true");
		assertEquals("", out.strip());
	}

	private static String run(String... command) throws IOException, InterruptedException {
		Path log = Files.createTempFile(scratch, "run", ".log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
		if (!process.waitFor(5, TimeUnit.MINUTES)) {
			process.destroyForcibly();
		}
		String out = Files.readString(log);
		assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + out);
		return out;
	}
}
