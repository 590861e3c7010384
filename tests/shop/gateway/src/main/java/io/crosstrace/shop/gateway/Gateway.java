package io.crosstrace.shop.gateway;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Starts the gateway and knows the services behind it. */
@SpringBootApplication
public class Gateway {
	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	public static void main(String[] args) {
		SpringApplication.run(Gateway.class, args);
	}

	@EventListener
	void ready(WebServerInitializedEvent event) {
		System.out.println("READY gateway " + event.getWebServer().getPort());
	}

	/** One pool of connections per service behind the gateway; whoever finds it empty waits in a queue. */
	@Bean
	HttpClient pooledClient(@Value("${shop.pool}") int connections) {
		return HttpClient.create(ConnectionProvider.builder("shop")
				.maxConnections(connections)
				.pendingAcquireMaxCount(-1)
				.pendingAcquireTimeout(TIMEOUT)
				.build()).responseTimeout(TIMEOUT);
	}

	@Bean
	WebClient orders(HttpClient client, @Value("${shop.orders}") String url) {
		return webClient(client, url);
	}

	@Bean
	WebClient stock(HttpClient client, @Value("${shop.stock}") String url) {
		return webClient(client, url);
	}

	@Bean
	WebClient pricing(HttpClient client, @Value("${shop.pricing}") String url) {
		return webClient(client, url);
	}

	private static WebClient webClient(HttpClient client, String url) {
		return WebClient.builder().clientConnector(new ReactorClientHttpConnector(client)).baseUrl(url).build();
	}
}
