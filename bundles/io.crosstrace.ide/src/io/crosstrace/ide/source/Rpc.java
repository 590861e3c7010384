package io.crosstrace.ide.source;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.Sources.Located;

/**
 * Remote procedures: gRPC services (classes on generated {@code ImplBase} types, or marked as gRPC services) and
 * Dubbo and Thrift services. A procedure's path is {@code /package.Service/Method}; a package that the sources do not tell
 * stands open.
 */
final class Rpc {
	/** In a text's reference: the qualified name of a type, not the value of a constant. */
	static final String TYPE = "type:";
	/** Fields bearing one of these call a remote service of the field's type. */
	static final Set<String> CLIENT_MARKS = Set.of("DubboReference", "Reference", "GrpcClient", "MotanReferer",
			"SofaReference");
	private static final Set<String> DUBBO = Set.of("org.apache.dubbo.config.annotation.DubboService",
			"org.apache.dubbo.config.annotation.Service", "com.alibaba.dubbo.config.annotation.Service");
	private static final String OPEN = String.valueOf(PathPattern.HOLE);

	private final Sources sources;
	private final Constants constants;
	/** Interfaces that Dubbo's XML exports. */
	private final Set<String> exported = new HashSet<>();

	Rpc(Sources sources, Constants constants, Map<String, ProjectSettings> settings) {
		this.sources = sources;
		this.constants = constants;
		settings.values().forEach(each -> exported.addAll(each.exported()));
	}

	void find(Located type, Consumer<Endpoint> out) {
		if (type.type().isInterface()) {
			return;
		}
		boolean dubbo = marked(type, DUBBO);
		boolean grpc = type.type().marks().stream().anyMatch(mark -> mark.name().endsWith("GrpcService"));
		for (Located each : sources.linearize(type)) {
			for (String supertype : each.type().supertypes()) {
				String bare = supertype.replaceFirst("<.*", "");
				String simple = bare.substring(bare.lastIndexOf('.') + 1);
				if (simple.endsWith("ImplBase")) {
					serve("gRPC", type, service(each, bare, simple.substring(0, simple.length() - 8)), out);
				} else if (simple.equals("AsyncService") && bare.contains("Grpc")) {
					String maker = bare.substring(0, bare.lastIndexOf('.'));
					String outer = maker.substring(maker.lastIndexOf('.') + 1);
					serve("gRPC", type, service(each, bare, outer.substring(0, outer.length() - 4)), out);
				} else if (each == type && (dubbo || exports(each, bare))) {
					serve("Dubbo", type, Sources.candidates(each, bare).stream().filter(exported::contains).findFirst()
							.orElse(Sources.candidates(each, bare).get(0)), out);
				} else if (simple.matches("(Async)?Iface") && bare.contains(".")) {
					String outer = bare.substring(0, bare.lastIndexOf('.'));
					serve("Thrift", type, outer.substring(outer.lastIndexOf('.') + 1), out);
					serve("Thrift", type, "", out); // the protocol names no service unless several share a connection
				} else if (grpc && each == type) {
					serve("gRPC", type, OPEN + simple, out);
				}
			}
		}
	}

	private boolean exports(Located type, String supertype) {
		return !exported.isEmpty() && Sources.candidates(type, supertype).stream().anyMatch(exported::contains);
	}

	private boolean marked(Located type, Set<String> names) {
		return type.type().marks().stream().anyMatch(
				mark -> Sources.candidates(type, mark.name()).stream().anyMatch(names::contains));
	}

	/** The full name if the generated code is at hand to tell it. */
	private String service(Located where, String base, String simple) {
		String bare = simple.replaceFirst("^(Mutiny|Reactor|Rx3?)(?=[A-Z])", "");
		int dot = base.lastIndexOf('.');
		String maker = dot > 0 ? base.substring(0, dot) : bare + "Grpc";
		return named(where, maker, bare);
	}

	private String named(Located where, String maker, String simple) {
		String name = constants.value(where,
				new Facts.Text(List.of(new Facts.Part(Facts.Kind.REFERENCE, maker + ".SERVICE_NAME"))));
		return name.contains(OPEN) ? OPEN + simple : name;
	}

	private static void serve(String framework, Located type, String service, Consumer<Endpoint> out) {
		for (Facts.Method method : type.type().methods()) {
			if (method.hasBody() && !method.name().equals(type.type().simpleName())) {
				out.accept(new Endpoint(Kind.RPC, Side.SERVER, framework, Set.of(),
						PathPattern.of(PathPattern.Style.RPC, service.isEmpty() ? "/" : "/" + service + "/", method.name()),
						type.place(method.place()), type.unit().test()));
			}
		}
	}

	/** A call on a stub, or null if its service cannot be told. */
	Endpoint call(Located type, Facts.Call call) {
		List<Facts.Part> parts = call.target().parts();
		Facts.Part service = parts.get(0);
		String name;
		if (service.kind() == Facts.Kind.REFERENCE && service.value().startsWith(TYPE)) {
			name = Sources.candidates(type, service.value().substring(TYPE.length())).get(0);
		} else if (service.kind() == Facts.Kind.REFERENCE) {
			String simple = service.value().substring(service.value().lastIndexOf('.') + 1);
			name = named(type, service.value(), simple.substring(0, simple.length() - 4)
					.replaceFirst("^(Mutiny|Reactor|Rx3?)(?=[A-Z])", ""));
		} else {
			name = OPEN + service.value();
		}
		return new Endpoint(Kind.RPC, Side.CLIENT, "Stub", Set.of(),
				PathPattern.of(PathPattern.Style.RPC, "/" + name + parts.get(1).value()), type.place(call.place()),
				type.unit().test());
	}

	/** {@code GreeterGrpc.GreeterBlockingStub} is a stub of what {@code GreeterGrpc} makes; else by the stub's own name. */
	static Facts.Text serviceOfStub(String stub) {
		int maker = stub.indexOf("Grpc.");
		if (maker >= 0) {
			return new Facts.Text(List.of(new Facts.Part(Facts.Kind.REFERENCE, stub.substring(0, maker + 4))));
		}
		String simple = stub.substring(stub.lastIndexOf('.') + 1).replaceFirst("<.*", "");
		return Facts.Text.literal(simple.replaceFirst("(Blocking|BlockingV2|Future|Async)?Stub$", "")
				.replaceFirst("^(Mutiny|Reactor|Rx3?)(?=[A-Z])", ""));
	}
}
