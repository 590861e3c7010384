package io.crosstrace.shop.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.crosstrace.shop.ids.CallId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two requests, A and B, to a gateway that calls the stock once for each. Span ids: the gateway's server spans are a0
 * and b0, its client spans a1 and b1, the stock's server spans a2 and b2.
 */
class ScoreTest {
	private static final CallId A = CallId.newRequest();
	private static final CallId B = CallId.newRequest();

	@TempDir
	private Path folder;
	private final StringBuilder lines = new StringBuilder();
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@BeforeEach
	void theGatewayIsAskedTwice() {
		span("gateway", "server", "a0", "", A);
		span("gateway", "server", "b0", "", B);
	}

	@Test
	void rightParents_scoreFully() throws IOException {
		span("gateway", "client", "a1", "a0", A.call(1));
		span("gateway", "client", "b1", "b0", B.call(1));
		span("stock", "server", "a2", "a1", A.call(1));
		span("stock", "server", "b2", "b1", B.call(1));
		assertEquals(0, score("--min-cross", "100", "--min-intra", "100"));
		assertJson("\"spans\":6,\"traces\":2,\"whole_traces\":2,\"unanswered_calls\":0,\"bad_lines\":0,\"foreign_spans\":0");
		assertJson("\"cross\":{\"edges\":2,\"right\":2,\"wrong\":0,\"none\":0,\"lost\":0,\"right_percent\":100.000}");
		assertJson("\"intra\":{\"edges\":2,\"right\":2,\"wrong\":0,\"none\":0,\"lost\":0,\"right_percent\":100.000}");
		assertJson("\"roots\":{\"right\":2,\"wrong\":0}");
	}

	@Test
	void swappedParents_areWrongInsideAndSpoilBothTraces() throws IOException {
		span("gateway", "client", "a1", "b0", A.call(1));
		span("gateway", "client", "b1", "a0", B.call(1));
		span("stock", "server", "a2", "a1", A.call(1));
		span("stock", "server", "b2", "b1", B.call(1));
		assertEquals(1, score("--min-cross", "99", "--min-intra", "50", "--wrong", "1"));
		assertJson("\"whole_traces\":0");
		assertJson("\"cross\":{\"edges\":2,\"right\":2,");
		assertJson("\"intra\":{\"edges\":2,\"right\":0,\"wrong\":2,\"none\":0,");
		assertEquals("score: 0.000 % of the edges inside services are right, and 50.000 % are asked for.\n", err.toString());
		assertTrue(out.toString().contains("wrong: gateway CLIENT " + A.call(1).readable() + " has parent 00000000000000b0,"
				+ " gateway SERVER " + B.readable())
				|| out.toString().contains("wrong: gateway CLIENT " + B.call(1).readable()), out.toString());
	}

	@Test
	void noParent_isNoneNotWrong() throws IOException {
		span("gateway", "client", "a1", "", A.call(1));
		span("stock", "server", "a2", "", A.call(1));
		assertEquals(0, score());
		assertJson("\"cross\":{\"edges\":1,\"right\":0,\"wrong\":0,\"none\":1,\"lost\":0,");
		assertJson("\"intra\":{\"edges\":1,\"right\":0,\"wrong\":0,\"none\":1,\"lost\":0,");
		assertJson("\"traces\":2,\"whole_traces\":1");
	}

	@Test
	void parentOfTheWrongKind_isWrong() throws IOException {
		span("gateway", "client", "a1", "a0", A.call(1));
		span("stock", "server", "a2", "a0", A.call(1));
		score();
		assertJson("\"cross\":{\"edges\":1,\"right\":0,\"wrong\":1,");
	}

	@Test
	void unknownParent_isWrongWhenTheRightOneWasThere() throws IOException {
		span("gateway", "client", "a1", "a0", A.call(1));
		span("stock", "server", "a2", "77", A.call(1));
		score();
		assertJson("\"cross\":{\"edges\":1,\"right\":0,\"wrong\":1,");
	}

	@Test
	void parentThatWasNotRecorded_isLost_unlessAnotherWasGiven() throws IOException {
		span("stock", "server", "a2", "a1", A.call(1));
		span("stock", "server", "b2", "a2", B.call(1));
		score();
		assertJson("\"cross\":{\"edges\":2,\"right\":0,\"wrong\":1,\"none\":0,\"lost\":1,");
	}

	@Test
	void callWithoutServerSpan_isUnansweredAndItsTraceNotWhole() throws IOException {
		span("gateway", "client", "a1", "a0", A.call(1));
		score();
		assertJson("\"traces\":2,\"whole_traces\":1,\"unanswered_calls\":1");
	}

	@Test
	void twoCallsOfOneRequest_areToldApart() throws IOException {
		span("gateway", "client", "a1", "a0", A.call(1));
		span("gateway", "client", "a3", "a0", A.call(2));
		span("stock", "server", "a2", "a3", A.call(1));
		span("stock", "server", "a4", "a3", A.call(2));
		score();
		assertJson("\"cross\":{\"edges\":2,\"right\":1,\"wrong\":1,");
	}

	@Test
	void backgroundCall_isRightAloneAndWrongAdopted() throws IOException {
		span("orders", "client", "c1", "", CallId.newRequest());
		span("gateway", "client", "d1", "a0", CallId.newRequest());
		span("gateway", "client", "a1", "a0", A.call(1));
		score();
		assertJson("\"roots\":{\"right\":3,\"wrong\":1}");
		assertJson("\"intra\":{\"edges\":1,\"right\":1,");
	}

	@Test
	void customersSpan_isTheGatewaysParent() throws IOException {
		span("load", "client", "aa", "", A);
		span("load", "client", "bb", "", B);
		span("gateway", "server", "a0", "aa", A);
		score();
		assertJson("\"cross\":{\"edges\":2,\"right\":1,\"wrong\":0,\"none\":1,");
	}

	@Test
	void spanThatComesAgain_countsAsItCameLast() throws IOException {
		span("gateway", "client", "a1", "b0", A.call(1));
		span("gateway", "client", "a1", "a0", A.call(1));
		score();
		assertJson("\"intra\":{\"edges\":1,\"right\":1,\"wrong\":0,");
	}

	@Test
	void calibration_comparesPromiseAndTruth() throws IOException {
		span("gateway", "client", "a1", "a0", A.call(1), 0.93);
		span("gateway", "client", "b1", "a0", B.call(1), 0.91);
		score();
		assertJson("\"calibration\":[{\"edges\":2,\"promised\":92.00,\"right\":50.00}]");
	}

	@Test
	void badLinesAndForeignSpans_areCountedAndSkipped() throws IOException {
		span("gateway", "client", "a1", "a0", A.call(1));
		lines.append("not json\n\n[]\n{\"span\":\"zz\",\"kind\":\"client\",\"attributes\":{\"url.path\":\"/x/" + A + "\"}}\n");
		lines.append("{\"span\":\"e1\",\"kind\":\"server\",\"attributes\":{\"url.path\":\"/health\"}}\n");
		lines.append("{\"losses\":{\"ring\":3}}\n{\"span\":\"a");
		assertEquals(0, score());
		assertJson("\"bad_lines\":4,\"foreign_spans\":2");
		assertJson("\"intra\":{\"edges\":1,\"right\":1,");
	}

	@Test
	void wholeUrl_isReadLikeAPath() throws IOException {
		lines.append("{\"span\":\"a1\",\"parent\":\"a0\",\"kind\":\"client\",\"service\":\"gateway\",\"attributes\":{"
				+ "\"http.request.header\":[\"x\"],\"url.full\":\"http://127.0.0.1:80/stock/" + A.call(1) + "?items=1/2\"}}\n");
		score();
		assertJson("\"intra\":{\"edges\":1,\"right\":1,");
	}

	@Test
	void compressedFile_isReadByItsName() throws IOException {
		span("gateway", "client", "a1", "a0", A.call(1));
		Path file = folder.resolve("spans.jsonl.gz");
		try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
			gzip.write(lines.toString().getBytes(StandardCharsets.UTF_8));
		}
		assertEquals(0, run(file.toString()));
		assertJson("\"spans\":3");
	}

	@Test
	void truth_isWrittenForOtherCorrelators() throws IOException {
		span("gateway", "client", "a1", "b0", A.call(1));
		span("stock", "server", "a2", "a1", A.call(1));
		Path truth = folder.resolve("truth.jsonl");
		assertEquals(0, score("--truth", truth.toString()));
		String trace = "{\"trace\":\"" + Integer.toHexString(A.request()) + "\",\"parent\":";
		List<String> written = Files.readAllLines(truth);
		assertEquals(4, written.size());
		assertTrue(written.get(0).startsWith(trace + "\"\",\"span\":\"a0\",\"service\":\"gateway\","), written.get(0));
		assertTrue(written.get(2).startsWith(trace + "\"00000000000000a0\",\"span\":\"a1\","), written.get(2));
		assertTrue(written.get(3).startsWith(trace + "\"00000000000000a1\",\"span\":\"a2\","), written.get(3));
		assertTrue(written.get(3).endsWith("\"url.path\":\"/any/7/" + A.call(1) + "\"}}"), written.get(3));
	}

	@Test
	void writtenCalls_areFoundByThreadNameAndTime() throws IOException {
		written("client", "c1", "a0", 7, 1_000_010, "SELECT items", "");
		written("client", "c2", "a0", 7, 5_000_010, "SELECT items", ""); // B's, given to A
		written("client", "c3", "", 7, 6_000_010, "SELECT items", ""); // nobody's
		written("client", "c4", "", 8, 9_000_000, "PING", ""); // not of a name that is written down
		ledger(A.call(1), "-", 7, "SELECT items", 1_000_000, 1_000_500, "-");
		ledger(B.call(1), "-", 7, "SELECT items", 5_000_000, 5_000_500, "-");
		ledger(B.call(2), "-", 9, "SELECT items", 4_000_000, 4_000_500, "-"); // never seen
		ledger(B.call(3), "-", 9, "SELECT items", 20_000_000, 20_000_500, "-"); // after the recording
		assertEquals(1, score("--ledger", folder.toString(), "--min-written", "99"));
		assertJson("\"unanswered_calls\":0,\"bad_lines\":0,\"foreign_spans\":2,\"written\":{\"calls\":2,\"missing\":1,\"invented\":1}");
		assertJson("\"intra\":{\"edges\":2,\"right\":1,\"wrong\":1,");
	}

	@Test
	void takenMessages_areRootsAndLinkedToTheirSender() throws IOException {
		CallId first = CallId.newRequest();
		CallId second = CallId.newRequest();
		written("producer", "c1", "a0", 7, 1_000_010, "publish shop", "'links':['10'],");
		written("producer", "c2", "b0", 7, 5_000_010, "publish shop", "'links':['20'],");
		written("consumer", "c3", "", 8, 6_000_010, "process shop", "'links':['11'],'attributes':{'messaging.rabbitmq.message.delivery_tag':'1'},");
		written("consumer", "c4", "", 8, 7_000_010, "process shop", "'links':['11'],'attributes':{'messaging.rabbitmq.message.delivery_tag':'2'},");
		ledger(A.call(1), "-", 7, "publish shop", 1_000_000, 1_000_500, "-");
		ledger(B.call(1), "-", 7, "publish shop", 5_000_000, 5_000_500, "-");
		ledger(first, A.call(1).toString(), 8, "process", 6_000_000, 6_000_000, "1");
		ledger(second, B.call(1).toString(), 8, "process", 6_000_000, 6_000_000, "2");
		score("--ledger", folder.toString());
		assertJson("\"links\":{\"edges\":2,\"right\":1,\"wrong\":1,");
		assertJson("\"intra\":{\"edges\":2,\"right\":2,");
		assertJson("\"roots\":{\"right\":4,");
	}

	private void written(String kind, String id, String parent, int thread, long micros, String operation, String more) {
		lines.append(("{'span':'" + id + "','parent':'" + parent + "','service':'stock','pid':1,'tid':" + thread + ",'kind':'"
				+ kind + "','op':'" + operation + "'," + more + "'start_us':" + micros + "}\n").replace('\'', '"'));
	}

	private void ledger(CallId call, String cause, int thread, String name, long from, long to, String tag) throws IOException {
		Files.writeString(folder.resolve("1.ledger"), call + "\t" + cause + "\t1\t" + thread + '\t' + name + '\t' + from + '\t'
				+ to + '\t' + tag + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	@Test
	void nothingToJudge_isAFailure() throws IOException {
		assertEquals(1, score());
		assertEquals("score: there is nothing to judge: no span was caused by another one.\n", err.toString());
	}

	@Test
	void badQuestions_areToldWhy() {
		assertEquals(2, run());
		assertEquals(2, run("file", "--min-cross"));
		assertEquals(2, run("file", "--min-cross", "most"));
		assertEquals(2, run("file", "--min", "1"));
		assertEquals(2, run(folder.resolve("absent").toString()));
		assertTrue(err.toString().contains("absent cannot be read"), err.toString());
	}

	private void span(String service, String kind, String id, String parent, CallId call) {
		span(service, kind, id, parent, call, 1);
	}

	private void span(String service, String kind, String id, String parent, CallId call, double confidence) {
		lines.append(("{'trace':'0','span':'" + id + "','parent':'" + parent + "','confidence':" + confidence + ",'service':'"
				+ service + "','pid':1,'tid':2,'kind':'" + kind + "','peer':'x','op':'GET /x','start_us':1,'dur_us':2,"
				+ "'attributes':{'http.request.method':'GET','url.path':'/any/7/" + call + "'}}\n").replace('\'', '"'));
	}

	private int score(String... options) throws IOException {
		Path file = folder.resolve("spans.jsonl");
		Files.writeString(file, lines);
		String[] args = new String[options.length + 1];
		args[0] = file.toString();
		System.arraycopy(options, 0, args, 1, options.length);
		return run(args);
	}

	private int run(String... args) {
		return Score.run(new PrintStream(out, true), new PrintStream(err, true), args);
	}

	private void assertJson(String part) {
		String json = out.toString().lines().findFirst().orElse("");
		assertTrue(json.contains(part), json);
	}
}
