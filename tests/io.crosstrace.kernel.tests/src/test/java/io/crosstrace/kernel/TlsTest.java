package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.agent.bpf.CaptureException;
import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.core.trace.TraceAssembler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTPS between programs that use TLS libraries, and HTTP/2: their requests in the clear, joined like any others. */
@Tag("kernel")
class TlsTest {
	@TempDir
	private Path folder;
	private Path cgroup;
	private Process nginx;
	private int port;

	@BeforeEach
	void prepare() throws Exception {
		assumeTrue(Files.isExecutable(Path.of("/usr/sbin/nginx")), "nginx is missing");
		assertEquals(0, run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
				"-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem"));
		try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = free.getLocalPort();
		}
	}

	/** @param modes of nginx's listen directive */
	private void configure(String modes) throws Exception {
		Files.writeString(folder.resolve("nginx.conf"), """
				daemon off; worker_processes 1; error_log stderr warn; pid %1$s/nginx.pid;
				events { }
				http {
					access_log off;
					client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy; fastcgi_temp_path %1$s/fastcgi;
					uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
					server {
						listen 127.0.0.1:%2$d%3$s;
						ssl_certificate cert.pem; ssl_certificate_key key.pem;
						location / { return 200 "hello"; }
					}
				}
				""".formatted(folder, port, modes));
	}

	private void start() throws Exception {
		List<String> command = new ArrayList<>(inside());
		command.addAll(List.of("/usr/sbin/nginx", "-p", folder.toString(), "-c", folder + "/nginx.conf"));
		nginx = new ProcessBuilder(command).inheritIO().start();
		for (int i = 0; i < 200; i++) {
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
				return;
			} catch (IOException e) {
				TimeUnit.MILLISECONDS.sleep(25);
			}
		}
		throw new AssertionError("nginx does not listen");
	}

	@AfterEach
	void stop() throws Exception {
		if (nginx != null) {
			nginx.destroy();
			nginx.waitFor();
		}
		if (cgroup != null) {
			Cgroup.remove(cgroup);
		}
	}

	/** Before a command: that it be watched. */
	private List<String> inside() {
		return cgroup == null ? List.of() : List.of("sh", "-c", "echo 0 > \"$0\"/cgroup.procs && exec \"$@\"", cgroup.toString());
	}

	private static int run(String... command) throws Exception {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			process.getInputStream().readAllBytes();
			return process.waitFor();
		} catch (IOException e) {
			return abort(command[0] + " is missing");
		}
	}

	private interface Calls {
		void make() throws Exception;
	}

	private SpanTable spansOf(String modes, Calls calls) throws Exception {
		configure(modes);
		CaptureOptions options = cgroup != null ? CaptureOptions.defaults().withCgroup(cgroup)
				: CaptureOptions.defaults().withPids(Set.of((int) ProcessHandle.current().pid()));
		try (KernelCapture capture = KernelCapture.open(options)) {
			assertTrue(capture.limits().isEmpty(), capture.limits().toString());
			start();
			for (int i = 0; i < 200 && modes.contains("ssl") && capture.tlsLibraries() == 0; i++) {
				TimeUnit.MILLISECONDS.sleep(25);
			}
			assertTrue(!modes.contains("ssl") || capture.tlsLibraries() > 0, "no library found");
			Pipeline pipeline = new Pipeline(new Dictionary(1000), PipelineOptions.standard(), pid -> 0);
			calls.make();
			TimeUnit.MILLISECONDS.sleep(50); // for the last answer's records
			while (capture.reader().drain(pipeline, 100_000) > 0) {
				continue;
			}
			pipeline.tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
			Map<String, Long> counters = capture.counters();
			assertEquals(0, counters.get("plaintext not told: its connection is not known"), counters::toString);
			return pipeline.takeFinished();
		} catch (CaptureException e) {
			return abort(e.getMessage());
		}
	}

	/** OpenSSL by two pairs of functions, and GnuTLS; each calls twice, on one connection if it can. */
	@ParameterizedTest
	@CsvSource({ "curl, -sk --http1.1 -o /dev/null -o /dev/null", "wget, -q --no-check-certificate -O /dev/null",
			"/usr/bin/python3, -c" })
	void callsThroughALibrary_areSeenInTheClearAtBothEnds(String program, String arguments) throws Exception {
		assumeTrue(Files.isExecutable(program.startsWith("/") ? Path.of(program) : Path.of("/usr/bin", program)), program + " is missing");
		cgroup = Cgroup.create("tls");
		List<String> command = new ArrayList<>(inside());
		command.add(program);
		command.addAll(List.of(arguments.split(" ")));
		if (program.endsWith("python3")) {
			command.add("""
					import http.client, ssl, sys
					c = http.client.HTTPSConnection("localhost", %d, context=ssl._create_unverified_context())
					for path in ("/orders/17", "/orders/18"):
						c.request("GET", path)
						c.getresponse().read()
					""".formatted(port));
		} else {
			command.addAll(List.of("https://localhost:" + port + "/orders/17", "https://localhost:" + port + "/orders/18"));
		}
		SpanTable spans = spansOf(" ssl", () -> assertEquals(0, run(command.toArray(String[]::new))));
		List<String> paths = new ArrayList<>();
		int joined = 0;
		for (int row = 0; row < spans.size(); row++) {
			assertFalse(spans.has(row, SpanTable.ENCRYPTED), "row " + row);
			assertEquals("GET", spans.attribute(row, "http.request.method"));
			assertEquals(200, spans.status.get(row));
			assertEquals(spans.isRequest(row) ? "https" : "", spans.attribute(row, "url.scheme"));
			paths.add(path(spans, row));
			for (int other = 0; other < spans.size(); other++) {
				joined += spans.isRequest(row) && !spans.isRequest(other)
						&& spans.parentId.get(row) == spans.spanId.get(other)
						&& path(spans, row).equals(path(spans, other)) ? 1 : 0;
			}
		}
		paths.sort(null);
		assertEquals(List.of("/orders/17", "/orders/17", "/orders/18", "/orders/18"), paths);
		assertEquals(2, joined, "requests whose call is known by the id in the TCP option");
	}

	/** A hundred requests, some of them at once, on one connection of HTTP/2, in the clear and by TLS. */
	@ParameterizedTest
	@CsvSource({ "1, ''", "2, ''", "8, ''", "8, ' ssl'" })
	void streamsOfOneConnection_areEachJoinedToTheirCall(int atOnce, String tls) throws Exception {
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/h2load")), "h2load is missing");
		cgroup = Cgroup.create("h2");
		SpanTable spans = spansOf(tls + " http2", () -> {
			List<String> command = new ArrayList<>(inside());
			command.addAll(List.of("h2load", "-n100", "-c1", "-m" + atOnce,
					(tls.isEmpty() ? "http" : "https") + "://127.0.0.1:" + port + "/orders/17"));
			assertEquals(0, run(command.toArray(String[]::new)));
		});
		Set<Long> calls = new HashSet<>();
		for (int row = 0; row < spans.size(); row++) {
			if (!spans.isRequest(row)) {
				calls.add(spans.spanId.get(row));
			}
		}
		int joined = 0;
		for (int row = 0; row < spans.size(); row++) {
			assertEquals("GET", spans.attribute(row, "http.request.method"));
			joined += spans.isRequest(row) && calls.remove(spans.parentId.get(row)) ? 1 : 0;
		}
		assertEquals(200, spans.size());
		assertEquals(100, joined, "each request has a call of its own");
	}

	private static String path(SpanTable spans, int row) {
		return spans.attribute(row, spans.isRequest(row) ? "url.path" : "url.full").replaceFirst("https://localhost:\\d+", "");
	}

	/** Java's TLS is its own: its calls are seen from outside, those that arrive in the clear, and one is the other's. */
	@Test
	void callsOfAJavaProgram_areJoinedToWhatTheServerReadInTheClear() throws Exception {
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		try (var in = Files.newInputStream(folder.resolve("cert.pem"))) {
			trusted.setCertificateEntry("nginx", CertificateFactory.getInstance("X.509").generateCertificate(in));
		}
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext tls = SSLContext.getInstance("TLS");
		tls.init(null, trust.getTrustManagers(), null);
		HttpClient client = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
		int requests = 20;
		SpanTable spans = spansOf(" ssl", () -> {
			for (int i = 0; i < requests; i++) {
				URI uri = URI.create("https://localhost:" + port + "/orders/" + i);
				assertEquals("hello", client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
			}
		});
		TraceAssembler traces = new TraceAssembler();
		traces.update(spans);
		var found = traces.snapshot();
		int joined = 0;
		int clear = 0;
		for (int row = 0; row < spans.size(); row++) {
			assertEquals(spans.isRequest(row), !spans.has(row, SpanTable.ENCRYPTED));
			clear += spans.isRequest(row) ? 1 : 0;
			joined += spans.isRequest(row) && found.of(row).rootRow() != row ? 1 : 0;
		}
		assertEquals(2 * requests, spans.size());
		assertEquals(requests, clear);
		assertTrue(joined >= requests - 1, joined + " joined by address and sequence number"); // the first may come with the handshake's end
	}
}
