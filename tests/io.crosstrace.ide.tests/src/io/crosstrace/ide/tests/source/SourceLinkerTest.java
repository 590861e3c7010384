package io.crosstrace.ide.tests.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.ide.source.CodePlace;
import io.crosstrace.ide.source.CodePlaces;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ide.source.Link;
import io.crosstrace.ide.source.SourceLinker;
import io.crosstrace.ide.source.SpanQuery;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.jdt.core.IMethod;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spans and the methods they lead to. */
class SourceLinkerTest {
	private static final String SPRING = "import org.springframework.web.bind.annotation.*;\n";
	private final List<TestProject> projects = new ArrayList<>();

	@AfterEach
	void deleteProjects() throws CoreException {
		for (TestProject project : projects) {
			project.close();
		}
	}

	@Test
	void mostSpecificRoute_winsAsTheFrameworkWouldChoose() throws Exception {
		project("orders").java("package a;\n" + SPRING + """
				@RequestMapping("/orders")
				class Orders {
					@GetMapping("/{id}") void one() { }
					@GetMapping("/{id}/lines") void lines() { }
					@GetMapping("/report") void report() { }
					@GetMapping("/**") void rest() { }
					@PostMapping("/{id}") void change() { }
				}
				""");
		assertEquals("Orders.one", only(served("orders", "GET", "/orders/7")));
		assertEquals("Orders.report", only(served("orders", "GET", "/orders/report")));
		assertEquals("Orders.report", only(served("orders", "HEAD", "/orders/report/")));
		assertEquals("Orders.lines", only(served("orders", "GET", "/orders/7/lines")));
		assertEquals("Orders.rest", only(served("orders", "GET", "/orders/7/lines/3")));
		assertEquals("Orders.change", only(served("orders", "POST", "/orders/report")));
	}

	@Test
	void jaxrsClass_decidesBeforeTheMethod() throws Exception {
		project("shop").java("""
				package a;
				import jakarta.ws.rs.*;
				class Resources {
					@Path("/items") public static class Items { @GET @Path("{a}/{b}") public void any() { } }
					@Path("/items/special") public static class Special { @GET @Path("{b}") public void it() { } }
				}
				""");
		assertEquals("Special.it", only(served("shop", "GET", "/items/special/7")));
		assertEquals("Items.any", only(served("shop", "GET", "/items/plain/7")));
	}

	@Test
	void sameRouteInTwoProjects_isToldApartByTheService() throws Exception {
		String source = "package a;\n" + SPRING + "class Health { @GetMapping(\"/health\") void health() { } }";
		project("shop-orders").java(source);
		project("shop-stock").java(source).file("src/application.properties", "spring.application.name=warehouse\n");
		assertEquals("shop-orders", link(served("orders", "GET", "/health")).candidates().get(0).place().project());
		assertEquals("shop-orders", link(served("shop-orders", "GET", "/health")).candidates().get(0).place().project());
		Link byName = link(served("warehouse", "GET", "/health"));
		assertTrue(byName.sure());
		assertEquals("shop-stock", byName.candidates().get(0).place().project());
		Link unknown = link(served("gateway", "GET", "/health"));
		assertFalse(unknown.sure());
		assertEquals(2, unknown.candidates().size());
		assertTrue(unknown.reason().contains("2 methods fit GET /health"), unknown.reason());
	}

	@Test
	void mainClass_tellsTheProjectOfAService() throws Exception {
		String route = "package a;\n" + SPRING + "class H { @GetMapping(\"/h\") void h() { } }";
		project("one").java(route).java("package a;\nclass BillingApplication { static void main(String[] a) { } }");
		project("two").java(route);
		assertEquals("one", link(served("a.BillingApplication", "GET", "/h")).candidates().get(0).place().project());
		assertTrue(link(served("BillingApplication", "GET", "/h")).sure());
	}

	@Test
	void routeInALibraryProject_isOfTheServiceThatBuildsOnIt() throws Exception {
		project("common").java("package a;\n" + SPRING + "class H { @GetMapping(\"/h\") void h() { } }");
		project("other").java("package a;\n" + SPRING + "class O { @GetMapping(\"/h\") void o() { } }");
		projects.add(new TestProject("billing", "common"));
		Link link = link(served("billing", "GET", "/h"));
		assertTrue(link.sure(), link.reason());
		assertEquals("H.h", link.candidates().get(0).place().label());
	}

	@Test
	void unknownContextPath_isSteppedOverButNotForSure() throws Exception {
		project("orders").java("package a;\n" + SPRING + "class O { @GetMapping(\"/orders/{id}\") void one() { } }");
		Link known = link(served("orders", "GET", "/gateway/api/orders/7"));
		assertEquals("O.one", known.candidates().get(0).place().label());
		assertFalse(link(served("nobody", "GET", "/gateway/api/orders/7")).sure());
	}

	@Test
	void clientSpan_leadsToTheCallInTheCallersProject() throws Exception {
		String call = "package a;\nclass Caller { void reserve(Object client, String id) {\n"
				+ "client.post().uri(\"/stock/{id}/reserve\", id); client.get().uri(\"/stock/{id}\", id); } }";
		project("orders").java(call);
		project("billing").java(call.replace("Caller", "Other"));
		assertEquals("Caller.reserve", only(new SpanQuery("orders", Side.CLIENT, "POST", "/stock/7/reserve", "")));
		assertEquals("Other.reserve", only(new SpanQuery("billing", Side.CLIENT, "GET", "/stock/7", "")));
	}

	@Test
	void whatFitsNothing_saysWhy() throws Exception {
		Link noProject = link(served("orders", "GET", "/x"));
		assertTrue(noProject.reason().contains("The workspace has no Java project"), noProject.reason());
		project("orders").java("package a;\n" + SPRING + "class O { @PostMapping(\"/orders\") void add() { } }");
		String verb = link(served("orders", "GET", "/orders")).reason();
		assertTrue(verb.contains("is there for POST only"), verb);
		String path = link(served("orders", "GET", "/nowhere")).reason();
		assertTrue(path.contains("project orders of service \"orders\" has 1 route"), path);
		String service = link(served("stock", "GET", "/nowhere")).reason();
		assertTrue(service.contains("no project is named like service \"stock\""), service);
		String notHttp = link(new SpanQuery("orders", Side.SERVER, "", "", "")).reason();
		assertTrue(notHttp.contains("no HTTP method and path"), notHttp);
	}

	@Test
	void spanRow_isReadByOpenTelemetrysNames() throws Exception {
		SpanTable spans = new SpanTable(new Dictionary(100));
		int row = spans.add();
		spans.kind.set(row, SpanTable.SERVER);
		spans.service.set(row, spans.names.id("orders"));
		spans.operation.set(row, spans.names.id("GET /orders/{id}"));
		spans.addAttribute(spans.names.id("url.path"), spans.values.id("/orders/7"));
		spans.addAttribute(spans.names.id("http.request.method"), spans.values.id("GET"));
		assertEquals(new SpanQuery("orders", Side.SERVER, "GET", "/orders/7", "/orders/{id}"),
				SpanQuery.of(spans, row));
	}

	@Test
	void onlyARouteWithoutPath_isEnough() throws Exception {
		project("orders").java("package a;\n" + SPRING + """
				class O {
					@GetMapping("/orders/{orderId}") void one() { }
					@GetMapping("/orders/all") void all() { }
				}
				""");
		assertEquals("O.one", only(new SpanQuery("orders", Side.SERVER, "GET", "", "/orders/{id}")));
	}

	@Test
	void place_isFoundAgainAfterTheFileWasEdited() throws Exception {
		TestProject project = project("orders");
		String source = "package a;\n" + SPRING
				+ "class O { void one() { }\n@GetMapping(\"/o\") void one(java.util.List<String> x, int[] y) { } }";
		project.java(source);
		CodePlace place = link(served("orders", "GET", "/o")).candidates().get(0).place();
		project.java(source.replace("package a;", "package a;\n/* much\nmore\ntext */"));
		IMethod method = (IMethod) CodePlaces.find(place);
		assertTrue(method.exists());
		assertEquals(2, method.getNumberOfParameters());
	}

	private TestProject project(String name) throws CoreException {
		TestProject project = new TestProject(name);
		projects.add(project);
		return project;
	}

	private static SpanQuery served(String service, String verb, String path) {
		return new SpanQuery(service, Side.SERVER, verb, path, "");
	}

	private static Link link(SpanQuery query) throws InterruptedException {
		try (EndpointIndex index = new EndpointIndex()) {
			return new SourceLinker(index.await(30_000)).link(query);
		}
	}

	private static String only(SpanQuery query) throws InterruptedException {
		Link link = link(query);
		assertTrue(link.sure(), () -> link.reason() + " " + link.candidates());
		return link.candidates().get(0).place().label();
	}
}
