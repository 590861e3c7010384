package io.crosstrace.core.protocol.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.crosstrace.core.Pipeline;
import io.crosstrace.core.PipelineOptions;
import io.crosstrace.core.capture.CaptureRecord;
import io.crosstrace.core.protocol.Loss;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.core.span.SpanTable;
import io.crosstrace.testing.Captured;

class PostgresConversationTest {
	private static final int SENT = CaptureRecord.SENT;
	private static final int RECEIVED = CaptureRecord.RECEIVED;

	private final Dictionary names = new Dictionary(1000);
	private final Pipeline pipeline = new Pipeline(names, PipelineOptions.standard(), pid -> 0);
	private final Captured wire = new Captured(pipeline);
	private final Captured.Connection call = wire.open(1, "10.0.0.1:4000", "10.0.0.2:5433", true);
	private final PostgresBytes bytes = new PostgresBytes();

	@Test
	void aQuery_isASpanUntilTheServerIsReady() {
		start();
		call.moves(SENT, bytes.parse("", "select * from orders where id = $1").bind("", "", "4711").message('D', "P\0")
				.execute("").sync().bytes());
		call.moves(RECEIVED, bytes.message('1', "").message('2', "").message('T', "\0\0").row("secret").bytes());
		call.moves(RECEIVED, bytes.complete("SELECT 1").ready().bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("SELECT orders", told(spans));
		assertEquals(SpanTable.CLIENT, spans.kind.get(0));
		assertEquals("postgresql", spans.attribute(0, "db.system.name"));
		assertEquals("shop", spans.attribute(0, "db.namespace"));
		assertEquals("select * from orders where id = $1", spans.attribute(0, "db.query.text"));
		assertEquals("10.0.0.2", spans.attribute(0, "server.address"));
		assertEquals("5433", spans.attribute(0, "server.port"));
		assertEquals(5 * Captured.STEP_NANOS, spans.firstByteNanos.get(0));
		assertEquals(6 * Captured.STEP_NANOS, spans.endNanos.get(0));
	}

	@Test
	void aPipeline_isAnsweredInOrderAndAnErrorSkipsTheRestOfItsGroup() {
		start();
		call.moves(SENT, bytes.parse("a", "SELECT 1 FROM a").bind("", "a", "").execute("").parse("b", "SELECT 1 FROM b")
				.bind("", "b", "").execute("").parse("c", "SELECT 1 FROM c").bind("", "c", "").execute("").sync()
				.bind("", "a", "").execute("").sync().bytes());
		call.moves(RECEIVED, bytes.message('1', "").message('2', "").complete("SELECT 0").message('1', "").message('2', "")
				.error("40001").ready().message('2', "").complete("SELECT 0").ready().bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("SELECT a, SELECT b error, SELECT c error, SELECT a", told(spans));
		assertEquals("40001", spans.attribute(1, "db.response.status_code"));
		assertEquals("40001", spans.attribute(1, "error.type"));
		assertEquals("pipeline_aborted", spans.attribute(2, "error.type"));
	}

	@Test
	void aBatch_isOneSpan() {
		start();
		call.moves(SENT, bytes.parse("", "INSERT INTO t VALUES ($1)").bind("", "", "1").execute("").bind("", "", "2").execute("")
				.bind("", "", "3").execute("").sync().bytes());
		call.moves(RECEIVED, bytes.message('1', "").message('2', "").complete("INSERT 0 1").message('2', "").complete("INSERT 0 1").bytes());
		call.moves(RECEIVED, bytes.message('2', "").complete("INSERT 0 1").ready().bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("INSERT t", told(spans));
		assertEquals("3", spans.attribute(0, "db.operation.batch.size"));
		assertEquals(6 * Captured.STEP_NANOS, spans.endNanos.get(0));
	}

	@Test
	void anEncryptedConnection_isCountedAsSuch() {
		call.moves(SENT, bytes.ssl().bytes()).receives("S").sends("\u0016\3\1\0\5hello").receives("\u0016\3\3\0\5hello");
		assertEquals(20, pipeline.losses().get(Loss.ENCRYPTED_BYTES));
		assertEquals("", told(pipeline.takeFinished()));
	}

	@Test
	void aServerThatDoesNotEncrypt_isSpokenToInTheClear() {
		call.moves(SENT, bytes.ssl().bytes()).receives("N");
		start();
		call.moves(SENT, bytes.query("SELECT 1 FROM x").bytes()).moves(RECEIVED, bytes.complete("SELECT 1").ready().bytes());
		assertEquals("SELECT x", told(pipeline.takeFinished()));
	}

	@Test
	void aLargeAnswerThatIsNotCapturedWhole_endsWhereTheServerIsReady() {
		start();
		call.limit(1000);
		call.moves(SENT, bytes.query("SELECT * FROM big").bytes());
		call.moves(RECEIVED, bytes.message('T', "\0\0").row("x".repeat(200)).bytes());
		for (int i = 0; i < 100; i++) {
			bytes.row("y".repeat(100));
		}
		call.moves(RECEIVED, bytes.bytes());
		call.moves(RECEIVED, bytes.row("tail").complete("SELECT 102").ready().bytes());
		call.moves(SENT, bytes.query("SELECT 1 FROM next").bytes());
		call.moves(RECEIVED, bytes.error("42P01").ready().bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("SELECT big, SELECT next error", told(spans));
		assertEquals(7 * Captured.STEP_NANOS, spans.endNanos.get(0));
		assertEquals(0, pipeline.losses().get(Loss.LOST_SYNC));
	}

	@Test
	void aLargeAnswerWhoseEndIsNotCaptured_endsWhenTheClientAsksAgain() {
		start();
		call.limit(1000);
		call.moves(SENT, bytes.query("SELECT * FROM big").bytes());
		call.moves(RECEIVED, bytes.message('T', "\0\0").row("x".repeat(2000)).row("x".repeat(200)).complete("SELECT 2").ready().bytes());
		call.moves(SENT, bytes.query("SELECT 1 FROM next").bytes());
		call.moves(RECEIVED, bytes.complete("SELECT 1").ready().bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("SELECT big, SELECT next", told(spans));
		assertEquals(5 * Captured.STEP_NANOS, spans.endNanos.get(0));
	}

	@Test
	void aConnectionJoinedLate_isRecognizedFromEitherSide() {
		Captured.Connection late = wire.unopened(2).joinedAt(1000, 1000);
		late.moves(RECEIVED, bytes.complete("SELECT 1").ready().bytes());
		late.moves(SENT, bytes.bind("", "S_3", "1").execute("").sync().bytes());
		late.moves(RECEIVED, bytes.message('2', "").complete("SELECT 1").ready().bytes());
		late.moves(SENT, bytes.bind("", "S_4", "1").execute("").bind("", "S_5", "1").execute("").bind("", "S_6", "1").execute("").sync()
				.bytes());
		late.moves(RECEIVED, bytes.message('2', "").complete("INSERT 0 1").message('2', "").complete("CREATE TABLE").error("23505").ready()
				.bytes());
		Captured.Connection other = wire.unopened(3).joinedAt(1000, 1000);
		other.moves(SENT, bytes.query("UPDATE a SET b = 1").bytes());
		other.moves(RECEIVED, bytes.complete("UPDATE 1").ready().bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("SELECT, INSERT, CREATE TABLE, postgresql error, UPDATE a", told(spans)); // what is known is the server's verb
		assertEquals("INSERT", spans.attribute(1, "db.operation.name"));
		assertTrue(spans.has(0, SpanTable.INCOMPLETE));
	}

	@Test
	void aHoleInTheRequests_mixesUpNoAnswers() {
		start();
		call.moves(SENT, bytes.query("SELECT 1 FROM a").bytes());
		call.loses(SENT, bytes.query("SELECT 1 FROM lost").bytes().length);
		call.moves(SENT, bytes.query("SELECT 1 FROM c").bytes());
		call.moves(RECEIVED, bytes.complete("SELECT 1").ready().complete("SELECT 1").ready().bytes());
		call.moves(RECEIVED, bytes.error("42P01").ready().bytes());
		call.closes();
		SpanTable spans = pipeline.takeFinished();
		for (int row = 0; row < spans.size(); row++) {
			assertEquals("", spans.attribute(row, "db.response.status_code"), told(spans));
		}
	}

	private void start() {
		call.moves(SENT, bytes.startup("shop").bytes());
		call.moves(RECEIVED, bytes.message('R', "\0\0\0\0").message('S', "server_version\00016.1\0").ready().bytes());
	}

	private String told(SpanTable spans) {
		return IntStream.range(0, spans.size()).mapToObj(row -> names.text(spans.operation.get(row))
				+ (spans.has(row, SpanTable.ERROR) ? " error" : "")).collect(Collectors.joining(", "));
	}
}
