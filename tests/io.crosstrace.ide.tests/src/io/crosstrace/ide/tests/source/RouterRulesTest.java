package io.crosstrace.ide.tests.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.crosstrace.ide.source.Endpoint;
import org.eclipse.core.runtime.CoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes written as calls whose path is put together in several places. */
class RouterRulesTest {
	private TestProject project;

	@BeforeEach
	void makeProject() throws CoreException {
		project = new TestProject("routers");
	}

	@AfterEach
	void deleteProject() throws CoreException {
		project.close();
	}

	@Test
	void javalinGroups_needNoSlashesAndNoPath() throws Exception {
		project.java("""
				package a;
				import static io.javalin.apibuilder.ApiBuilder.*;
				class Web {
					void start(Object app) {
						app.routes(() -> {
							path("boats", () -> {
								get(Boats::all);
								path("{id}", () -> delete("log", c -> c.status(204)));
							});
							crud("crews/{crew}", new Crews());
							path("/apart", this::apart);
							path("/called", () -> { called(); });
						});
					}
					void apart() { get("/m", Boats::all); }
					void called() { post("/n", Boats::all); }
				}
				""");
		project.java("package a;\nclass Boats { static void all(Object c) { } }");
		project.java("package a;\nclass Crews { public void getAll(Object c) { } public void getOne(Object c, String id) { }"
				+ " public void create(Object c) { } public void update(Object c, String id) { } public void delete(Object c, String id) { } }");
		assertServes("""
				DELETE /boats/{id}/log -> Web.start
				DELETE /crews/{crew} -> Crews.delete
				GET /apart/m -> Boats.all
				GET /boats -> Boats.all
				GET /crews -> Crews.getAll
				GET /crews/{crew} -> Crews.getOne
				PATCH /crews/{crew} -> Crews.update
				POST /called/n -> Boats.all
				POST /crews -> Crews.create""");
	}

	@Test
	void vertxSubRouters_areMountedWhereTheirVariableOrMakerIs() throws Exception {
		project.java("""
				package a;
				import io.vertx.ext.web.Router;
				class Verticle {
					void start(Object vertx, Object guard, Items items) {
						Router router = Router.router(vertx);
						Router api = Router.router(vertx);
						Router inner = Router.router(vertx);
						Router made = items.build();
						router.route("/api/*").handler(guard);
						router.route("/api/*").subRouter(api);
						api.mountSubRouter("/deep", inner);
						api.get("/boats/:id").handler(guard).handler(this::boat);
						inner.post("/x").handler(c -> c.end());
						router.route(HttpMethod.PUT, "/put").handler(this::boat);
						router.route("/m").method(HttpMethod.PATCH).handler(this::boat);
						router.route("/items*").subRouter(made);
						router.mountSubRouter("/more", new Items().other());
					}
					void boat(Object context) { }
				}
				""");
		project.java("""
				package a;
				import io.vertx.ext.web.Router;
				class Items {
					Router build() { Router r = Router.router(null); r.get("/i").handler(this::item); return r; }
					Router other() { Router r = Router.router(null); r.get("/o").handler(this::item); return r; }
					void item(Object context) { }
				}
				""");
		assertServes("""
				GET /api/boats/{id} -> Verticle.boat
				GET /items/i -> Items.item
				GET /more/o -> Items.item
				PATCH /m -> Verticle.boat
				POST /api/deep/x -> Verticle.start
				PUT /put -> Verticle.boat""");
	}

	@Test
	void operationsOfAnApiDocument_leadToTheirHandlers() throws Exception {
		project.file("src/main/resources/api.yaml", "openapi: 3.0.1\npaths:\n  /boats/{id}:\n    get: {operationId: find-boat}\n");
		project.java("package a;\nclass V { void start(Object builder) { builder.operation(\"find-boat\").handler(this::find); }"
				+ " void find(Object c) { } String vertx = \"vertx.ext.web\"; }");
		assertServes("GET /boats/{id} -> V.find");
	}

	@Test
	void helidonServices_standBelowWhatTheyAreRegisteredAt() throws Exception {
		project.java("""
				package a;
				import io.helidon.webserver.http.HttpRouting;
				class Main {
					static void routing(HttpRouting.Builder routing) {
						routing.register("/greet", new Greetings()).register("/cart", Cart::new, () -> new Stock())
								.any("/simple", (req, res) -> res.send("x"));
					}
				}
				""");
		project.java("""
				package a;
				import io.helidon.webserver.http.*;
				class Greetings implements HttpService {
					public void routing(HttpRules rules) {
						rules.get("/", this::all).route(Method.PUT, "/{name}", this::put).register("/sub", new Stock());
					}
					void all(Object q, Object a) { }
					void put(Object q, Object a) { }
				}
				""");
		project.java("package a;\nimport io.helidon.webserver.http.*;\nclass Cart implements HttpService {"
				+ " public void routing(HttpRules rules) { rules.delete(\"/y\", this::drop); } void drop(Object q, Object a) { } }");
		project.java("package a;\nimport io.helidon.webserver.http.*;\nclass Stock implements HttpService {"
				+ " public void routing(HttpRules rules) { rules.post(\"/s\", this::add); } void add(Object q, Object a) { } }");
		assertServes("""
				* /simple -> Main.routing
				DELETE /cart/y -> Cart.drop
				GET /greet -> Greetings.all
				POST /cart/s -> Stock.add
				POST /greet/sub/s -> Stock.add
				PUT /greet/{name} -> Greetings.put""");
	}

	@Test
	void springPredicates_mayNameVerbAndPathApart() throws Exception {
		project.java("""
				package a;
				import org.springframework.web.reactive.function.server.*;
				class Config {
					RouterFunction<?> flat(Handler h) {
						return route(path("/p").and(method(HttpMethod.POST)), h::one)
								.andRoute(method(HttpMethod.GET).and(path("/q")), h::one);
					}
					RouterFunction<?> nested(Handler h) { return RouterFunctions.nest(path("/outer"), inner(h)); }
					RouterFunction<?> inner(Handler h) { return RouterFunctions.route().GET("/inner", h::one).build(); }
					RouterFunction<?> supplied(Handler h) {
						return route().path("/sup", () -> route().GET("/a", accept("x"), h::one).build()).build();
					}
					RouterFunction<?> gateway() {
						return GatewayRouterFunctions.route("r").route(RequestPredicates.path("/gw/**"), HandlerFunctions.http("http://x")).build();
					}
				}
				""");
		project.java("package a;\nclass Handler { Object one(Object r) { return r; } }");
		assertServes("""
				* /gw/** -> Config.gateway
				GET /outer/inner -> Handler.one
				GET /q -> Handler.one
				GET /sup/a -> Handler.one
				POST /p -> Handler.one""");
	}

	@Test
	void sparkHandlers_mayBeConstants() throws Exception {
		project.java("package a;\nimport static spark.Spark.*;\nclass Web { void go() { get(\"/c\", Pages.LIST);"
				+ " get(\"/t\", Pages.LIST, new Template()); post(\"/j\", \"application/json\", (q, a) -> q);"
				+ " java.util.Map<String, String> m = null; m.put(\"/no\", Pages.TEXT); } }");
		assertServes("""
				GET /c -> Web.go
				GET /t -> Web.go
				POST /j -> Web.go""");
	}

	private static void assertServes(String expected) throws InterruptedException {
		assertEquals(expected, String.join("\n", TestProject.lines(Endpoint.Kind.HTTP, Endpoint.Side.SERVER)));
	}
}
