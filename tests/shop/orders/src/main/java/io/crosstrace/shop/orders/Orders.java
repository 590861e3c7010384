package io.crosstrace.shop.orders;

import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.client.RestClient;

/** Starts the orders service with its thread pools and the two services it calls. */
@SpringBootApplication
@EnableScheduling
public class Orders {
	private static final int DESKS = 16;
	private static final int CALLERS = 24;

	public static void main(String[] args) {
		SpringApplication.run(Orders.class, args);
	}

	@EventListener
	void ready(WebServerInitializedEvent event) {
		System.out.println("READY orders " + event.getWebServer().getPort());
	}

	/** Works on orders, one per thread. */
	@Bean(destroyMethod = "shutdownNow")
	ExecutorService desks() {
		return Executors.newFixedThreadPool(DESKS, named("desk"));
	}

	/** Calls the stock for the desks. A pool of its own, or desks that wait for calls would starve the calls. */
	@Bean(destroyMethod = "shutdownNow")
	ExecutorService callers() {
		return Executors.newFixedThreadPool(CALLERS, named("caller"));
	}

	@Bean
	RestClient stock(@Value("${shop.stock}") String url) {
		var connections = PoolingHttpClientConnectionManagerBuilder.create()
				.setMaxConnTotal(CALLERS).setMaxConnPerRoute(CALLERS).build();
		var client = HttpClients.custom().setConnectionManager(connections).disableAutomaticRetries().build();
		return RestClient.builder().requestFactory(new HttpComponentsClientHttpRequestFactory(client)).baseUrl(url)
				.build();
	}

	/** Sends and receives on its own selector thread, whoever calls. HTTP/1.1, or it asks for an upgrade to 2. */
	@Bean
	HttpClient pricing() {
		return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
	}

	private static ThreadFactory named(String name) {
		AtomicInteger number = new AtomicInteger();
		return task -> new Thread(task, name + "-" + number.incrementAndGet());
	}
}
