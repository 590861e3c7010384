package io.crosstrace.agent.discover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process is called, read from a /proc made by hand. */
class ServiceNamesTest {
	@TempDir
	private Path proc;
	private final Dictionary names = new Dictionary(100);

	@Test
	void process_isCalledWhatAPersonWouldCallIt() throws IOException {
		assertNamed("orders", "OTEL_SERVICE_NAME=orders", "/usr/bin/java", "-jar", "/opt/x.jar");
		assertNamed("billing", "OTEL_RESOURCE_ATTRIBUTES=a=b,service.name=billing", "java", "-jar", "x.jar");
		assertNamed("stock", "", "java", "-Dspring.application.name=stock", "-jar", "x.jar");
		assertNamed("shop-gateway", "", "/usr/lib/jvm/21/bin/java", "-Xmx1g", "-jar", "/opt/shop-gateway-1.2.3-SNAPSHOT.jar");
		assertNamed("PricingMain", "", "java", "-cp", "a.jar:b.jar", "com.example.PricingMain", "8080");
		assertNamed("manage", "", "/usr/bin/python3.11", "-u", "/srv/manage.py", "runserver");
		assertNamed("nginx", "", "nginx: worker process");
		assertNamed("postgres", "", "/usr/lib/postgresql/15/bin/postgres", "-D", "/data");
	}

	@Test
	void override_winsByIdAndByCommandLine() throws IOException {
		process(5, "OTEL_SERVICE_NAME=orders", "java", "-jar", "orders.jar");
		process(6, "", "java", "-jar", "stock.jar");
		ServiceNames services = new ServiceNames(names, List.of("5=by id", "stock\\.jar=by expression"), proc);
		assertEquals("by id", names.text(services.service(5)));
		assertEquals("by expression", names.text(services.service(6)));
	}

	@Test
	void processThatIsGone_hasANameAllTheSame() {
		assertEquals("pid 77", names.text(new ServiceNames(names, List.of(), proc).service(77)));
	}

	@Test
	void wrongOverride_isRefusedInWords() {
		for (String bad : new String[] { "orders", "=x", "5=", "(=x" }) {
			var e = assertThrows(IllegalArgumentException.class, () -> new ServiceNames(names, List.of(bad), proc));
			assertTrue(e.getMessage().startsWith("--service"), e.getMessage());
		}
	}

	@Test
	void programFilter_findsEachProcessOnce() throws IOException {
		process(5, "", "java");
		Files.createSymbolicLink(proc.resolve("5/exe"), Path.of("/opt/jdk/bin/java"));
		process(6, "", "nginx");
		Files.createSymbolicLink(proc.resolve("6/exe"), Path.of("/usr/sbin/nginx"));
		Files.createDirectory(proc.resolve("7")); // exe not ours to see
		ProgramFilter filter = new ProgramFilter("/java$", proc);
		assertEquals(Set.of(5), filter.fresh());
		assertEquals(Set.of(), filter.fresh());
		process(8, "", "java");
		Files.createSymbolicLink(proc.resolve("8/exe"), Path.of("/opt/jdk/bin/java"));
		assertEquals(Set.of(8), filter.fresh());
	}

	private void assertNamed(String expected, String environment, String... command) throws IOException {
		int pid = 1000 + names.size() + expected.hashCode() % 100;
		process(pid, environment, command);
		assertEquals(expected, names.text(new ServiceNames(names, List.of(), proc).service(pid)));
	}

	private void process(int pid, String environment, String... command) throws IOException {
		Path folder = Files.createDirectories(proc.resolve(Integer.toString(pid)));
		Files.writeString(folder.resolve("cmdline"), String.join("\0", command) + "\0");
		Files.writeString(folder.resolve("environ"), environment + "\0");
		Files.writeString(folder.resolve("comm"), "comm\n");
	}
}
