package io.crosstrace.ide.tests.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.EndpointIndex;
import io.crosstrace.ide.source.Link;
import io.crosstrace.ide.source.SourceLinker;
import io.crosstrace.ide.source.SpanQuery;
import org.eclipse.core.runtime.CoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules that take more than an annotation with a path: settings, generated code, procedures, topics, tables. */
class FrameworkRulesTest {
	private static final String SPRING = "import org.springframework.web.bind.annotation.*;\n";
	private TestProject project;

	@BeforeEach
	void makeProject() throws CoreException {
		project = new TestProject("rules");
	}

	@AfterEach
	void deleteProject() throws CoreException {
		project.close();
	}

	@Test
	void pathPrefix_isPutBeforeTheControllersItsPredicateLetsThrough() throws Exception {
		project.java("""
				package a;
				class Config implements WebMvcConfigurer {
					public void configurePathMatch(PathMatchConfigurer c) {
						c.addPathPrefix("/api", HandlerTypePredicate.forAnnotation(RestController.class));
					}
				}
				""");
		project.java("package a;\n" + SPRING + "@RestController\nclass Orders { @GetMapping(\"/orders\") void all() { } }");
		project.java("package a;\n" + SPRING + "@Controller\nclass Pages { @GetMapping(\"/home\") void home() { } }");
		assertServes("""
				GET /api/orders -> Orders.all
				GET /home -> Pages.home""");
	}

	@Test
	void mainSettings_winOverProfilesAndTests() throws Exception {
		project.file("src/main/resources/application-dev.yml", "server: {servlet: {context-path: /dev}}\n");
		project.file("src/main/resources/application.yml", "spring:\n  application:\n    name: @project.artifactId@\n"
				+ "server:\n  servlet:\n    context-path: /main\n");
		project.file("src/test/resources/application.yml", "server: {servlet: {context-path: /test}}\n");
		project.file("pom.xml", "<project><parent><artifactId>up</artifactId></parent><artifactId>billing</artifactId></project>");
		project.java("package a;\n" + SPRING + "@RestController\nclass C { @GetMapping(\"/c\") void c() { } }");
		assertServes("GET /main/c -> C.c");
		try (EndpointIndex index = new EndpointIndex()) {
			assertTrue(index.await(30_000).projects().get("rules").names().contains("billing"));
		}
	}

	@Test
	void webXml_mapsServletsAndTheFrameworksOwn() throws Exception {
		project.file("src/main/webapp/WEB-INF/web.xml", """
				<web-app>
					<servlet><servlet-name>r</servlet-name><servlet-class>a.Report</servlet-class></servlet>
					<servlet-mapping><servlet-name>r</servlet-name><url-pattern>/report/*</url-pattern></servlet-mapping>
					<servlet><servlet-name>spring</servlet-name>
						<servlet-class>org.springframework.web.servlet.DispatcherServlet</servlet-class></servlet>
					<servlet-mapping><servlet-name>spring</servlet-name><url-pattern>/app/*</url-pattern></servlet-mapping>
				</web-app>
				""");
		project.java("package a;\nimport javax.servlet.http.HttpServlet;\n"
				+ "public class Report extends HttpServlet { protected void doPost(Object q, Object a) { } }");
		project.java("package a;\n" + SPRING + "@Controller\nclass C { @GetMapping(\"/c\") void c() { } }");
		assertServes("""
				GET /app/c -> C.c
				POST /report/* -> Report.doPost""");
	}

	@Test
	void servletsRegisteredInCode_areServersToo() throws Exception {
		project.java("package a;\nclass S extends HttpServlet { protected void doGet(Object q, Object a) { } }");
		project.java("""
				package a;
				class Config {
					Object bean() { return new ServletRegistrationBean<>(new S(), "/bean/*"); }
					void jetty(Object context) { context.addServlet(S.class, "/jetty"); }
				}
				""");
		assertServes("""
				GET /bean/* -> S.doGet
				GET /jetty -> S.doGet""");
	}

	@Test
	void gatewayRoutes_areServedBySettingsAndByCode() throws Exception {
		project.file("src/main/resources/application.yml", """
				spring:
				  cloud:
				    gateway:
				      routes:
				        - id: orders
				          uri: lb://orders
				          predicates:
				            - Path=/api/orders/**, /api/returns/**
				            - Method=GET,POST
				          filters:
				            - StripPrefix=1
				""");
		project.java("""
				package a;
				class Gateway {
					Object routes(Object builder) {
						return builder.routes().route("stock", r -> r.path("/api/stock/**").and().method(HttpMethod.PUT)
								.filters(f -> f.stripPrefix(1)).uri("lb://stock")).build();
					}
				}
				""");
		assertServes("""
				GET|POST /api/orders/** -> /api/orders/**
				GET|POST /api/returns/** -> /api/returns/**
				PUT /api/stock/** -> Gateway.routes""");
		Link onward = link(new SpanQuery("rules", Side.CLIENT, "GET", "/orders/7", ""));
		assertEquals("/rules/src/main/resources/application.yml", onward.candidates().get(0).place().file());
		assertEquals("Path=/api/orders/**", read(onward, 19));
	}

	private String read(Link link, int length) throws Exception {
		String text = project.project.getFile("src/main/resources/application.yml").readString();
		return text.substring(link.candidates().get(0).place().offset()).substring(0, length);
	}

	@Test
	void openApiDocument_tellsWhatAGeneratedInterfaceWould() throws Exception {
		project.file("src/main/resources/api.yaml", """
				openapi: 3.0.1
				servers: [{url: "http://host:9966/petclinic/api"}]
				paths:
				  /owners/{ownerId}:
				    get: {operationId: getOwner}
				    put: {operationId: update-owner}
				""");
		project.java("package a;\n" + SPRING + """
				import gen.api.OwnersApi;
				@RestController
				@RequestMapping("/api")
				class Owners implements OwnersApi {
					public Object getOwner(int id) { return null; }
					public Object updateOwner(int id) { return null; }
					public Object helper() { return null; }
				}
				""");
		project.java("package a;\nimport gen.api.OtherApiDelegate;\n"
				+ "class Delegate implements OtherApiDelegate { public Object getOwner(int id) { return null; } }");
		assertServes("""
				GET /api/owners/{ownerId} -> Owners.getOwner
				GET /petclinic/api/owners/{ownerId} -> Delegate.getOwner
				PUT /api/owners/{ownerId} -> Owners.updateOwner""");
	}

	@Test
	void operationsOfTheSameNameInSeveralDocuments_goToTheInterfaceOfTheirTagOrPath() throws Exception {
		project.file("src/main/resources/v1.yaml", "openapi: 3.0.1\npaths:\n  /boats/{id}:\n    get: {operationId: getOne}\n");
		project.file("src/main/resources/v2.yaml",
				"openapi: 3.0.1\npaths:\n  /fleets/{id}:\n    get: {operationId: getOne}\n  /x:\n    put: {operationId: getOne, tags: [Crew members]}\n");
		project.java("package a;\nclass BoatsHere implements gen.BoatsApi { public Object getOne(int id) { return null; } }");
		project.java("package a;\nclass FleetHere implements gen.FleetsResource { public Object getOne(int id) { return null; } }");
		project.java("package a;\nclass CrewHere implements gen.CrewMembersApi { public Object getOne(int id) { return null; } }");
		assertServes("""
				GET /boats/{id} -> BoatsHere.getOne
				GET /fleets/{id} -> FleetHere.getOne
				PUT /x -> CrewHere.getOne""");
	}

	@Test
	void generatedInterface_leadsToTheDelegateThatAPersonWrote() throws Exception {
		project.java("package a;\nclass PetsApiController implements PetsApi { }");
		project.java("package a;\n" + SPRING + """
				public interface PetsApi {
					default PetsApiDelegate getDelegate() { return null; }
					@RequestMapping(method = RequestMethod.GET, value = "/pets/{id}")
					default Object getPet(long id) { return getDelegate().getPet(id); }
				}
				""");
		project.java("package a;\npublic interface PetsApiDelegate { default Object getPet(long id) { return null; } }");
		project.java("package a;\nclass Pets implements PetsApiDelegate { public Object getPet(long id) { return id; } }");
		assertServes("GET /pets/{id} -> Pets.getPet");
		assertEquals("Pets.getPet", only(new SpanQuery("rules", Side.SERVER, "GET", "/pets/7;jsessionid=1F", "")));
	}

	@Test
	void armeria_joinsPrefixAndPath() throws Exception {
		project.java("package a;\nimport com.linecorp.armeria.server.annotation.*;\n"
				+ "@PathPrefix(\"/a\") class A { @Get(\"/{id}\") String get() { return \"\"; } }");
		assertServes("GET /a/{id} -> A.get");
	}

	@Test
	void springDataRest_servesItsRepositories() throws Exception {
		project.file("src/application.properties", "spring.data.rest.base-path=/data\n");
		project.java("""
				package a;
				import org.springframework.data.rest.core.annotation.RepositoryRestResource;
				@RepositoryRestResource
				interface Categories extends PagingAndSortingRepository<Category, Long> { Object findByName(String name); }
				""");
		assertEquals("Categories", only(new SpanQuery("rules", Side.SERVER, "GET", "/data/categories/7", "")));
		assertEquals("Categories.findByName", only(new SpanQuery("rules", Side.SERVER, "GET", "/data/categories/search/findByName", "")));
	}

	@Test
	void vertxAndOtherRouters_knowColonsAsVariables() throws Exception {
		project.java("""
				package a;
				class Verticle {
					void start(Object router, Object app) {
						router.get("/items/:id").handler(this::item);
						app.post("/done/{id}", ctx -> done(ctx));
					}
					void item(Object context) { }
					void done(Object context) { }
				}
				""");
		assertServes("""
				GET /items/{id} -> Verticle.item
				POST /done/{id} -> Verticle.start""");
	}

	@Test
	void nestedRouters_takeTheirPathFromAnyPredicate() throws Exception {
		project.java("""
				package a;
				class Config {
					RouterFunction<?> routes(Handler h) {
						return nest(path("/person").and(accept(JSON)), route(GET("/{id}"), h::get).andRoute(method(POST), h::add))
								.andNest(path("/pet"), route(DELETE("/{id}"), h::drop));
					}
					static class Handler { Object get(Object r) { return r; } Object drop(Object r) { return r; } }
				}
				""");
		assertServes("""
				DELETE /pet/{id} -> Handler.drop
				GET /person/{id} -> Handler.get""");
	}

	@Test
	void grpc_servesProceduresAndStubsCallThem() throws Exception {
		project.java("""
				package a;
				public final class GreeterGrpc { public static final String SERVICE_NAME = "demo.v1.Greeter"; }
				""");
		project.java("""
				package a;
				class Greetings extends GreeterGrpc.GreeterImplBase {
					public void sayHello(Object request, StreamObserver<Object> out) { }
				}
				""");
		project.java("package a;\nclass Ads extends other.AdServiceGrpc.AdServiceImplBase { public void getAds(Object r, StreamObserver<?> o) { } }");
		project.java("""
				package a;
				class Caller {
					private final GreeterGrpc.GreeterBlockingStub stub;
					void call(Object channel) {
						stub.withDeadlineAfter(1, null).sayHello(null);
						var ads = AdServiceGrpc.newFutureStub(channel);
						ads.getAds(null);
					}
				}
				""");
		assertEquals("""
				* /demo.v1.Greeter/sayHello -> Greetings.sayHello
				* /…AdService/getAds -> Ads.getAds""", lines(Kind.RPC, Side.SERVER));
		assertEquals("Caller.call", only(new SpanQuery(Kind.RPC, "rules", Side.CLIENT, "", "demo.v1.Greeter/SayHello", "")));
		assertEquals("Ads.getAds", only(new SpanQuery("rules", Side.SERVER, "POST", "/hipster.AdService/GetAds", "")));
		assertEquals("Caller.call", only(new SpanQuery("rules", Side.CLIENT, "POST", "/hipster.AdService/GetAds", "")));
	}

	@Test
	void dubbo_servesItsInterfacesAndReferencesCallThem() throws Exception {
		project.java("package api;\npublic interface Stock { int left(String item); }");
		project.java("package a;\nimport api.Stock;\nimport org.apache.dubbo.config.annotation.DubboService;\n"
				+ "@DubboService class StockHere implements Stock { public int left(String item) { return 1; } }");
		project.java("package a;\nimport api.Stock;\n"
				+ "class Caller { @DubboReference private Stock stock; int go() { return stock.left(\"x\"); } }");
		assertEquals("* /api.Stock/left -> StockHere.left", lines(Kind.RPC, Side.SERVER));
		assertEquals("* /api.Stock/left -> Caller.go", lines(Kind.RPC, Side.CLIENT));
	}

	@Test
	void listeners_takeMessagesFromTheirTopics() throws Exception {
		project.file("src/application.yml", """
				topics: {orders: order-events}
				mp.messaging.incoming.prices.topic: price-events
				spring.cloud.stream.bindings:
				  process-in-0: {destination: streamed}
				""");
		project.java("""
				package a;
				import org.springframework.kafka.annotation.*;
				import org.springframework.amqp.rabbit.annotation.*;
				import org.springframework.jms.annotation.JmsListener;
				import org.eclipse.microprofile.reactive.messaging.Incoming;
				class Listeners {
					@KafkaListener(topics = {"${topics.orders}", "returns"}, groupId = "x") void kafka(String m) { }
					@KafkaListener(topics = "#{'${topics.orders}'.split(',')}") void spel(String m) { }
					@RabbitListener(bindings = @QueueBinding(value = @Queue("stock"), exchange = @Exchange("ex"))) void rabbit(String m) { }
					@JmsListener(destination = "mail") void jms(String m) { }
					@Incoming("prices") void channel(String m) { }
					@Bean java.util.function.Consumer<String> process() { return null; }
				}
				""");
		project.java("""
				package a;
				import org.apache.rocketmq.spring.annotation.RocketMQMessageListener;
				@RocketMQMessageListener(topic = "rocket", consumerGroup = "g")
				class Rocket implements RocketMQListener<String> { public void onMessage(String m) { } }
				""");
		assertEquals("""
				receive ex -> Listeners.rabbit
				receive mail -> Listeners.jms
				receive order-events -> Listeners.kafka
				receive order-events -> Listeners.spel
				receive price-events -> Listeners.channel
				receive returns -> Listeners.kafka
				receive rocket -> Rocket.onMessage
				receive stock -> Listeners.rabbit
				receive streamed -> Listeners.process""", lines(Kind.MESSAGE, Side.SERVER));
	}

	@Test
	void senders_arePlacesThatNameTheTopic() throws Exception {
		project.java("""
				package a;
				class Sender {
					static final String TOPIC = "order-events";
					KafkaTemplate<String, String> template;
					void spring() { template.send(TOPIC, "x"); }
					void plain(Object producer) { producer.send(new ProducerRecord<>("returns", "k", "v")); }
					void poll(KafkaConsumer<?, ?> consumer) { consumer.subscribe(List.of("polled")); }
				}
				""");
		assertEquals("Sender.spring", only(new SpanQuery(Kind.MESSAGE, "rules", Side.CLIENT, "send", "order-events", "")));
		assertEquals("Sender.plain", only(new SpanQuery(Kind.MESSAGE, "rules", Side.CLIENT, "send", "returns", "")));
		assertEquals("Sender.poll", only(new SpanQuery(Kind.MESSAGE, "rules", Side.SERVER, "receive", "polled", "")));
	}

	@Test
	void statements_areFoundByTheirShapeAndRepositoriesByTheirTable() throws Exception {
		project.java("package a;\nimport jakarta.persistence.*;\n@Entity @Table(name = \"customer_order\")\nclass Order { }");
		project.java("""
				package a;
				interface Orders extends JpaRepository<Order, Long> {
					List<Order> findByCustomer(String customer);
					@Query("delete from Order o where o.done = true") void clean();
				}
				""");
		project.java("""
				package a;
				class Dao {
					void one(Object jdbc, int id) { jdbc.query("SELECT name, price FROM items WHERE id = ? AND kind = 'x'", id); }
					void two(Object jdbc) { jdbc.update("UPDATE items SET price = " + 3 + " WHERE id = :id"); }
				}
				""");
		assertEquals("Dao.one", only(sql("SELECT", "items", "select name, price from items where id=$1 and kind='y'")));
		assertEquals("Dao.two", only(sql("UPDATE", "items", "UPDATE items SET price = 7 WHERE id = 9;")));
		assertEquals("Orders.findByCustomer", only(sql("SELECT", "customer_order", "select o1_0.id from customer_order o1_0 where o1_0.customer=?")));
		assertEquals("Orders.clean", link(sql("DELETE", "customer_order", "")).candidates().get(0).place().label());
	}

	@Test
	void constantsThatAreStatements_areFoundWhereTheyAreUsed() throws Exception {
		project.java("""
				package a;
				class Dao {
					private static final String FIND = "SELECT * FROM boats " + Dao.WHERE;
					static final String WHERE = "WHERE id = ?";
					void find(Object jdbc) { jdbc.queryForObject(FIND, 1); }
					void no(Object cache) { cache.update(Dao.OTHER, 1); }
					static final String OTHER = "update me";
				}
				""");
		assertEquals("Dao.find", only(sql("SELECT", "boats", "SELECT * FROM boats WHERE id = $1")));
	}

	@Test
	void mapperXml_leadsToTheInterfaceOrToItself() throws Exception {
		project.java("package a;\npublic interface BoatMapper { Object byName(String name); }");
		project.file("src/main/resources/mapper/Boats.xml", """
				<?xml version="1.0"?>
				<!DOCTYPE mapper PUBLIC "-//mybatis.org//DTD Mapper 3.0//EN" "x">
				<mapper namespace="a.BoatMapper">
					<sql id="columns">id, name</sql>
					<select id="byName" resultType="x">
						SELECT <include refid="columns"/> FROM boats
						<where><if test="name != null">name = #{name}</if></where>
					</select>
					<delete id="sink">delete from boats where age &gt; #{age}</delete>
				</mapper>
				""");
		assertEquals("BoatMapper.byName", only(sql("SELECT", "boats", "SELECT id, name FROM boats WHERE name = ?")));
		assertEquals("BoatMapper.byName", link(sql("SELECT", "boats", "")).candidates().get(0).place().label());
		assertEquals("/rules/src/main/resources/mapper/Boats.xml",
				link(sql("DELETE", "boats", "delete from boats where age > 3")).candidates().get(0).place().file());
	}

	@Test
	void valuesFromTheSettings_nameTopicsInCode() throws Exception {
		project.file("src/application.yml", "topics: {boats: boat-events}\nmp.messaging.outgoing.crew.topic: crew-events\n");
		project.java("""
				package a;
				class Sender {
					@Value("${topics.boats}") private String topic;
					private final String queue;
					@Channel("crew") Emitter<String> emitter;
					Sender(@Value("${queue.name:work}") String queue) { this.queue = queue; }
					void field(Object template) { template.send(topic, "x"); }
					void given(Object rabbit) { rabbit.convertAndSend(this.queue, "x"); }
					void channel() { emitter.send("x"); }
					void header(Object t) { t.send(MessageBuilder.withPayload(1).setHeader(KafkaHeaders.TOPIC, "boat-log").build()); }
				}
				""");
		assertEquals("""
				send boat-events -> Sender.field
				send boat-log -> Sender.header
				send crew-events -> Sender.channel
				send work -> Sender.given""", lines(Kind.MESSAGE, Side.CLIENT));
	}

	@Test
	void thrift_servesTheInterfaceOfItsGeneratedClass() throws Exception {
		project.java("package a;\nclass Tides implements gen.TideTable.Iface { public int high(String port) { return 1; } }");
		assertEquals("Tides.high", only(new SpanQuery(Kind.RPC, "rules", Side.SERVER, "", "/high", "")));
		assertEquals("Tides.high", only(new SpanQuery(Kind.RPC, "rules", Side.SERVER, "", "TideTable/high", "")));
	}

	@Test
	void dubboXml_exportsTheInterfacesOfPlainClasses() throws Exception {
		project.file("src/main/resources/provider.xml", "<beans xmlns:dubbo=\"http://dubbo.apache.org/schema/dubbo\">"
				+ "<bean id=\"s\" class=\"a.StockHere\"/><dubbo:service interface=\"api.Stock\" ref=\"s\"/></beans>");
		project.java("package api;\npublic interface Stock { int left(String item); }");
		project.java("package a;\nimport api.Stock;\nclass StockHere implements Stock { public int left(String item) { return 1; } }");
		assertEquals("* /api.Stock/left -> StockHere.left", lines(Kind.RPC, Side.SERVER));
	}

	private static SpanQuery sql(String verb, String table, String text) {
		return new SpanQuery(Kind.DATABASE, "rules", Side.CLIENT, verb, table, text);
	}

	@Test
	void headAndOptions_goWhereTheFrameworkSendsThem() throws Exception {
		project.java("package a;\n" + SPRING + """
				@RestController
				class C {
					@GetMapping("/x/{id:[0-9]+}") void get() { }
					@RequestMapping(path = "/x/{id:[0-9]+}", method = RequestMethod.HEAD) void head() { }
					@GetMapping("/x/{name:[a-z]{2,}}") void byName() { }
					@GetMapping("/y/") void slash() { }
				}
				""");
		assertEquals("C.get", only(new SpanQuery("rules", Side.SERVER, "GET", "/x/12", "")));
		assertEquals("C.head", only(new SpanQuery("rules", Side.SERVER, "HEAD", "/x/12", "")));
		assertEquals("C.byName", only(new SpanQuery("rules", Side.SERVER, "GET", "/x/ab", "")));
		assertEquals("C.slash", only(new SpanQuery("rules", Side.SERVER, "GET", "/y", "")));
		assertTrue(link(new SpanQuery("rules", Side.SERVER, "OPTIONS", "/y", "")).reason().contains("answered by the framework"));
	}

	private void assertServes(String expected) throws InterruptedException {
		assertEquals(expected, lines(Kind.HTTP, Side.SERVER));
	}

	private static String lines(Kind kind, Side side) throws InterruptedException {
		return String.join("\n", TestProject.lines(kind, side));
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
