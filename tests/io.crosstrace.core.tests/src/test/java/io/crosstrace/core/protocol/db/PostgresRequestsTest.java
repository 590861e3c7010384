package io.crosstrace.core.protocol.db;

import java.util.List;

import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageParserContract;
import io.crosstrace.core.protocol.ParserContext;

class PostgresRequestsTest extends MessageParserContract {
	private static final String SYSTEM = " 0 db.system.name=postgresql";

	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		return new Postgres(context).parsers(link).requests();
	}

	private static PostgresBytes bytes() {
		return new PostgresBytes();
	}

	private static String select(String more) {
		return "request SELECT orders" + SYSTEM + more
				+ " db.query.summary=SELECT orders db.query.text=SELECT * FROM orders WHERE id = $1";
	}

	@Override
	protected List<Sample> samples() {
		String sql = "SELECT * FROM orders WHERE id = $1";
		return List.of(
				new Sample("simple", bytes().query("SELECT 1 FROM a").query("DELETE FROM b WHERE c = 'secret'").bytes(),
						List.of("request SELECT a" + SYSTEM + " db.query.summary=SELECT a db.query.text=SELECT ? FROM a", "end",
								"request DELETE b" + SYSTEM + " db.query.summary=DELETE b db.query.text=DELETE FROM b WHERE c = ?",
								"end")),
				new Sample("startup, then prepared and executed twice", bytes().startup("shop").message('p', "password\0")
						.parse("S_1", sql).bind("", "S_1", "7").execute("").sync().bind("", "S_1", "8").execute("").sync().bytes(),
						List.of(select(" db.namespace=shop"), "end", select(" db.namespace=shop"), "end")),
				new Sample("a batch of one statement", bytes().parse("", sql).bind("", "", "1").execute("").bind("", "", "2")
						.execute("").bind("", "", "3").execute("").sync().bytes(),
						List.of(select(""), "end db.operation.batch.size=3")),
				new Sample("a statement prepared before", bytes().bind("", "S_9", "1").execute("").sync().bytes(),
						List.of("request postgresql 0 incomplete db.system.name=postgresql", "end")),
				new Sample("a transaction and a query in one group", bytes().parse("", "BEGIN").bind("", "", "")
						.execute("").parse("", sql).bind("", "", "1").execute("").sync().bytes(),
						List.of("request BEGIN" + SYSTEM + " db.query.summary=BEGIN db.query.text=BEGIN", "end", select(""), "end")),
				new Sample("copy", bytes().query("COPY a FROM STDIN").message('d', "1\tsecret\n").message('c', "").bytes(),
						List.of("request COPY a" + SYSTEM + " db.query.summary=COPY a db.query.text=COPY a FROM STDIN", "end")));
	}

	@Override
	protected List<String> words() {
		return List.of("Q\0\0\0\6a\0", "Q\u007f\u00ff\u00ff\u00ff", "P\0\0\0\10\0x\0", "B\0\0\0\4", "B\0\0\0\6\0\0", "E\0\0\0\4", "S\0\0\0\4",
				"\0\0\0\10\4\u00d2\26\u002f", "\0\0\0\11\0\3\0\0\0", "H\0\0\0\4", "C\0\0\0\6S\0", "X\0\0\0\4");
	}
}
