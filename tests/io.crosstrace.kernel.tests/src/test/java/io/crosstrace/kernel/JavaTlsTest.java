package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.crosstrace.agent.bpf.CaptureException;
import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.correlate.FusionCorrelator;
import io.crosstrace.core.correlate.Parents;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java's own TLS, which nobody can read: a service behind another, both over HTTPS, with Java's server and client. */
@Tag("kernel")
class JavaTlsTest {
	private static final int REQUESTS = 40;
	private static final String PASSWORD = "changeit";

	@TempDir
	private Path folder;

	@Test
	void callsOverHttps_areSpans_joinedAcrossTheWire_andBelongToTheirRequests() throws Exception {
		SSLContext tls = context();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		HttpClient toBack = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
		HttpsServer back = server(tls, threads, exchange -> answer(exchange));
		URI backUri = uri(back);
		HttpsServer front = server(tls, threads, exchange -> {
			get(toBack, backUri);
			answer(exchange);
		});
		try (KernelCapture capture = capture()) {
			Pipeline pipeline = new Pipeline(new Dictionary(1000), PipelineOptions.standard(), pid -> 0);
			HttpClient customer = HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
			for (int i = 0; i < REQUESTS; i++) {
				get(customer, uri(front));
			}
			TimeUnit.MILLISECONDS.sleep(50); // for the last answer's records
			while (capture.reader().drain(pipeline, 100_000) > 0) {
				continue;
			}
			pipeline.tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
			judge(pipeline.takeFinished());
		} finally {
			front.stop(0);
			back.stop(0);
			threads.shutdown();
		}
	}

	/** Customer, front server, front client and back server: four spans a request, all in this process. */
	private static void judge(SpanTable spans) {
		Parents parents = new FusionCorrelator().correlate(spans);
		int right = 0;
		int joined = 0;
		int calls = 0;
		for (int row = 0; row < spans.size(); row++) {
			assertTrue(spans.has(row, SpanTable.ENCRYPTED), "row " + row);
			assertEquals("by the process itself, as a JVM does", spans.attribute(row, "crosstrace.encrypted"));
			assertTrue(spans.names.text(spans.operation.get(row)).startsWith("TLS"));
			if (spans.isRequest(row)) {
				joined += client(spans, spans.parentId.get(row)) >= 0 ? 1 : 0;
			} else {
				calls++;
				right += parents.row()[row] >= 0 ? 1 : 0;
			}
		}
		assertEquals(4 * REQUESTS, spans.size());
		assertEquals(2 * REQUESTS, joined, "requests whose call is known by the id in the TCP option");
		assertEquals(2 * REQUESTS, calls);
		assertEquals(REQUESTS, right, "calls of the front; the customer's belong to nobody");
	}

	private static int client(SpanTable spans, long spanId) {
		for (int row = 0; row < spans.size(); row++) {
			if (spans.spanId.get(row) == spanId && !spans.isRequest(row)) {
				return row;
			}
		}
		return -1;
	}

	private static KernelCapture capture() {
		try {
			return KernelCapture.open(CaptureOptions.defaults().withPids(Set.of((int) ProcessHandle.current().pid())));
		} catch (CaptureException e) {
			return abort(e.getMessage());
		}
	}

	private interface Handler {
		void handle(HttpExchange exchange) throws IOException;
	}

	private static HttpsServer server(SSLContext tls, ExecutorService threads, Handler handler) throws IOException {
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(tls));
		server.setExecutor(threads);
		server.createContext("/", handler::handle);
		server.start();
		return server;
	}

	private static URI uri(HttpsServer server) {
		return URI.create("https://localhost:" + server.getAddress().getPort() + "/orders/17");
	}

	private static void answer(HttpExchange exchange) throws IOException {
		exchange.getRequestBody().readAllBytes();
		exchange.sendResponseHeaders(200, 5);
		exchange.getResponseBody().write("hello".getBytes());
		exchange.close();
	}

	private static void get(HttpClient client, URI uri) throws IOException {
		try {
			assertEquals("hello", client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
		} catch (InterruptedException e) {
			throw new IOException(e);
		}
	}

	/** A key for localhost that signed itself, and trust in it. */
	private SSLContext context() throws Exception {
		Path store = folder.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "localhost", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"SAN=dns:localhost,ip:127.0.0.1", "-storepass", PASSWORD, "-keystore", store.toString())
				.inheritIO().start();
		assertEquals(0, keytool.waitFor());
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(keys, PASSWORD.toCharArray());
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(keys);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
		return context;
	}
}
