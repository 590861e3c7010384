package io.crosstrace.protocols;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;

import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TList;
import org.apache.thrift.protocol.TMap;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolFactory;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TStruct;
import org.apache.thrift.protocol.TType;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransport;
import org.apache.thrift.transport.TTransportFactory;
import org.apache.thrift.transport.layered.TFramedTransport;
import org.junit.jupiter.api.Test;

import io.crosstrace.servers.Servers;

/** Apache Thrift's own server and transports; what generated code would write is written by hand. */
class ThriftTest {
	private static final String[] KEYS = { "rpc.system.name", "rpc.method" };

	private static String span(String method, String rest) {
		return "CLIENT " + method + " rpc.system.name=thrift rpc.method=" + method + rest;
	}

	@Test
	void binary_isTold() throws Exception {
		callsAreTold(new TBinaryProtocol.Factory(), new TTransportFactory());
	}

	@Test
	void binaryInFrames_isTold() throws Exception {
		callsAreTold(new TBinaryProtocol.Factory(), new TFramedTransport.Factory());
	}

	@Test
	void compact_isTold() throws Exception {
		callsAreTold(new TCompactProtocol.Factory(), new TTransportFactory());
	}

	@Test
	void compactInFrames_isTold() throws Exception {
		callsAreTold(new TCompactProtocol.Factory(), new TFramedTransport.Factory());
	}

	private static void callsAreTold(TProtocolFactory protocols, TTransportFactory transports) throws Exception {
		int port = Servers.freePort();
		TServer server = new TThreadPoolServer(new TThreadPoolServer.Args(new TServerSocket(port)).protocolFactory(protocols)
				.transportFactory(transports).processor((in, out) -> serve(in, out)));
		Thread.ofVirtual().start(server::serve);
		try (Tap tap = new Tap(port)) {
			while (!server.isServing()) {
				Thread.sleep(10);
			}
			List<String> expected = new ArrayList<>();
			TTransport transport = transports.getTransport(new TSocket("127.0.0.1", tap.port()));
			transport.open();
			TProtocol protocol = protocols.getProtocol(transport);
			for (int i = 1; i <= 3; i++) {
				call(protocol, "priceOf", TMessageType.CALL, i);
				expected.add(span("priceOf", ""));
			}
			call(protocol, "note", TMessageType.ONEWAY, 4);
			expected.add(span("note", ""));
			call(protocol, "refuse", TMessageType.CALL, 5);
			expected.add(span("refuse", " ERROR _OTHER"));
			call(protocol, "Stock:unknown", TMessageType.CALL, 6);
			expected.add(span("Stock/unknown", " ERROR TApplicationException"));
			assertEquals(expected, Spans.await(expected.size(), () -> tap.clientSpans(KEYS)));
			transport.close();
		} finally {
			server.stop();
		}
	}

	private static void call(TProtocol protocol, String method, byte type, int sequence) throws TException {
		protocol.writeMessageBegin(new TMessage(method, type, sequence));
		protocol.writeStructBegin(new TStruct("args"));
		protocol.writeFieldBegin(new TField("name", TType.STRING, (short) 1));
		protocol.writeString("the secret apple");
		protocol.writeFieldEnd();
		protocol.writeFieldBegin(new TField("days", TType.LIST, (short) 2));
		protocol.writeListBegin(new TList(TType.I32, 20));
		for (int i = 0; i < 20; i++) {
			protocol.writeI32(i * 1000);
		}
		protocol.writeListEnd();
		protocol.writeFieldEnd();
		protocol.writeFieldBegin(new TField("options", TType.MAP, (short) 30));
		protocol.writeMapBegin(new TMap(TType.STRING, TType.DOUBLE, 1));
		protocol.writeString("limit");
		protocol.writeDouble(1.5);
		protocol.writeMapEnd();
		protocol.writeFieldEnd();
		protocol.writeFieldBegin(new TField("exact", TType.BOOL, (short) 31));
		protocol.writeBool(true);
		protocol.writeFieldEnd();
		protocol.writeFieldStop();
		protocol.writeStructEnd();
		protocol.writeMessageEnd();
		protocol.getTransport().flush();
		if (type == TMessageType.CALL) {
			assertEquals(sequence, protocol.readMessageBegin().seqid);
			TProtocolUtil.skip(protocol, TType.STRUCT);
			protocol.readMessageEnd();
		}
	}

	private static void serve(TProtocol in, TProtocol out) throws TException {
		TMessage call = in.readMessageBegin();
		TProtocolUtil.skip(in, TType.STRUCT);
		in.readMessageEnd();
		if (call.type == TMessageType.ONEWAY) {
			return;
		}
		if (call.name.endsWith("unknown")) {
			out.writeMessageBegin(new TMessage(call.name, TMessageType.EXCEPTION, call.seqid));
			new TApplicationException(TApplicationException.UNKNOWN_METHOD, "no such method").write(out);
		} else {
			boolean refuses = call.name.equals("refuse");
			out.writeMessageBegin(new TMessage(call.name, TMessageType.REPLY, call.seqid));
			out.writeStructBegin(new TStruct("result"));
			out.writeFieldBegin(new TField("", refuses ? TType.STRUCT : TType.I64, (short) (refuses ? 1 : 0)));
			if (refuses) {
				out.writeStructBegin(new TStruct("Refused"));
				out.writeFieldStop();
				out.writeStructEnd();
			} else {
				out.writeI64(42);
			}
			out.writeFieldEnd();
			out.writeFieldStop();
			out.writeStructEnd();
		}
		out.writeMessageEnd();
		out.getTransport().flush();
	}
}
