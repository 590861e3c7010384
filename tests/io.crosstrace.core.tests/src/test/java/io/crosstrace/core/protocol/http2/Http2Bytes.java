package io.crosstrace.core.protocol.http2;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;

/** Writes the frames of one direction, with Netty's compression: what is said twice is indexed. */
final class Http2Bytes {
	private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder((name, value) -> false, false, 16, 0);
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	static Http2Bytes client() {
		Http2Bytes bytes = new Http2Bytes();
		bytes.out.writeBytes(Frame.PREFACE);
		return bytes.frame(Frame.SETTINGS, 0, 0, new byte[] { 0, 3, 0, 0, 0, 100 });
	}

	static Http2Bytes server() {
		return new Http2Bytes().frame(Frame.SETTINGS, 0, 0, new byte[6]).frame(Frame.SETTINGS, 1, 0, new byte[0]);
	}

	Http2Bytes tableSize(long bytes) {
		try {
			encoder.maxHeaderTableSize(bytes);
			return this;
		} catch (Http2Exception e) {
			throw new IllegalStateException(e);
		}
	}

	/** "GET", "/a", then name, value, ... */
	Http2Bytes request(int stream, boolean last, String method, String path, String... more) {
		return headers(stream, last ? Frame.END_STREAM | Frame.END_HEADERS : Frame.END_HEADERS, pairs(more, ":method", method,
				":scheme", "http", ":authority", "shop:8080", ":path", path));
	}

	Http2Bytes answer(int stream, boolean last, String status, String... more) {
		return headers(stream, last ? Frame.END_STREAM | Frame.END_HEADERS : Frame.END_HEADERS, pairs(more, ":status", status));
	}

	Http2Bytes trailers(int stream, String... more) {
		return headers(stream, Frame.END_STREAM | Frame.END_HEADERS, pairs(more));
	}

	Http2Bytes data(int stream, boolean last, String text) {
		return frame(Frame.DATA, last ? Frame.END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/** The block in pieces of {@code size} bytes: HEADERS, then CONTINUATION. */
	Http2Bytes inPieces(int stream, boolean last, int size, String... pairs) {
		byte[] block = block(pairs);
		for (int at = 0; at < block.length; at += size) {
			int end = Math.min(block.length, at + size);
			int flags = (at == 0 && last ? Frame.END_STREAM : 0) | (end == block.length ? Frame.END_HEADERS : 0);
			frame(at == 0 ? Frame.HEADERS : Frame.CONTINUATION, flags, stream, Arrays.copyOfRange(block, at, end));
		}
		return this;
	}

	/** With padding and a priority. */
	Http2Bytes padded(int stream, String... pairs) {
		byte[] block = block(pairs);
		byte[] payload = new byte[1 + 5 + block.length + 7];
		payload[0] = 7;
		System.arraycopy(block, 0, payload, 6, block.length);
		return frame(Frame.HEADERS, Frame.PADDED | Frame.PRIORITIZED | Frame.END_HEADERS | Frame.END_STREAM, stream, payload);
	}

	Http2Bytes reset(int stream, int code) {
		return frame(Frame.RST_STREAM, 0, stream, new byte[] { 0, 0, 0, (byte) code });
	}

	Http2Bytes push(int stream, int promised, String path) {
		byte[] block = block(":method", "GET", ":scheme", "http", ":authority", "shop:8080", ":path", path);
		byte[] payload = new byte[4 + block.length];
		payload[3] = (byte) promised;
		System.arraycopy(block, 0, payload, 4, block.length);
		return frame(Frame.PUSH_PROMISE, Frame.END_HEADERS, stream, payload);
	}

	Http2Bytes headers(int stream, int flags, String... pairs) {
		return frame(Frame.HEADERS, flags, stream, block(pairs));
	}

	Http2Bytes frame(int type, int flags, int stream, byte[] payload) {
		int length = payload.length;
		out.writeBytes(new byte[] { (byte) (length >> 16), (byte) (length >> 8), (byte) length, (byte) type, (byte) flags,
				(byte) (stream >> 24), (byte) (stream >> 16), (byte) (stream >> 8), (byte) stream });
		out.writeBytes(payload);
		return this;
	}

	byte[] block(String... pairs) {
		Http2Headers headers = new DefaultHttp2Headers(false);
		for (int i = 0; i < pairs.length; i += 2) {
			headers.add(pairs[i], pairs[i + 1]);
		}
		ByteBuf buffer = Unpooled.buffer();
		try {
			encoder.encodeHeaders(3, headers, buffer);
		} catch (Http2Exception e) {
			throw new IllegalStateException(e);
		}
		byte[] block = new byte[buffer.readableBytes()];
		buffer.readBytes(block);
		return block;
	}

	/** What was written since the last call. */
	byte[] bytes() {
		byte[] bytes = out.toByteArray();
		out.reset();
		return bytes;
	}

	private static String[] pairs(String[] more, String... first) {
		String[] all = Arrays.copyOf(first, first.length + more.length);
		System.arraycopy(more, 0, all, first.length, more.length);
		return all;
	}
}
