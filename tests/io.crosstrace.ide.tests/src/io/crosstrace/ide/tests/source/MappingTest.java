package io.crosstrace.ide.tests.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.crosstrace.ide.source.Endpoint;
import java.util.List;
import org.eclipse.core.runtime.CoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each framework's way of writing routes and calls comes to. */
class MappingTest {
	private static final String SPRING = "import org.springframework.web.bind.annotation.*;\n";
	private static final String JAXRS = "import jakarta.ws.rs.*;\n";
	private TestProject project;

	@BeforeEach
	void makeProject() throws CoreException {
		project = new TestProject("mapping");
	}

	@AfterEach
	void deleteProject() throws CoreException {
		project.close();
	}

	@Test
	void springClassAndMethodPaths_areJoinedAndArraysMultiplied() throws Exception {
		project.java("package a;\n" + SPRING + """
				@RestController
				@RequestMapping({"/orders", "v2/orders/"})
				class Orders {
					@GetMapping("/{id}") String get(int id) { return ""; }
					@PostMapping void create() { }
					@RequestMapping(path = "all", method = {RequestMethod.GET, RequestMethod.HEAD}) void all() { }
					@RequestMapping("any") void any() { }
					void helper() { }
				}
				""");
		assertServes("""
				* /orders/any -> Orders.any
				* /v2/orders/any -> Orders.any
				GET /orders/{id} -> Orders.get
				GET /v2/orders/{id} -> Orders.get
				GET|HEAD /orders/all -> Orders.all
				GET|HEAD /v2/orders/all -> Orders.all
				POST /orders -> Orders.create
				POST /v2/orders -> Orders.create""");
	}

	@Test
	void constants_areFollowedThroughFilesAndImports() throws Exception {
		project.java("package b;\npublic class Paths { public static final String BASE = \"/api\";\n"
				+ "public interface V1 { String ORDERS = BASE + \"/v1/orders\"; } }");
		project.java("package a;\n" + SPRING + """
				import b.Paths;
				import static b.Paths.BASE;
				@RequestMapping(Paths.V1.ORDERS)
				class Orders {
					private static final String ID = "/{id}";
					@GetMapping(ID) void get() { }
					@PutMapping(BASE + ID + "/x") void put() { }
				}
				""");
		assertServes("""
				GET /api/v1/orders/{id} -> Orders.get
				PUT /api/v1/orders/api/{id}/x -> Orders.put""");
	}

	@Test
	void interfaceMapping_leadsToTheMethodThatImplementsIt() throws Exception {
		project.java("package a;\n" + SPRING + """
				@RequestMapping("/stock")
				interface StockApi {
					@GetMapping("/{item}") int left(String item);
					@DeleteMapping("/{item}") void clear(String item);
				}
				""");
		project.java("package c;\nimport a.StockApi;\nclass Stock implements StockApi {\n"
				+ "public int left(String item) { return 1; }\npublic void clear(String item) { } }");
		assertServes("""
				DELETE /stock/{item} -> Stock.clear
				GET /stock/{item} -> Stock.left""");
	}

	@Test
	void baseClassMapping_isInheritedUnderTheSubclassesPath() throws Exception {
		project.java("package a;\n" + SPRING + """
				abstract class Crud<T> {
					@GetMapping("/{id}") T get(String id) { return null; }
					@PostMapping T create(T it) { return it; }
				}
				""");
		project.java("package a;\nabstract class Middle extends Crud<String> { }");
		project.java("package a;\n" + SPRING + """
				@RequestMapping("/books")
				class Books extends Middle {
					@Override String create(String it) { return it; }
				}
				""");
		assertServes("""
				GET /books/{id} -> Crud.get
				POST /books -> Books.create""");
	}

	@Test
	void metaAnnotations_standForTheirFrameworksOnes() throws Exception {
		project.java("package m;\n" + SPRING + "@RequestMapping(\"/api\") @interface Api { }");
		project.java("package m;\n" + SPRING + """
				@RequestMapping(method = RequestMethod.GET)
				@interface Fetch {
					@AliasFor(annotation = RequestMapping.class, attribute = "path") String[] at() default {};
				}
				""");
		project.java("package a;\nimport m.*;\n@Api class Things { @Fetch(at = \"/things\") void all() { } }");
		assertServes("GET /api/things -> Things.all");
	}

	@Test
	void settings_giveContextPathAndPlaceholders() throws Exception {
		project.file("src/application.yml", """
				server:
				  port: 8080
				  servlet:
				    context-path: "/shop"   # for the proxy
				api:
				  version: v3
				""");
		project.java("package a;\n" + SPRING + """
				@RequestMapping("/${api.version}/${api.kind:plain}")
				class Things { @GetMapping("/x") void x() { } }
				""");
		assertServes("GET /shop/v3/plain/x -> Things.x");
	}

	@Test
	void annotationOfTheSameNameFromElsewhere_isNoMapping() throws Exception {
		project.java("package a;\nimport my.own.GetMapping;\nclass Things { @GetMapping(\"/x\") void x() { } }");
		assertServes("");
	}

	@Test
	void jaxrs_joinsApplicationClassAndMethod() throws Exception {
		project.java("package a;\n" + JAXRS + "@ApplicationPath(\"/rest\")\nclass App extends Application { }");
		project.java("package a;\nimport javax.ws.rs.GET;\nimport javax.ws.rs.Path;\n"
				+ "@Path(\"old\") class Old { @GET void all() { } }");
		project.java("package a;\n" + JAXRS + """
				@Path("/items")
				class Items {
					@GET @Path("{id : [0-9]+}") String get() { return ""; }
					@POST void create() { }
					@PURGE void purge() { }
				}
				""");
		project.java("package a;\n" + JAXRS + "@HttpMethod(\"PURGE\") @interface PURGE { }");
		assertServes("""
				GET /rest/items/{id : [0-9]+} -> Items.get
				GET /rest/old -> Old.all
				POST /rest/items -> Items.create
				PURGE /rest/items -> Items.purge""");
	}

	@Test
	void jaxrsSubResources_areReachedThroughTheirLocators() throws Exception {
		project.java("package a;\n" + JAXRS + """
				@Path("/customers")
				class Customers {
					@Path("{id}/orders") Orders orders() { return null; }
				}
				""");
		project.java("package a;\n" + JAXRS + """
				class Orders {
					@GET void all() { }
					@GET @Path("{order}") void one() { }
				}
				""");
		assertServes("""
				GET /customers/{id}/orders -> Orders.all
				GET /customers/{id}/orders/{order} -> Orders.one""");
	}

	@Test
	void jaxrsInterface_leadsToItsImplementation() throws Exception {
		project.java("package a;\n" + JAXRS + "@Path(\"/a\")\ninterface Api { @GET @Path(\"b\") String b(); }");
		project.java("package a;\nclass Impl implements Api { public String b() { return \"\"; } }");
		assertServes("GET /a/b -> Impl.b");
	}

	@Test
	void routers_leadToTheirHandlers() throws Exception {
		project.java("package a;\nclass Handler { Object get(Object r) { return r; } Object put(Object r) { return r; } }");
		project.java("""
				package a;
				import static org.springframework.web.reactive.function.server.RequestPredicates.*;
				import static org.springframework.web.reactive.function.server.RouterFunctions.route;
				import org.springframework.web.reactive.function.server.RouterFunction;
				class Routes {
					RouterFunction<?> nested(Handler handler) {
						return route().path("/api", b -> b
								.GET("/things/{id}", handler::get)
								.nest(accept("x"), c -> c.PUT("/things", r -> handler.put(r)))).build();
					}
					RouterFunction<?> flat() {
						return route(POST("/flat").and(accept("x")), this::own);
					}
					Object own(Object request) { return request; }
				}
				""");
		assertServes("""
				GET /api/things/{id} -> Handler.get
				POST /flat -> Routes.own
				PUT /api/things -> Handler.put""");
	}

	@Test
	void plainHttpServerAndServlets_areServersToo() throws Exception {
		project.java("""
				package a;
				import com.sun.net.httpserver.HttpServer;
				class Plain {
					void start(HttpServer server) { server.createContext("/ping", this::ping); }
					void ping(Object exchange) { }
				}
				""");
		project.java("""
				package a;
				import jakarta.servlet.annotation.WebServlet;
				@WebServlet(urlPatterns = {"/report/*", "*.pdf"})
				class Report extends HttpServlet { protected void doGet(Object q, Object a) { } }
				""");
		assertServes("""
				* /ping -> Plain.ping
				GET *.pdf -> Report.doGet
				GET /report/* -> Report.doGet""");
	}

	@Test
	void micronautAndQuarkusRoutes_areServersToo() throws Exception {
		project.java("""
				package a;
				import io.micronaut.http.annotation.*;
				@Controller("/m") class M { @Get("/{id}") String get() { return ""; } @Post(uri = "/x") void x() { } }
				""");
		project.java("""
				package a;
				import io.quarkus.vertx.web.*;
				@RouteBase(path = "q") class Q { @Route(path = "r", methods = Route.HttpMethod.GET) void r() { } }
				""");
		assertServes("""
				GET /m/{id} -> M.get
				GET /q/r -> Q.r
				POST /m/x -> M.x""");
	}

	@Test
	void declaredClients_callAndDoNotServe() throws Exception {
		project.java("package a;\n" + SPRING + """
				import org.springframework.cloud.openfeign.FeignClient;
				@FeignClient(name = "stock", path = "/stock")
				interface StockClient { @GetMapping("/{id}") String get(String id); }
				""");
		project.java("""
				package a;
				import org.springframework.web.service.annotation.*;
				@HttpExchange("/prices")
				interface Prices { @GetExchange("/{item}") int of(String item); }
				""");
		project.java("package a;\nimport feign.RequestLine;\n"
				+ "interface Plain { @RequestLine(\"POST /x/{id}?a=b\") void x(); }");
		assertServes("");
		assertCalls("""
				GET /prices/{item} -> Prices.of
				GET /stock/{id} -> StockClient.get
				POST /x/{id} -> Plain.x""");
	}

	@Test
	void interfaceSharedByClientAndServer_isBoth() throws Exception {
		project.java("package a;\n" + SPRING + "interface Api { @GetMapping(\"/shared\") void get(); }");
		project.java("package a;\nimport org.springframework.cloud.openfeign.FeignClient;\n"
				+ "@FeignClient(\"x\")\ninterface Client extends Api { }");
		project.java("package a;\n" + SPRING + "@RestController\nclass Server implements Api { public void get() { } }");
		assertServes("GET /shared -> Server.get");
		assertCalls("GET /shared -> Api.get");
	}

	@Test
	void callSites_areFoundByTheirPathsAndVerbs() throws Exception {
		project.java("""
				package a;
				import java.net.URI;
				import java.net.http.HttpRequest;
				class Calls {
					static final String LEVELS = "/stock/levels";
					String base;
					void spring(Object client, String id) {
						client.post().uri("/stock/{id}/reserve?x=1", id).retrieve();
						client.get().uri(LEVELS).retrieve();
					}
					void template(Object template, String id) {
						template.getForObject(base + "/prices/" + id, String.class);
						template.exchange("http://host:80/things/{id}", HttpMethod.PUT, null, String.class);
					}
					void jdk(String id) {
						HttpRequest.newBuilder(URI.create("http://h/jdk/" + id + "/x")).DELETE().build();
						HttpRequest.newBuilder(URI.create(String.format("%s/fmt/%d", base, id))).build();
					}
					void jaxrs(Object client, String id) {
						client.target("http://h").path("res").path("{id}").resolveTemplate("id", id).request().get();
					}
				}
				""");
		assertCalls("""
				* …/fmt/… -> Calls.jdk
				DELETE /jdk/…/x -> Calls.jdk
				GET /res/{id} -> Calls.jaxrs
				GET /stock/levels -> Calls.spring
				GET …/prices/… -> Calls.template
				POST /stock/{id}/reserve -> Calls.spring
				PUT /things/{id} -> Calls.template""");
	}

	@Test
	void sourceThatDoesNotCompile_givesWhatCanBeRead() throws Exception {
		project.java("package a;\n" + SPRING + """
				class Broken {
					@GetMapping("/fine") void fine() { }
					@GetMapping("/half" void half( {
				""");
		List<String> routes = lines(Endpoint.Side.SERVER);
		assertEquals("GET /fine -> Broken.fine", routes.get(0));
	}

	private void assertServes(String expected) throws InterruptedException {
		assertEquals(expected, String.join("\n", lines(Endpoint.Side.SERVER)));
	}

	private void assertCalls(String expected) throws InterruptedException {
		assertEquals(expected, String.join("\n", lines(Endpoint.Side.CLIENT)));
	}

	private static List<String> lines(Endpoint.Side side) throws InterruptedException {
		return TestProject.lines(Endpoint.Kind.HTTP, side);
	}
}
