package io.crosstrace.core.protocol.db;

import static io.crosstrace.core.protocol.db.RedisRequestsTest.command;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Captured;

class RedisConversationTest {
	private final Dictionary names = new Dictionary(1000);
	private final Pipeline pipeline = new Pipeline(names, PipelineOptions.standard(), pid -> 0);
	private final Captured wire = new Captured(pipeline);
	private final Captured.Connection call = wire.open(1, "10.0.0.1:4000", "10.0.0.2:6380", true);

	@Test
	void aPipeline_isAnsweredInOrder() {
		call.sends(command("SET", "a", "1") + command("HGET", "a", "b")).sends(command("GET", "c"));
		call.receives("+OK\r\n-WRONGTYPE no\r\n$").receives("3\r\nabc\r\n");
		SpanTable spans = pipeline.takeFinished();
		assertEquals("SET, HGET error, GET", told(spans));
		assertEquals(SpanTable.CLIENT, spans.kind.get(0));
		assertEquals("WRONGTYPE", spans.attribute(1, "db.response.status_code"));
		assertEquals("10.0.0.2", spans.attribute(0, "server.address"));
		assertEquals("6380", spans.attribute(0, "server.port"));
		assertEquals(4 * Captured.STEP_NANOS, spans.firstByteNanos.get(2));
		assertEquals(5 * Captured.STEP_NANOS, spans.endNanos.get(2));
	}

	@Test
	void aTransaction_isASpanForEachCommand() {
		call.sends(command("MULTI") + command("INCR", "a") + command("EXEC")).receives("+OK\r\n+QUEUED\r\n*1\r\n:1\r\n");
		assertEquals("MULTI, INCR, EXEC", told(pipeline.takeFinished()));
	}

	@Test
	void aSubscriber_consumesWhatIsPublished() {
		call.sends(command("SUBSCRIBE", "news", "weather"))
				.receives("*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n*3\r\n$9\r\nsubscribe\r\n$7\r\nweather\r\n:2\r\n")
				.receives("*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$5\r\nhello\r\n").sends(command("PING"))
				.receives("*2\r\n$4\r\npong\r\n$0\r\n\r\n");
		SpanTable spans = pipeline.takeFinished();
		assertEquals("SUBSCRIBE, receive, PING", told(spans));
		assertEquals(SpanTable.CONSUMER, spans.kind.get(1));
		assertEquals("news", spans.attribute(1, "messaging.destination.name"));
		assertEquals(0, pipeline.losses().get(Loss.ANSWERS_WITHOUT_REQUEST));
	}

	@Test
	void aLargeAnswerThatIsNotCapturedWhole_endsWhenTheClientAsksAgain() {
		call.limit(100);
		call.sends(command("LRANGE", "a", "0", "-1")).receives("*50\r\n" + "$3\r\nabc\r\n".repeat(50));
		call.sends(command("GET", "b")).receives("$-1\r\n").sends(command("GET", "big")).receives("$5000\r\n" + "x".repeat(5000) + "\r\n");
		SpanTable spans = pipeline.takeFinished();
		assertEquals("LRANGE, GET, GET", told(spans));
		assertEquals(3 * Captured.STEP_NANOS, spans.endNanos.get(0));
		assertEquals(0, pipeline.losses().get(Loss.LOST_SYNC));
	}

	@Test
	void afterMonitor_theStreamIsCountedAndNoMore() {
		String seen = "+1700000000.1 [0 127.0.0.1:1] \"get\" \"secret\"\r\n";
		call.sends(command("MONITOR")).receives("+OK\r\n").receives(seen);
		assertEquals("MONITOR", told(pipeline.takeFinished()));
		assertEquals(seen.length(), pipeline.losses().get(Loss.SWITCHED_BYTES));
	}

	@Test
	void aConnectionJoinedLate_isRecognizedByItsNextCommand() {
		Captured.Connection late = wire.unopened(2).joinedAt(500, 500);
		late.receives("$3\r\nold\r\n").sends(command("GET", "a")).receives("$3\r\nnew\r\n");
		assertEquals("GET", told(pipeline.takeFinished()));
	}

	private String told(SpanTable spans) {
		return IntStream.range(0, spans.size()).mapToObj(row -> names.text(spans.operation.get(row))
				+ (spans.has(row, SpanTable.ERROR) ? " error" : "")).collect(Collectors.joining(", "));
	}
}
