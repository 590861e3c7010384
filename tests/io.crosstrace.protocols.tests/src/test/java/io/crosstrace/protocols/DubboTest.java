package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.dubbo.config.ApplicationConfig;
import org.apache.dubbo.config.ProtocolConfig;
import org.apache.dubbo.config.ReferenceConfig;
import org.apache.dubbo.config.RegistryConfig;
import org.apache.dubbo.config.ServiceConfig;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.model.FrameworkModel;
import org.junit.jupiter.api.Test;

import io.crosstrace.servers.Servers;

/** Apache Dubbo, both ends. */
class DubboTest {
	private static final String[] KEYS = { "rpc.system.name", "rpc.method", "rpc.response.status_code" };
	private static final String SERVICE = Prices.class.getName();

	/** What is called. */
	public interface Prices {
		String priceOf(String product, int count);

		void refuse(String product) throws Refused;
	}

	/** What the service declares. */
	public static final class Refused extends Exception {
		private static final long serialVersionUID = 1;

		public Refused(String message) {
			super(message);
		}
	}

	/** The service. */
	public static final class Service implements Prices {
		@Override
		public String priceOf(String product, int count) {
			return product + " costs " + count;
		}

		@Override
		public void refuse(String product) throws Refused {
			throw new Refused("no " + product);
		}
	}

	private static String span(String method, String rest) {
		return "CLIENT " + SERVICE + "/" + method + " rpc.system.name=dubbo rpc.method=" + SERVICE + "/" + method
				+ " rpc.response.status_code=OK" + rest;
	}

	@Test
	void hessian_isTold() throws Exception {
		callsAreTold("hessian2");
	}

	@Test
	void fastjson_isTold() throws Exception {
		callsAreTold("fastjson2");
	}

	private static void callsAreTold(String serialization) throws Exception {
		int port = Servers.freePort();
		FrameworkModel framework = new FrameworkModel();
		try (Tap tap = new Tap(port)) {
			ServiceConfig<Prices> service = new ServiceConfig<>(framework.newApplication().newModule());
			service.setApplication(application("server"));
			service.setRegistry(new RegistryConfig("N/A"));
			ProtocolConfig protocol = new ProtocolConfig("dubbo", port);
			protocol.setHost("127.0.0.1");
			protocol.setSerialization(serialization);
			protocol.setPreferSerialization(serialization);
			service.setProtocol(protocol);
			service.setProxy("jdk");
			service.setInterface(Prices.class);
			service.setRef(new Service());
			service.export();
			ReferenceConfig<Prices> reference = new ReferenceConfig<>(framework.newApplication().newModule());
			reference.setApplication(application("client"));
			reference.setInterface(Prices.class);
			reference.setProxy("jdk");
			reference.setTimeout(20_000);
			reference.setRetries(0);
			// 127.0.0.1, written so that Dubbo does not put the machine's other address in its place
			reference.setUrl("dubbo://2130706433:" + tap.port() + "/" + SERVICE + "?serialization=" + serialization
					+ "&prefer.serialization=" + serialization);
			Prices prices = reference.get();
			List<String> expected = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				RpcContext.getClientAttachment().setAttachment("traceparent",
						"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
				assertEquals("the secret apple costs " + i, prices.priceOf("the secret apple", i));
				expected.add(span("priceOf", ""));
			}
			assertThrows(Refused.class, () -> prices.refuse("pear"));
			expected.add(span("refuse", " ERROR " + Refused.class.getName()));
			assertEquals(expected, Spans.await(expected.size(), () -> tap.clientSpans(KEYS)));
			assertEquals(3, tap.clientTables().stream().mapToLong(table -> Spans.ofTrace(table, 0x8448eb211c80319cL)).sum());
		} finally {
			framework.destroy();
		}
	}

	private static ApplicationConfig application(String name) {
		ApplicationConfig application = new ApplicationConfig(name);
		application.setQosEnable(false);
		application.setParameters(Map.of("metadata-type", "local"));
		return application;
	}
}
