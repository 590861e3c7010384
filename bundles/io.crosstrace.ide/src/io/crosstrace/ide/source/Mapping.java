package io.crosstrace.ide.source;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a framework's annotation says about paths: the one table to extend for another framework.
 *
 * @param family annotations of one family combine: the class's path with the method's
 * @param client whether a type that bears it calls rather than serves
 * @param verb the HTTP method it stands for; {@link #FROM_MEMBER} or empty
 * @param verbMember member that names the HTTP methods, or empty
 * @param pathMembers members that hold paths
 */
record Mapping(Family family, boolean client, String verb, String verbMember, List<String> pathMembers) {
	/** The verb is what {@link #verbMember} says; any verb if it says nothing. */
	static final String FROM_MEMBER = "*";

	/** Groups of annotations with one set of rules. */
	enum Family {
		SPRING("Spring", PathPattern.Style.SPRING),
		EXCHANGE("Spring HTTP interface", PathPattern.Style.SPRING),
		FEIGN("Feign", PathPattern.Style.SPRING),
		JAXRS("JAX-RS", PathPattern.Style.JAXRS),
		APPLICATION("JAX-RS", PathPattern.Style.JAXRS),
		SERVLET("Servlet", PathPattern.Style.SERVLET),
		MICRONAUT("Micronaut", PathPattern.Style.SPRING),
		QUARKUS("Quarkus routes", PathPattern.Style.SPRING),
		ARMERIA("Armeria", PathPattern.Style.SPRING),
		ROUTER("Router", PathPattern.Style.SPRING),
		KAFKA("Kafka", PathPattern.Style.NAME),
		RABBIT("RabbitMQ", PathPattern.Style.NAME),
		JMS("JMS", PathPattern.Style.NAME),
		/** A channel that settings bind to a topic. */
		CHANNEL("Channel", PathPattern.Style.NAME),
		QUEUE("Queue", PathPattern.Style.NAME);

		final String label;
		final PathPattern.Style style;
		final Endpoint.Kind kind;

		Family(String label, PathPattern.Style style) {
			this.label = label;
			this.style = style;
			this.kind = style == PathPattern.Style.NAME ? Endpoint.Kind.MESSAGE : Endpoint.Kind.HTTP;
		}
	}

	/** Members of a client whose values are put one after the other. */
	static final List<String> URL_THEN_PATH = List.of("url", "path");
	private static final List<String> PATH_OR_VALUE = List.of("path", "value");
	private static final Map<String, Mapping> BY_NAME = new HashMap<>();

	static {
		String spring = "org.springframework.web.bind.annotation.";
		put(spring + "RequestMapping", new Mapping(Family.SPRING, false, FROM_MEMBER, "method", PATH_OR_VALUE));
		String exchange = "org.springframework.web.service.annotation.";
		put(exchange + "HttpExchange",
				new Mapping(Family.EXCHANGE, true, FROM_MEMBER, "method", List.of("url", "value")));
		String micronaut = "io.micronaut.http.annotation.";
		put(micronaut + "Controller", new Mapping(Family.MICRONAUT, false, "", "", List.of("value")));
		put("io.micronaut.http.client.annotation.Client",
				new Mapping(Family.MICRONAUT, true, "", "", List.of("path", "value")));
		put(micronaut + "CustomHttpMethod",
				new Mapping(Family.MICRONAUT, false, FROM_MEMBER, "method", List.of("value", "uri", "uris")));
		for (String verb : List.of("Get", "Post", "Put", "Delete", "Patch", "Head", "Options")) {
			String name = verb.toUpperCase(Locale.ROOT);
			put(spring + verb + "Mapping", new Mapping(Family.SPRING, false, name, "", PATH_OR_VALUE));
			put(exchange + verb + "Exchange",
					new Mapping(Family.EXCHANGE, true, name, "", List.of("url", "value")));
			put(micronaut + verb, new Mapping(Family.MICRONAUT, false, name, "", List.of("value", "uri", "uris")));
			put("com.linecorp.armeria.server.annotation." + verb,
					new Mapping(Family.ARMERIA, false, name, "", List.of("value")));
			for (String ee : List.of("javax", "jakarta")) {
				put(ee + ".ws.rs." + name, new Mapping(Family.JAXRS, false, name, "", List.of()));
			}
		}
		for (String ee : List.of("javax", "jakarta")) {
			put(ee + ".ws.rs.Path", new Mapping(Family.JAXRS, false, "", "", List.of("value")));
			put(ee + ".ws.rs.HttpMethod", new Mapping(Family.JAXRS, false, FROM_MEMBER, "value", List.of()));
			put(ee + ".ws.rs.ApplicationPath", new Mapping(Family.APPLICATION, false, "", "", List.of("value")));
			put(ee + ".servlet.annotation.WebServlet",
					new Mapping(Family.SERVLET, false, "", "", List.of("value", "urlPatterns")));
		}
		put("org.eclipse.microprofile.rest.client.inject.RegisterRestClient",
				new Mapping(Family.JAXRS, true, "", "", List.of()));
		for (String feign : List.of("org.springframework.cloud.openfeign.", "org.springframework.cloud.netflix.feign.")) {
			put(feign + "FeignClient", new Mapping(Family.SPRING, true, "", "", URL_THEN_PATH));
		}
		put("feign.RequestLine", new Mapping(Family.FEIGN, true, FROM_MEMBER, "value", List.of("value")));
		put("io.quarkus.vertx.web.Route",
				new Mapping(Family.QUARKUS, false, FROM_MEMBER, "methods", List.of("path", "value")));
		put("com.linecorp.armeria.server.annotation.PathPrefix",
				new Mapping(Family.ARMERIA, false, "", "", List.of("value")));
		put("io.quarkus.vertx.web.RouteBase", new Mapping(Family.QUARKUS, false, "", "", List.of("path")));
	}

	static {
		listener("org.springframework.kafka.annotation.KafkaListener", Family.KAFKA, "topics", "topicPartitions.topic",
				"topicPattern");
		listener("io.micronaut.configuration.kafka.annotation.Topic", Family.KAFKA, "value", "patterns");
		listener("org.springframework.amqp.rabbit.annotation.RabbitListener", Family.RABBIT, "queues",
				"queuesToDeclare.value", "queuesToDeclare.name", "bindings.value.value", "bindings.value.name",
				"bindings.exchange.value", "bindings.exchange.name");
		listener("io.micronaut.rabbitmq.annotation.Queue", Family.RABBIT, "value");
		listener("org.springframework.jms.annotation.JmsListener", Family.JMS, "destination");
		listener("io.micronaut.jms.annotations.Queue", Family.JMS, "value");
		listener("io.awspring.cloud.sqs.annotation.SqsListener", Family.QUEUE, "value", "queueNames");
		listener("org.springframework.cloud.aws.messaging.listener.annotation.SqsListener", Family.QUEUE, "value");
		listener("org.springframework.pulsar.annotation.PulsarListener", Family.QUEUE, "value", "topics");
		listener("org.apache.rocketmq.spring.annotation.RocketMQMessageListener", Family.QUEUE, "topic");
		listener("org.springframework.cloud.stream.annotation.StreamListener", Family.CHANNEL, "value", "target");
		listener("org.eclipse.microprofile.reactive.messaging.Incoming", Family.CHANNEL, "value");
		put("org.eclipse.microprofile.reactive.messaging.Outgoing",
				new Mapping(Family.CHANNEL, true, "", "", List.of("value")));
		put("org.springframework.messaging.handler.annotation.SendTo",
				new Mapping(Family.QUEUE, true, "", "", List.of("value")));
		for (String ee : List.of("javax", "jakarta")) {
			listener(ee + ".ejb.MessageDriven", Family.JMS, "mappedName", "activationConfig.propertyValue");
		}
	}

	private static void listener(String name, Family family, String... members) {
		put(name, new Mapping(family, false, "", "", List.of(members)));
	}

	/** The meaning of an annotation by its qualified name, or null. */
	static Mapping of(String qualifiedName) {
		return BY_NAME.get(qualifiedName);
	}

	private static void put(String name, Mapping mapping) {
		BY_NAME.put(name, mapping);
	}
}
