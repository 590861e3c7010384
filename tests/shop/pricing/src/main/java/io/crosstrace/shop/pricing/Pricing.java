package io.crosstrace.shop.pricing;

import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Starts the pricing service and knows the stock it asks. */
@SpringBootApplication
public class Pricing {
	private static final int CONNECTIONS = 64;

	public static void main(String[] args) {
		SpringApplication.run(Pricing.class, args);
	}

	@EventListener
	void ready(WebServerInitializedEvent event) {
		System.out.println("READY pricing " + event.getWebServer().getPort());
	}

	/** Blocks the virtual thread that calls, in a pool smaller than the number of threads may be. */
	@Bean
	RestClient stock(@Value("${shop.stock}") String url) {
		var connections = PoolingHttpClientConnectionManagerBuilder.create()
				.setMaxConnTotal(CONNECTIONS).setMaxConnPerRoute(CONNECTIONS).build();
		var client = HttpClients.custom().setConnectionManager(connections).disableAutomaticRetries().build();
		return RestClient.builder().requestFactory(new HttpComponentsClientHttpRequestFactory(client)).baseUrl(url)
				.build();
	}
}
