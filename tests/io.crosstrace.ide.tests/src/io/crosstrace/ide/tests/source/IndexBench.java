package io.crosstrace.ide.tests.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ide.source.Workspace;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How long it takes to know what 5,000 classes serve, and to know it again after a file was saved. Run by
 * {@code ./crosstrace bench index-5000}; each figure is a line of JSON.
 */
class IndexBench {
	private static final String SPRING = "import org.springframework.web.bind.annotation.*;\n";
	private static final int CLASSES = 5000;
	private static final int SAVES = 21;

	@Test
	@EnabledIfSystemProperty(named = "crosstrace.bench", matches = "index-5000|index-file")
	void index() throws Exception {
		try (TestProject project = new TestProject("bench")) {
			TestProject.inOneGo(monitor -> {
				for (int i = 0; i < CLASSES; i++) {
					project.file("src/p" + i / 50 + "/C" + i + ".java", i % 10 == 0 ? controller(i) : plain(i));
				}
			});
			double[] cold = new double[3];
			for (int i = 0; i < cold.length; i++) {
				long start = System.nanoTime();
				try (EndpointIndex index = new EndpointIndex()) {
					Workspace workspace = index.await(120_000);
					cold[i] = (System.nanoTime() - start) / 1e9;
					assertEquals(2000, workspace.endpoints().stream().filter(e -> e.side() == Endpoint.Side.SERVER).count());
				}
			}
			print("index-5000", cold, "s", "from nothing, median of 3");
			try (EndpointIndex index = new EndpointIndex()) {
				index.await(120_000);
				double[] saves = new double[SAVES];
				for (int i = 0; i < saves.length; i++) {
					saves[i] = save(project, index, "/changed" + i);
				}
				print("index-file", saves, "ms", "from a saved file to its new routes, median of " + SAVES);
			}
		}
	}

	private static double save(TestProject project, EndpointIndex index, String path) throws Exception {
		CountDownLatch known = new CountDownLatch(1);
		Runnable look = () -> {
			if (index.workspace().endpoints().stream().anyMatch(e -> e.pattern().toString().equals(path + "/{id}"))) {
				known.countDown();
			}
		};
		index.addListener(look);
		project.file("src/p0/C0.java", controller(0).replace("/c0", path));
		long saved = System.nanoTime();
		assertEquals(true, known.await(30, TimeUnit.SECONDS), "the new route came");
		index.removeListener(look);
		return (System.nanoTime() - saved) / 1e6;
	}

	private static void print(String bench, double[] values, String unit, String note) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		System.out.println(String.format(Locale.ROOT, "{\"bench\":\"%s\",\"value\":%.4g,\"unit\":\"%s\",\"note\":\"%s, slowest %.4g\"}",
				bench, sorted[sorted.length / 2], unit, note, sorted[sorted.length - 1]));
	}

	private static String controller(int i) {
		return "package p" + i / 50 + ";\n" + SPRING + "@RestController\n@RequestMapping(\"/c" + i + "\")\nclass C" + i + """
				 {
					@GetMapping("/{id}") String get(int id) { return "a" + id; }
					@PostMapping String add() { return "b"; }
					@PutMapping("/{id}") String put(int id) { return "c"; }
					@DeleteMapping("/{id}") void delete(int id) { }
				""" + body() + "}\n";
	}

	private static String plain(int i) {
		return "package p" + i / 50 + ";\nclass C" + i + " {\n" + body() + "}\n";
	}

	private static String body() {
		return """
				private int total;
				int compute(int a, int b) {
					for (int i = 0; i < a; i++) {
						total += i * b - (a ^ i);
						if (total % 7 == 0) { total = helper("some text " + i, total); }
					}
					return total;
				}
				int helper(String text, int n) { return text.length() + n; }
				""" + "// filler that a real class would have as code\n".repeat(60);
	}
}
