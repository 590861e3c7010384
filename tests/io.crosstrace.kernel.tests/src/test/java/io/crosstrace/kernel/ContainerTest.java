package io.crosstrace.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.crosstrace.agent.bpf.CaptureException;
import io.crosstrace.agent.bpf.CaptureOptions;
import io.crosstrace.agent.bpf.KernelCapture;
import io.crosstrace.agent.discover.ServiceNames;
import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A service in a container whose port a proxy on the host shares, as docker-proxy does. */
@Tag("kernel")
class ContainerTest {
	private static final String ID = "4f5a1c0d9e8b7a6f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0f9e8d";
	private static final String POD = "0a1b2c3d_4e5f_6071_8293_a4b5c6d7e8f9";
	private static final int PORT = 8080;
	private static final int REQUESTS = 20;

	@Test
	void serviceAndContainer_areOfTheProcess_notOfThePortItShares() throws Exception {
		assumeTrue(ProcessHandle.current().info().user().orElse("").equals("root"), "namespaces need root");
		assumeTrue(Files.isExecutable(Path.of("/usr/bin/nsenter")), "nsenter is missing");
		Path pod = Cgroup.create("box", "kubepods-burstable-pod" + POD + ".slice");
		Path group = Files.createDirectory(pod.resolve("cri-containerd-" + ID + ".scope"));
		try (Namespace.Pair pair = Namespace.Pair.create();
				Helper service = Helper.contained(group, pair.right().path(), "stock", Namespace.Pair.RIGHT, PORT);
				ServerSocket proxy = pair.left().inside(() -> new ServerSocket(PORT, 5, InetAddress.getByName(Namespace.Pair.LEFT)));
				KernelCapture capture = capture(service)) {
			Dictionary names = new Dictionary(1000);
			int self = (int) ProcessHandle.current().pid();
			ServiceNames services = new ServiceNames(names, List.of(self + "=proxy"));
			Pipeline pipeline = new Pipeline(names, PipelineOptions.standard(), services);
			Thread relay = Thread.ofPlatform().daemon().start(() -> relay(proxy, pair));
			pair.left().inside(() -> {
				for (int i = 0; i < REQUESTS; i++) {
					URI uri = URI.create("http://" + Namespace.Pair.LEFT + ":" + PORT + "/stock/" + i);
					assertEquals("hello", new String(uri.toURL().openStream().readAllBytes()));
				}
				return null;
			});
			TimeUnit.MILLISECONDS.sleep(50); // for the last answer's records
			while (capture.reader().drain(pipeline, 100_000) > 0) {
				continue;
			}
			pipeline.tick(System.nanoTime() + TimeUnit.SECONDS.toNanos(5));
			judge(pipeline.takeFinished());
			relay.interrupt();
		} finally {
			Cgroup.remove(group);
			Cgroup.remove(pod);
			Cgroup.remove(pod.getParent());
		}
	}

	private static void judge(SpanTable spans) {
		int inside = 0;
		int outside = 0;
		for (int row = 0; row < spans.size(); row++) {
			if (!spans.isRequest(row)) {
				continue;
			}
			String service = spans.names.text(spans.service.get(row));
			if (service.equals("stock")) {
				inside++;
				assertEquals(ID, spans.attribute(row, "resource:container.id"));
				assertEquals(POD.replace('_', '-'), spans.attribute(row, "resource:k8s.pod.uid"));
				assertNotEquals(0, spans.parentId.get(row), "the proxy's call");
			} else {
				outside++;
				assertEquals("proxy", service);
				assertEquals("", spans.attribute(row, "resource:container.id"));
			}
		}
		assertEquals(List.of(REQUESTS, REQUESTS), List.of(inside, outside));
	}

	private static KernelCapture capture(Helper service) {
		try {
			return KernelCapture.open(CaptureOptions.defaults()
					.withPids(Set.of((int) ProcessHandle.current().pid(), service.pid())));
		} catch (CaptureException e) {
			return abort(e.getMessage());
		}
	}

	/** Copies bytes between each client and the container, from the very same port. */
	private static void relay(ServerSocket proxy, Namespace.Pair pair) {
		try {
			while (true) {
				Socket client = proxy.accept();
				Socket container = pair.left().inside(() -> new Socket(Namespace.Pair.RIGHT, PORT));
				Thread.ofPlatform().daemon().start(() -> copy(client, container));
				Thread.ofPlatform().daemon().start(() -> copy(container, client));
			}
		} catch (Exception e) {
			assertTrue(proxy.isClosed(), e::toString);
		}
	}

	private static void copy(Socket from, Socket to) {
		try (from; to) {
			byte[] bytes = new byte[8192];
			for (int got = from.getInputStream().read(bytes); got >= 0; got = from.getInputStream().read(bytes)) {
				to.getOutputStream().write(bytes, 0, got);
			}
		} catch (IOException e) {
			return; // the other direction has ended
		}
	}
}
