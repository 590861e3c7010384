package io.crosstrace.shop.orders;

import io.crosstrace.shop.api.BillingGrpc;
import io.crosstrace.shop.api.BillingGrpc.BillingBlockingStub;
import io.crosstrace.shop.api.ChargeRequest;
import io.crosstrace.shop.ids.CallId;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Takes the money by way of the billing: all calls share one connection. */
@Component
class Cashier {
	private static final Metadata.Key<String> CALL_ID = Metadata.Key.of("call-id", Metadata.ASCII_STRING_MARSHALLER);
	private static final int SECONDS = 30;

	private final BillingBlockingStub billing;

	Cashier(@Value("${shop.billing}") int port) {
		ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
		channel.getState(true); // connects now: the first customer need not wait
		billing = BillingGrpc.newBlockingStub(channel);
	}

	void charge(int customer, int cents, CallId call) {
		Metadata metadata = new Metadata();
		metadata.put(CALL_ID, call.toString());
		billing.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata)).withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
				.charge(ChargeRequest.newBuilder().setCustomer(customer).setCents(cents).build());
	}
}
