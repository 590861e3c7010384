package io.crosstrace.benchmarks;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Speed of the HTTP/2 road: small calls whose heads are indexed, and large bodies. */
public final class ParseHttp2Bench implements Bench {
	private static final int HEADERS = 1;
	private static final int SETTINGS = 4;
	private static final int END_STREAM = 1;
	private static final int END_HEADERS = 4;

	@Override
	public String name() {
		return "parse-http2";
	}

	@Override
	public void run(Report report) {
		road(1, 2).report(report, "GET with an indexed head, an answer of 2 bytes");
		report.figure(road(3, 16_384).bytesPerSecond / 1e9, "GB/s", "one core, answers of 48 KB in frames of 16 KB in one record, captured whole");
	}

	private static ParseRoad road(int frames, int frameBytes) {
		byte[] settings = frame(SETTINGS, 0, 0, new byte[6]);
		byte[] first = frame(HEADERS, END_STREAM | END_HEADERS, 1, ParseRoad.bytes("\u0082\u0086\u0041\13orders:8080\u0044\14/orders/4711"));
		byte[] begin = join(ParseRoad.bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), settings, first);
		byte[] firstAnswer = join(settings, frame(HEADERS, END_STREAM | END_HEADERS, 1, ParseRoad.bytes("\u0088")));
		byte[] request = frame(HEADERS, END_STREAM | END_HEADERS, 3, ParseRoad.bytes("\u0082\u0086\u00bf\u00be"));
		byte[] answer = frame(HEADERS, END_HEADERS, 3, ParseRoad.bytes("\u0088"));
		int[] streams = new int[frames + 1];
		for (int i = 0; i < frames; i++) {
			streams[i + 1] = answer.length;
			answer = join(answer, frame(0, i == frames - 1 ? END_STREAM : 0, 3, new byte[frameBytes]));
		}
		return new ParseRoad(request, answer, (buffer, requestAt, answerAt, call) -> {
			stream(buffer, requestAt, call);
			for (int at : streams) {
				stream(buffer, answerAt + at, call);
			}
		}, begin, firstAnswer).play();
	}

	private static void stream(ByteBuffer buffer, int frame, long call) {
		int stream = (int) (2 * call + 3);
		buffer.put(frame + 5, (byte) (stream >> 24)).put(frame + 6, (byte) (stream >> 16)).put(frame + 7, (byte) (stream >> 8))
				.put(frame + 8, (byte) stream);
	}

	private static byte[] frame(int type, int flags, int stream, byte[] payload) {
		int length = payload.length;
		return join(new byte[] { (byte) (length >> 16), (byte) (length >> 8), (byte) length, (byte) type, (byte) flags,
				(byte) (stream >> 24), (byte) (stream >> 16), (byte) (stream >> 8), (byte) stream }, payload);
	}

	private static byte[] join(byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}
}
