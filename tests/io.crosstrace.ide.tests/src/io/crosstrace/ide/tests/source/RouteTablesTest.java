package io.crosstrace.ide.tests.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ide.source.RouteTables;
import io.crosstrace.ide.source.Workspace;
import io.crosstrace.wire.Frames;
import io.crosstrace.wire.proto.FromClient;
import io.crosstrace.wire.proto.Route;
import io.crosstrace.wire.proto.Routes;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.CoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent is told of the sources. */
class RouteTablesTest {
	private static final String SPRING = "import org.springframework.web.bind.annotation.*;\n";
	private TestProject project;

	@BeforeEach
	void makeProject() throws CoreException {
		project = new TestProject("orders");
	}

	@AfterEach
	void deleteProject() throws CoreException {
		project.close();
	}

	@Test
	void routes_areToldInTheOrderTheFrameworkTriesThem() throws Exception {
		project.java("package a;\n" + SPRING + """
				@RestController
				class C {
					@GetMapping("/**") void rest() { }
					@GetMapping("/orders/{orderId}") void one() { }
					@GetMapping({"/orders/report", "/orders/all"}) void report() { }
				}
				""");
		project.java("package a;\n" + SPRING + "class T { @GetMapping(\"/other\") void t() { } }");
		List<Routes> told = RouteTables.of(workspace(), List.of("orders", "nobody"));
		assertEquals(1, told.size());
		assertEquals("orders", told.get(0).getService());
		List<String> templates = told.get(0).getRouteList().stream().map(Route::getTemplate).toList();
		assertEquals(List.of("/orders/report", "/orders/all", "/other", "/orders/{orderId}", "/**"), templates);
		assertEquals("/orders/{orderId}", first(told.get(0), "/orders/7"));
		assertEquals("/orders/report", first(told.get(0), "/orders/report"));
		assertEquals("/**", first(told.get(0), "/a/b"));
	}

	@Test
	void manyRoutes_areToldInMessagesThatAnAgentTakes() throws Exception {
		StringBuilder source = new StringBuilder("package a;\n" + SPRING + "class C {\n");
		for (int i = 0; i < 500; i++) {
			source.append("@GetMapping(\"/a/rather/long/path/to/make/it/large/").append(i).append("/{id}\") void m").append(i).append("() { }\n");
		}
		project.java(source.append("}").toString());
		List<Routes> told = RouteTables.of(workspace(), List.of("orders"));
		assertTrue(told.size() > 1);
		List<String> all = new ArrayList<>();
		for (int i = 0; i < told.size(); i++) {
			assertEquals(i > 0, told.get(i).getMore());
			assertTrue(FromClient.newBuilder().setRoutes(told.get(i)).build().getSerializedSize() <= Frames.MAX_FROM_CLIENT);
			told.get(i).getRouteList().forEach(route -> all.add(route.getTemplate()));
		}
		assertEquals(500, all.stream().distinct().count());
	}

	@Test
	void composeFile_namesTheServiceThatIsBuiltFromAProject() throws Exception {
		project.file("docker-compose.yml", "services:\n  warehouse:\n    build: .\n  db:\n    image: postgres\n");
		project.java("package a;\n" + SPRING + "class C { @GetMapping(\"/x\") void x() { } }");
		Workspace workspace = workspace();
		assertTrue(workspace.projects().get("orders").names().contains("warehouse"), workspace.projects().toString());
		assertEquals("warehouse", RouteTables.of(workspace, List.of("warehouse")).get(0).getService());
	}

	private static Workspace workspace() throws InterruptedException {
		try (EndpointIndex index = new EndpointIndex()) {
			return index.await(30_000);
		}
	}

	private static String first(Routes routes, String path) {
		return routes.getRouteList().stream().filter(route -> path.matches(route.getPattern())).findFirst().orElseThrow()
				.getTemplate();
	}
}
