package io.crosstrace.core.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in byte arrays, big endian unless the name says otherwise. Ranges are the caller's to check. */
public final class Binary {
	private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
	private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
	private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
	private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

	private Binary() {
	}

	public static int int16(byte[] in, int at) {
		return (short) SHORT.get(in, at);
	}

	public static int uint16(byte[] in, int at) {
		return (short) SHORT.get(in, at) & 0xffff;
	}

	public static int int32(byte[] in, int at) {
		return (int) INT.get(in, at);
	}

	public static long int64(byte[] in, int at) {
		return (long) LONG.get(in, at);
	}

	public static int little32(byte[] in, int at) {
		return (int) LITTLE.get(in, at);
	}

	/** Whether all bytes are printable ASCII. */
	public static boolean printable(byte[] in, int from, int to) {
		for (int i = from; i < to; i++) {
			if (in[i] < ' ' || in[i] > '~') {
				return false;
			}
		}
		return true;
	}
}
