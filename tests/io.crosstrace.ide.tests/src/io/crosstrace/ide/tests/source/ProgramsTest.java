package io.crosstrace.ide.tests.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.source.Endpoint;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ide.source.Link;
import io.crosstrace.ide.source.SourceLinker;
import io.crosstrace.ide.source.SpanQuery;
import org.junit.jupiter.api.Test;

/** Services made of several projects, and what is said where code cannot be seen. */
class ProgramsTest {
	private static final String SPRING = "import org.springframework.web.bind.annotation.*;\n";
	private static final String MAIN = "package m;\nclass Main { public static void main(String[] a) { } }";

	@Test
	void settingsOfTheProgram_holdForTheModulesItIsMadeOf() throws Exception {
		try (TestProject web = new TestProject("fleet-web"); TestProject app = new TestProject("fleet-app", "fleet-web");
				TestProject other = new TestProject("dock-app", "fleet-web")) {
			web.java("package a;\n" + SPRING + "@RequestMapping(\"/${api.version}\")\nclass Boats { @GetMapping(\"/boats\") void all() { } }");
			app.java(MAIN).file("src/application.yml", "server: {servlet: {context-path: /fleet}}\napi: {version: v2}\n");
			other.java(MAIN).file("src/application.properties", "spring.mvc.servlet.path=/dock\n");
			assertServes("""
					GET /dock/v2/boats -> Boats.all
					GET /fleet/v2/boats -> Boats.all""");
			other.project.delete(true, true, null);
			assertServes("GET /fleet/v2/boats -> Boats.all");
			assertTrue(link(new SpanQuery("fleet-app", Endpoint.Side.SERVER, "GET", "/fleet/v2/boats", "")).sure());
		}
	}

	@Test
	void aConfigurationServersFiles_holdForTheServiceTheyAreNamedAfter() throws Exception {
		try (TestProject config = new TestProject("settings"); TestProject app = new TestProject("quay-app");
				TestProject gate = new TestProject("gate")) {
			config.file("pom.xml", "<project><artifactId>settings</artifactId><dependency><artifactId>spring-cloud-config-server</artifactId></dependency></project>");
			config.file("src/main/resources/shared/quay-service.yml", "server:\n  servlet:\n    context-path: /quays\n");
			config.file("src/main/resources/shared/gate.yml", "zuul: {routes: {q: {path: '/q/**', serviceId: quay-service, stripPrefix: false}}}\n");
			app.file("src/main/resources/bootstrap.yml", "spring: {application: {name: quay-service}}\n");
			app.java("package a;\n" + SPRING + "class C { @GetMapping(\"/free\") void free() { } }");
			assertServes("""
					* /q/** -> /q/**
					GET /quays/free -> C.free""");
		}
	}

	@Test
	void applicationPathAndPrefixes_mayStandInAnotherModule() throws Exception {
		try (TestProject common = new TestProject("common"); TestProject app = new TestProject("port", "common")) {
			common.java("package c;\nimport jakarta.ws.rs.*;\n@ApplicationPath(\"/rest\")\nclass App extends Application { }");
			common.java("""
					package c;
					class Config implements WebMvcConfigurer {
						public void configurePathMatch(PathMatchConfigurer c) { c.addPathPrefix("/api", HandlerTypePredicate.forAnnotation(RestController.class)); }
					}
					""");
			app.java("package a;\nimport jakarta.ws.rs.*;\n@Path(\"quays\")\nclass Quays { @GET void all() { } }");
			app.java("package a;\n" + SPRING + "@RestController\nclass Cranes { @GetMapping(\"/cranes\") void all() { } }");
			app.java(MAIN);
			assertServes("""
					GET /api/cranes -> Cranes.all
					GET /rest/quays -> Quays.all""");
		}
	}

	@Test
	void aSettingThatAsksTheEnvironmentForItself_hasItsDefault() throws Exception {
		try (TestProject app = new TestProject("selfish")) {
			app.file("src/application.properties", "server.servlet.context-path=${server.servlet.contextPath:/self}\n");
			app.java("package a;\n" + SPRING + "class C { private static final char SEP = '/'; @GetMapping(\"/a\" + SEP + \"b\") void c() { } }");
			assertServes("GET /self/a/b -> C.c");
		}
	}

	@Test
	void locatorsWithoutAType_areFollowedThroughWhatTheyMake() throws Exception {
		try (TestProject app = new TestProject("harbour")) {
			app.java("""
					package a;
					import jakarta.ws.rs.*;
					@Path("/harbours")
					class Harbours {
						@Path("{id}/berths") public Object berths(Context context) { return context.getResource(Berths.class); }
						@Path("{id}/crew") public Object crew() {
							Object made = new Crew();
							return made;
						}
						@Path("{id}/tariff") public Object tariff(TariffFactory factory) { return factory.make(); }
					}
					""");
			app.java("package a;\nimport jakarta.ws.rs.*;\nclass Berths { @GET void all() { } @Path(\"{berth}\") Berth one() { return make(); }"
					+ " Berth make() { return new Berth(); } }");
			app.java("package a;\nimport jakarta.ws.rs.*;\nclass Berth { @DELETE void free() { } @Path(\"x\") X x() { return new X(); } }");
			app.java("package a;\nimport jakarta.ws.rs.*;\nclass X { @Path(\"y\") Y y() { return new Y(); } @Path(\"back\") Berths back() { return null; } }");
			app.java("package a;\nimport jakarta.ws.rs.*;\nclass Y { @Path(\"z\") Z z() { return new Z(); } }");
			app.java("package a;\nimport jakarta.ws.rs.*;\nclass Z { @GET @Path(\"deep\") void deep() { } }");
			app.java("package a;\nimport jakarta.ws.rs.*;\nclass Crew { @GET void crew() { } }");
			app.java("package a;\npublic interface TariffFactory { Object make(); }");
			app.java("package a;\nclass WinterTariffs implements TariffFactory { public Object make() { return new Winter(); } }");
			app.java("package a;\nimport jakarta.ws.rs.*;\nclass Winter { @GET @Path(\"now\") void now() { } }");
			assertServes("""
					DELETE /harbours/{id}/berths/{berth} -> Berth.free
					GET /harbours/{id}/berths -> Berths.all
					GET /harbours/{id}/berths/{berth}/x/y/z/deep -> Z.deep
					GET /harbours/{id}/crew -> Crew.crew
					GET /harbours/{id}/tariff/now -> Winter.now""");
		}
	}

	@Test
	void uriTemplates_areReadAsMicronautDoes() throws Exception {
		try (TestProject app = new TestProject("boatyard")) {
			app.java("package a;\nimport io.micronaut.http.annotation.*;\n@Controller(\"/boats\")\nclass Boats {"
					+ " @Get(\"/{?max,offset}\") void all() { } @Get(\"/{id:4}\") void one() { } @Get(\"/parts{/part}\") void part() { }"
					+ " @Put(\"/files/{+path}\") void files() { } }");
			assertEquals("Boats.all", only("boatyard", "GET", "/boats"));
			assertEquals("Boats.one", only("boatyard", "GET", "/boats/abcd"));
			assertEquals("Boats.part", only("boatyard", "GET", "/boats/parts"));
			assertEquals("Boats.part", only("boatyard", "GET", "/boats/parts/9"));
			assertEquals("Boats.files", only("boatyard", "PUT", "/boats/files/a/b/c"));
		}
	}

	@Test
	void repositories_areServedWhereTheBuildHasSpringDataRest() throws Exception {
		try (TestProject app = new TestProject("market")) {
			app.java("package a;\ninterface Fishes extends CrudRepository<Fish, Long> { Object findByName(String name); }");
			assertServes("");
			app.file("pom.xml", "<project><artifactId>market</artifactId><dependencies><dependency>"
					+ "<artifactId>spring-boot-starter-data-rest</artifactId></dependency></dependencies></project>");
			assertEquals("Fishes.findByName", only("market", "GET", "/fishes/search/findByName"));
			assertEquals("Fishes", only("market", "DELETE", "/fishes/7"));
		}
	}

	@Test
	void feignUrlAndPath_areOneAfterTheOther() throws Exception {
		try (TestProject app = new TestProject("trader")) {
			app.java("package a;\nimport org.springframework.cloud.openfeign.FeignClient;\n" + SPRING
					+ "@FeignClient(name = \"fish\", url = \"http://fish:80/base\", path = \"/v1\")\ninterface Fish { @GetMapping(\"/all\") void all(); }");
			assertEquals("GET /base/v1/all -> Fish.all",
					String.join("\n", TestProject.lines(Endpoint.Kind.HTTP, Endpoint.Side.CLIENT)));
		}
	}

	@Test
	void actuatorEndpointsAndSockets_areMarkedAsClasses() throws Exception {
		try (TestProject app = new TestProject("radio")) {
			app.file("src/application.properties", "management.endpoints.web.base-path=/manage\n");
			app.java("package a;\nimport org.springframework.boot.actuate.endpoint.annotation.*;\n@Endpoint(id = \"tides\")\n"
					+ "class Tides { @ReadOperation Object now() { return 1; } @DeleteOperation void drop(@Selector String day) { } }");
			app.java("package a;\nimport jakarta.websocket.server.ServerEndpoint;\n@ServerEndpoint(\"/radio/{channel}\")\n"
					+ "class Radio { @OnOpen void open(Object session) { } }");
			assertServes("""
					DELETE /manage/tides -> Tides.drop
					DELETE /manage/tides/{selector} -> Tides.drop
					GET /manage/tides -> Tides.now
					GET /radio/{channel} -> Radio.open""");
		}
	}

	@Test
	void codeThatCannotBeSeen_isNamedInTheReason() throws Exception {
		try (TestProject app = new TestProject("mixed")) {
			app.java("package a;\n" + SPRING + "class C { @GetMapping(\"/c\") void c() { } }");
			app.file("src/main/kotlin/K.kt", "class K");
			assertTrue(link(new SpanQuery("mixed", Endpoint.Side.SERVER, "GET", "/elsewhere", "")).reason()
					.endsWith("Project mixed also has 1 Kotlin file, and only Java is read."));
			assertEquals("GET /actuator/health is answered by Spring Boot's Actuator: no method in the workspace serves it.",
					link(new SpanQuery("mixed", Endpoint.Side.SERVER, "GET", "/actuator/health", "")).reason());
		}
	}

	private static void assertServes(String expected) throws InterruptedException {
		assertEquals(expected, String.join("\n", TestProject.lines(Endpoint.Kind.HTTP, Endpoint.Side.SERVER)));
	}

	private static String only(String service, String verb, String path) throws InterruptedException {
		Link link = link(new SpanQuery(service, Endpoint.Side.SERVER, verb, path, ""));
		assertTrue(link.sure(), () -> link.reason() + " " + link.candidates());
		return link.candidates().get(0).place().label();
	}

	private static Link link(SpanQuery query) throws InterruptedException {
		try (EndpointIndex index = new EndpointIndex()) {
			return new SourceLinker(index.await(30_000)).link(query);
		}
	}
}
