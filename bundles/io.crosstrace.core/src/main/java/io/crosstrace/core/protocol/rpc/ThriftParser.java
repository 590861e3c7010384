package io.crosstrace.core.protocol.rpc;

import io.crosstrace.core.protocol.FrameParser;
import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.Message;
import io.crosstrace.core.protocol.MessageSink;

/** One direction of a Thrift connection. */
final class ThriftParser extends FrameParser {
	private final Thrift thrift;
	private final boolean requests;
	private final Thrift.Head head = new Thrift.Head();
	private ThriftStruct struct;
	private boolean ends;
	private long stream;

	ThriftParser(Thrift thrift, Link link, boolean requests) {
		super(thrift.context, Thrift.LOOK);
		this.thrift = thrift;
		this.requests = requests;
	}

	@Override
	protected long length(byte[] in, int from, int to) {
		int read = head.read(in, from, to);
		if (read != Thrift.Head.YES) {
			return read;
		}
		if (head.framed) {
			return head.length;
		}
		if (struct == null) {
			struct = new ThriftStruct(head.compact);
		}
		int end = struct.end(in, head.body, to);
		return end == ThriftStruct.SHORT ? MORE : end == ThriftStruct.WRONG ? WRONG : end - from;
	}

	@Override
	protected int start(byte[] in, int from, int to) {
		int read = head.read(in, from, to);
		if (read == Thrift.Head.MORE) {
			return (in[from] & 0xff) >= 0x80 || to - from > 4 || in[from] == 0 ? MAYBE : NO;
		}
		boolean asks = head.type == Thrift.CALL || head.type == Thrift.ONE_WAY;
		return read == Thrift.Head.YES && asks == requests ? YES : NO;
	}

	@Override
	protected boolean read(byte[] in, int from, int to, boolean cut, MessageSink out) {
		ends = false;
		if (head.read(in, from, to) != Thrift.Head.YES) {
			return false;
		}
		stream = head.sequence & 0xffffffffL;
		Message message = context.message.clear(requests, position(from));
		message.stream = stream;
		boolean asks = head.type == Thrift.CALL || head.type == Thrift.ONE_WAY;
		if (asks != requests) {
			return true; // does not belong here
		}
		if (requests) {
			message.oneWay = head.type == Thrift.ONE_WAY;
			ends = message.oneWay;
			int length = head.nameTo - head.nameFrom;
			System.arraycopy(in, head.nameFrom, context.scratch, 0, length);
			for (int i = 0; i < length; i++) {
				if (context.scratch[i] == ':') {
					context.scratch[i] = '/'; // of several services on one connection
				}
			}
			message.operation = context.texts.id(context.scratch, 0, length, context.names);
			context.attribute(context.semconv.rpcSystemName, "thrift");
			context.attribute(context.semconv.rpcMethod, context.texts.text(context.scratch, 0, length));
		} else {
			ends = true;
			answer(in, to, message);
		}
		out.begin(message);
		return true;
	}

	/** Field 0 of what is returned is the result; another is an exception that the service declares. */
	private void answer(byte[] in, int to, Message message) {
		boolean declared = head.type == Thrift.REPLY && ThriftStruct.firstField(in, head.body, to, head.compact) > 0;
		if (head.type == Thrift.EXCEPTION || declared) {
			message.serverError = message.clientError = true;
			context.attribute(context.semconv.errorType, declared ? "_OTHER" : "TApplicationException");
		}
	}

	@Override
	protected void ended(boolean incomplete, boolean before, MessageSink out) {
		if (ends) {
			ends = false;
			Message message = context.ending.clear(requests, 0);
			message.stream = stream;
			message.incomplete = incomplete;
			message.before = before;
			out.end(message);
		}
	}
}
