package io.crosstrace.wire.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Walks the fields of one protobuf message in an array of bytes. One thread; allocates nothing but itself. */
final class ProtoFields {
	private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

	private final byte[] bytes;
	private int at;
	private final int end;
	int tag;
	/** Where the field's bytes are, if it has a length. */
	int from;
	int to;
	/** The field's value, if it is a number. */
	long value;

	ProtoFields(byte[] bytes, int from, int to) {
		this.bytes = bytes;
		at = from;
		end = to;
	}

	boolean is(int field, int wireType) {
		return tag == (field << 3 | wireType);
	}

	boolean next() throws InvalidProtocolBufferException {
		if (at >= end) {
			return false;
		}
		tag = (int) varint();
		switch (tag & 7) {
			case 0 -> value = varint();
			case 1 -> {
				need(8);
				value = (long) LITTLE.get(bytes, at);
				at += 8;
			}
			case 2 -> {
				long length = varint();
				if (length < 0 || length > end - at) {
					throw new InvalidProtocolBufferException("a field of " + length + " bytes where " + (end - at) + " are left");
				}
				from = at;
				to = at + (int) length;
				at = to;
			}
			case 5 -> {
				need(4);
				value = (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16
						| (bytes[at + 3] & 0xffL) << 24;
				at += 4;
			}
			default -> throw new InvalidProtocolBufferException("a field of wire type " + (tag & 7));
		}
		return true;
	}

	private void need(int count) throws InvalidProtocolBufferException {
		if (count > end - at) {
			throw new InvalidProtocolBufferException("a number of " + count + " bytes where " + (end - at) + " are left");
		}
	}

	private long varint() throws InvalidProtocolBufferException {
		long result = 0;
		for (int shift = 0; shift < 64; shift += 7) {
			if (at >= end) {
				throw new InvalidProtocolBufferException("a number without an end");
			}
			byte next = bytes[at++];
			result |= (next & 0x7fL) << shift;
			if (next >= 0) {
				return result;
			}
		}
		throw new InvalidProtocolBufferException("a number of more than 64 bits");
	}
}
