package io.crosstrace.shop.billing;

import io.crosstrace.shop.api.BillingGrpc.BillingImplBase;
import io.crosstrace.shop.api.ChargeReply;
import io.crosstrace.shop.api.ChargeRequest;
import io.crosstrace.shop.ids.CallId;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.StreamObserver;

/** Takes the money. */
final class BillingService extends BillingImplBase {
	private static final Metadata.Key<String> CALL_ID = Metadata.Key.of("call-id", Metadata.ASCII_STRING_MARSHALLER);
	private static final Context.Key<CallId> CALL = Context.key("call");

	private final Books books;

	BillingService(Books books) {
		this.books = books;
	}

	@Override
	public void charge(ChargeRequest request, StreamObserver<ChargeReply> answer) {
		long charges = books.charge(request.getCustomer(), request.getCents(), CALL.get().call(1));
		answer.onNext(ChargeReply.newBuilder().setCharges(charges).build());
		answer.onCompleted();
	}

	/** Finds out on whose behalf a call is made. */
	static final class CallIds implements ServerInterceptor {
		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata head, ServerCallHandler<Q, A> next) {
			return Contexts.interceptCall(Context.current().withValue(CALL, CallId.valueOf(head.get(CALL_ID))), call, head, next);
		}
	}
}
