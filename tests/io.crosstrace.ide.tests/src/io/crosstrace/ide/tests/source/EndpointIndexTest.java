package io.crosstrace.ide.tests.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ide.source.Workspace;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.core.runtime.CoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The index follows the workspace. */
class EndpointIndexTest {
	private static final String SPRING = "import org.springframework.web.bind.annotation.*;\n";
	private TestProject project;
	private EndpointIndex index;

	@BeforeEach
	void open() throws CoreException {
		project = new TestProject("followed");
		index = new EndpointIndex();
	}

	@AfterEach
	void close() throws CoreException {
		index.close();
		project.close();
	}

	@Test
	void savedEditedAndDeletedFiles_areFollowed() throws Exception {
		index.await(30_000);
		project.java(route("/one"));
		until(routes -> routes.equals(List.of("GET /one")));
		project.java(route("/two"));
		until(routes -> routes.equals(List.of("GET /two")));
		project.project.getFile("src/a/Things.java").delete(true, null);
		until(List::isEmpty);
	}

	@Test
	void aConstantsFile_changesTheRoutesThatUseIt() throws Exception {
		project.java("package b;\npublic class Paths { public static final String X = \"/x\"; }");
		project.java("package a;\n" + SPRING + "import b.Paths;\n"
				+ "class Things { @GetMapping(Paths.X) void things() { } }");
		until(routes -> routes.equals(List.of("GET /x")));
		project.java("package b;\npublic class Paths { public static final String X = \"/y\"; }");
		until(routes -> routes.equals(List.of("GET /y")));
	}

	@Test
	void settings_areFollowed() throws Exception {
		project.java(route("/one"));
		until(routes -> routes.equals(List.of("GET /one")));
		project.file("src/application.properties", "server.servlet.context-path=/shop\n");
		until(routes -> routes.equals(List.of("GET /shop/one")));
	}

	@Test
	void closedProject_isForgottenAndReopenedOneRead() throws Exception {
		project.java(route("/one"));
		until(routes -> routes.equals(List.of("GET /one")));
		project.project.close(null);
		until(List::isEmpty);
		assertEquals(Workspace.EMPTY.projects(), index.workspace().projects());
		project.project.open(null);
		until(routes -> routes.equals(List.of("GET /one")));
	}

	private static String route(String path) {
		return "package a;\n" + SPRING + "class Things { @GetMapping(\"" + path + "\") void things() { } }";
	}

	private void until(Predicate<List<String>> holds) throws InterruptedException {
		await(workspace -> holds.test(workspace.endpoints().stream().map(Endpoint::route).sorted().toList()));
	}

	/** Woken by the index itself, so the time it took is measured to the moment. */
	private void await(Predicate<Workspace> holds) throws InterruptedException {
		Object signal = new Object();
		Runnable listener = () -> {
			synchronized (signal) {
				signal.notifyAll();
			}
		};
		index.addListener(listener);
		long end = System.nanoTime() + 20_000_000_000L;
		synchronized (signal) {
			while (!holds.test(index.workspace())) {
				assertTrue(System.nanoTime() < end,
						() -> "still " + index.workspace().endpoints().stream().map(Endpoint::route).limit(9).toList());
				signal.wait(1000);
			}
		}
		index.removeListener(listener);
	}
}
