package io.crosstrace.core.protocol.db;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
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

class MySqlConversationTest {
	private static final int SENT = CaptureRecord.SENT;
	private static final int RECEIVED = CaptureRecord.RECEIVED;

	private final Dictionary names = new Dictionary(1000);
	private final Pipeline pipeline = new Pipeline(names, PipelineOptions.standard(), pid -> 0);
	private final Captured wire = new Captured(pipeline);
	private final Captured.Connection call = wire.open(1, "10.0.0.1:4000", "10.0.0.2:3307", true);
	private final MySqlBytes bytes = new MySqlBytes();

	@Test
	void aServerThatSpeaksFirst_isKnownByItsGreeting() {
		start("5.5.5-10.11.6-MariaDB");
		call.moves(SENT, bytes.query("select * from orders where id = 4711").bytes());
		call.moves(RECEIVED, bytes.from(1).result(2, "secret").bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("SELECT orders", told(spans));
		assertEquals(SpanTable.CLIENT, spans.kind.get(0));
		assertEquals("mariadb", spans.attribute(0, "db.system.name"));
		assertEquals("shop", spans.attribute(0, "db.namespace"));
		assertEquals("select * from orders where id = ?", spans.attribute(0, "db.query.text"));
		assertEquals("3307", spans.attribute(0, "server.port"));
		assertEquals(0, pipeline.losses().get(Loss.ANSWERS_WITHOUT_REQUEST));
	}

	@Test
	void aPreparedStatement_isToldByWhatItWasPreparedFrom() {
		start("8.0.36");
		call.moves(SENT, bytes.prepare("INSERT INTO t VALUES (?)").bytes());
		call.moves(RECEIVED, bytes.from(1).packet("\0\7\0\0\0\0\0\1\0\0\0\0").packet("\3def\1?").bytes());
		call.moves(SENT, bytes.execute(7).bytes());
		call.moves(RECEIVED, bytes.from(1).error(1062).bytes());
		call.moves(SENT, bytes.execute(7).bytes());
		call.moves(RECEIVED, bytes.from(1).ok(2).bytes());
		SpanTable spans = pipeline.takeFinished();
		assertEquals("INSERT t error, INSERT t", told(spans));
		assertEquals("1062", spans.attribute(0, "error.type"));
		assertEquals("INSERT INTO t VALUES (?)", spans.attribute(1, "db.query.text"));
	}

	@Test
	void aStatementThatCannotBePrepared_isASpanWithItsError() {
		start("8.0.36");
		call.moves(SENT, bytes.prepare("SELEC 1").bytes()).moves(RECEIVED, bytes.from(1).error(1064).bytes());
		assertEquals("mysql error", told(pipeline.takeFinished()));
	}

	@Test
	void aLocalFile_isPartOfTheStatementThatAskedForIt() {
		start("8.0.36");
		call.moves(SENT, bytes.query("LOAD DATA LOCAL INFILE 'secret' INTO TABLE t").bytes());
		call.moves(RECEIVED, bytes.from(1).packet("\u00fbsecret").bytes());
		call.moves(SENT, bytes.from(2).packet("\3select 1 from no_command").packet("").bytes());
		call.moves(RECEIVED, bytes.from(4).ok(2).bytes());
		assertEquals("LOAD t", told(pipeline.takeFinished()));
	}

	@Test
	void anEncryptedConnection_isCountedAsSuch() {
		call.moves(RECEIVED, bytes.greeting("8.0.36").bytes());
		call.moves(SENT, bytes.from(1).packet("\0\12\0\0" + "\0".repeat(28)).bytes()).sends("\u0016\3\1\0\5hello");
		assertEquals(10, pipeline.losses().get(Loss.ENCRYPTED_BYTES));
	}

	@Test
	void aLargeAnswerThatIsNotCapturedWhole_endsWhereARecordEndsLikeOne() {
		start("8.0.36");
		call.limit(500);
		call.moves(SENT, bytes.query("SELECT * FROM big").bytes());
		String[] rows = new String[100];
		Arrays.fill(rows, "x".repeat(100));
		byte[] all = bytes.from(1).result(2, rows).bytes();
		call.moves(RECEIVED, Arrays.copyOf(all, all.length - 200));
		call.moves(RECEIVED, Arrays.copyOfRange(all, all.length - 200, all.length));
		assertEquals("SELECT big", told(pipeline.takeFinished()));
	}

	@Test
	void aConnectionJoinedLate_isRecognizedByItsNextQuery() {
		Captured.Connection late = wire.unopened(2).joinedAt(500, 500);
		late.moves(RECEIVED, bytes.from(3).packet("\1x").bytes());
		late.moves(SENT, bytes.query("SELECT 1 FROM a").bytes()).moves(RECEIVED, bytes.from(1).oldResult("a").bytes());
		late.moves(SENT, bytes.query("SELECT 1 FROM b").bytes()).moves(RECEIVED, bytes.from(1).result(2, "a").bytes());
		assertEquals("SELECT a, SELECT b", told(pipeline.takeFinished()));
	}

	private void start(String version) {
		call.moves(RECEIVED, bytes.greeting(version).bytes());
		call.moves(SENT, bytes.introduces(MySql.NO_EOF).bytes());
		call.moves(RECEIVED, bytes.from(2).ok(2).bytes());
	}

	private String told(SpanTable spans) {
		return IntStream.range(0, spans.size()).mapToObj(row -> names.text(spans.operation.get(row))
				+ (spans.has(row, SpanTable.ERROR) ? " error" : "")).collect(Collectors.joining(", "));
	}
}
