package io.crosstrace.shop.billing;

import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** Serves {@link BillingService} on the port in the environment's PORT, and {@link InvoiceWriter}, until it is killed. */
public final class Billing {
	private static final int WORKERS = 16;

	private Billing() {
	}

	public static void main(String[] args) throws Exception {
		int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "0"));
		Books books = Books.open(System.getenv("POSTGRES_URL"));
		if (System.getenv("RABBIT_PORT") != null) {
			InvoiceWriter.start(Integer.parseInt(System.getenv("RABBIT_PORT")), books);
		}
		Server server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", port))
				.executor(Executors.newFixedThreadPool(WORKERS))
				.addService(ServerInterceptors.intercept(new BillingService(books), new BillingService.CallIds())).build().start();
		System.out.println("READY billing " + server.getPort());
		server.awaitTermination();
	}
}
