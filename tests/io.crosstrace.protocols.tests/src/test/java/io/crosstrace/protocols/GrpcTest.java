package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/** grpc-java against itself: unary, streaming both ways, errors, deadlines, and many calls at once on one connection. */
class GrpcTest {
	private static final String[] KEYS = { "rpc.system.name", "rpc.method", "rpc.response.status_code" };
	private static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {
		@Override
		public InputStream stream(String value) {
			return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
		}

		@Override
		public String parse(InputStream stream) {
			try {
				return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
			} catch (IOException e) {
				throw new UncheckedIOException(e);
			}
		}
	};
	static final MethodDescriptor<String, String> FIND = method("Find", MethodDescriptor.MethodType.UNARY);
	private static final MethodDescriptor<String, String> WATCH = method("Watch", MethodDescriptor.MethodType.SERVER_STREAMING);
	private static final MethodDescriptor<String, String> COUNT = method("Count", MethodDescriptor.MethodType.CLIENT_STREAMING);

	private static MethodDescriptor<String, String> method(String name, MethodDescriptor.MethodType type) {
		return MethodDescriptor.<String, String>newBuilder(TEXT, TEXT).setType(type).setFullMethodName("shop.Orders/" + name).build();
	}

	private static String span(String method, String code) {
		return "CLIENT shop.Orders/" + method + " rpc.system.name=grpc rpc.method=shop.Orders/" + method
				+ (code.isEmpty() ? "" : " rpc.response.status_code=" + code + (code.equals("OK") ? "" : " ERROR " + code));
	}

	@Test
	void whatTheClientDoes_isTold() throws Exception {
		Server server = NettyServerBuilder.forPort(0).addService(service()).build().start();
		try (Tap tap = new Tap(server.getPort())) {
			ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", tap.port()).usePlaintext().build();
			List<String> expected = new ArrayList<>();
			try {
				assertEquals("found 1", ClientCalls.blockingUnaryCall(channel, FIND, CallOptions.DEFAULT, "1"));
				expected.add(span("Find", "OK"));
				fails(channel, CallOptions.DEFAULT, "missing", Status.Code.NOT_FOUND);
				expected.add(span("Find", "NOT_FOUND"));
				Iterator<String> watched = ClientCalls.blockingServerStreamingCall(channel, WATCH, CallOptions.DEFAULT, "1000");
				int seen = 0;
				while (watched.hasNext()) {
					watched.next();
					seen++;
				}
				assertEquals(1000, seen);
				expected.add(span("Watch", "OK"));
				CountDownLatch counted = new CountDownLatch(1);
				StreamObserver<String> counting = ClientCalls.asyncClientStreamingCall(channel.newCall(COUNT, CallOptions.DEFAULT),
						observer(counted));
				for (int i = 0; i < 500; i++) {
					counting.onNext("x".repeat(100));
				}
				counting.onCompleted();
				counted.await(20, TimeUnit.SECONDS);
				expected.add(span("Count", "OK"));
				fails(channel, CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS), "never", Status.Code.DEADLINE_EXCEEDED);
				expected.add(span("Find", "CANCELLED")); // what the wire says: the deadline is the client's own
				assertEquals(expected, Spans.await(expected.size(), () -> tap.clientSpans(KEYS)), tap.losses());
				manyAtOnce(channel, tap, expected);
			} finally {
				channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
			}
		} finally {
			server.shutdownNow().awaitTermination();
		}
	}

	private static void manyAtOnce(ManagedChannel channel, Tap tap, List<String> expected) throws InterruptedException {
		try (ExecutorService callers = Executors.newFixedThreadPool(16)) {
			for (int caller = 0; caller < 16; caller++) {
				int number = caller;
				callers.submit(() -> IntStream.range(0, 100).forEach(i -> {
					if ((i + number) % 5 == 0) {
						fails(channel, CallOptions.DEFAULT, "missing", Status.Code.NOT_FOUND);
					} else {
						ClientCalls.blockingUnaryCall(channel, FIND, CallOptions.DEFAULT, "y".repeat(i));
					}
				}));
			}
		}
		int all = expected.size() + 1600;
		List<String> told = Spans.await(all, () -> tap.clientSpans(KEYS));
		assertEquals("{" + span("Find", "NOT_FOUND") + "=320, " + span("Find", "OK") + "=1280}",
				told.subList(expected.size(), told.size()).stream()
						.collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting())).toString());
		assertEquals(all, Spans.await(all, () -> tap.serverSpans(KEYS)).size());
	}

	private static void fails(ManagedChannel channel, CallOptions options, String id, Status.Code code) {
		try {
			ClientCalls.blockingUnaryCall(channel, FIND, options, id);
			throw new AssertionError("no failure");
		} catch (StatusRuntimeException e) {
			assertEquals(code, e.getStatus().getCode());
		}
	}

	private static StreamObserver<String> observer(CountDownLatch done) {
		return new StreamObserver<>() {
			@Override
			public void onNext(String value) {
			}

			@Override
			public void onError(Throwable error) {
				done.countDown();
			}

			@Override
			public void onCompleted() {
				done.countDown();
			}
		};
	}

	static ServerServiceDefinition service() {
		return ServerServiceDefinition.builder("shop.Orders").addMethod(FIND, ServerCalls.asyncUnaryCall((id, answer) -> {
			switch (id) {
			case "missing" -> answer.onError(Status.NOT_FOUND.withDescription("secret").asRuntimeException());
			case "never" -> { // answered by nobody
			}
			default -> {
				answer.onNext("found " + id);
				answer.onCompleted();
			}
			}
		})).addMethod(WATCH, ServerCalls.asyncServerStreamingCall((count, answer) -> {
			for (int i = 0; i < Integer.parseInt(count); i++) {
				answer.onNext("event " + i);
			}
			answer.onCompleted();
		})).addMethod(COUNT, ServerCalls.asyncClientStreamingCall(answer -> new StreamObserver<>() {
			private int count;

			@Override
			public void onNext(String value) {
				count++;
			}

			@Override
			public void onError(Throwable error) {
			}

			@Override
			public void onCompleted() {
				answer.onNext(Integer.toString(count));
				answer.onCompleted();
			}
		})).build();
	}
}
