package io.crosstrace.shop.stock;

import java.io.IOException;
import java.net.URI;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.jackson.JacksonFeature;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** Serves {@link StockResource} on the port in the environment's PORT until it is killed. */
public final class Stock {
	private static final int WORKERS = 16;

	private Stock() {
	}

	public static void main(String[] args) throws IOException, InterruptedException {
		Logger.getLogger("org.glassfish").setLevel(Level.WARNING);
		int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "0"));
		ResourceConfig resources = new ResourceConfig(StockResource.class, JacksonFeature.class)
				.property(ServerProperties.WADL_FEATURE_DISABLE, true);
		HttpServer server = GrizzlyHttpServerFactory.createHttpServer(
				URI.create("http://127.0.0.1:" + port + "/"), resources, false);
		server.getListener("grizzly").getTransport().setWorkerThreadPoolConfig(ThreadPoolConfig.defaultConfig()
				.setPoolName("stock").setCorePoolSize(WORKERS).setMaxPoolSize(WORKERS));
		server.getListener("grizzly").getKeepAlive().setMaxRequestsCount(-1);
		server.start();
		Shelves.OURS.hashCode(); // fills them before somebody asks
		System.out.println("READY stock " + server.getListener("grizzly").getPort());
		Thread.currentThread().join();
	}
}
