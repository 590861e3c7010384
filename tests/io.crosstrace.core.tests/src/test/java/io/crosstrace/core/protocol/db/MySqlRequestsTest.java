package io.crosstrace.core.protocol.db;

import java.util.List;

import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageParserContract;
import io.crosstrace.core.protocol.ParserContext;

class MySqlRequestsTest extends MessageParserContract {
	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		return new MySql(context).parsers(link).requests();
	}

	private static String told(String summary, String text) {
		return "request " + summary + " 0 db.system.name=mysql db.query.summary=" + summary + " db.query.text=" + text;
	}

	@Override
	protected List<Sample> samples() {
		return List.of(
				new Sample("queries", new MySqlBytes().query("SELECT * FROM `orders` WHERE id = 'secret'").query("DELETE FROM b").bytes(),
						List.of(told("SELECT orders", "SELECT * FROM `orders` WHERE id = ?"), "end", told("DELETE b", "DELETE FROM b"), "end")),
				new Sample("a query with attributes, of which there are none", new MySqlBytes().query("\0\1SELECT 1 FROM a").bytes(),
						List.of(told("SELECT a", "SELECT ? FROM a"), "end")),
				new Sample("prepared, and executed before its id is known", new MySqlBytes().prepare("UPDATE a SET b = ?")
						.from(0).packet("\27\u00ff\u00ff\u00ff\u00ff\0\1\0\0\0secret").from(0).packet("\31\1\0\0\0").bytes(),
						List.of(told("UPDATE a", "UPDATE a SET b = ?"), "end", told("UPDATE a", "UPDATE a SET b = ?"), "end")),
				new Sample("executed, prepared by whom nobody heard", new MySqlBytes().execute(7).bytes(),
						List.of("request mysql 0 incomplete db.system.name=mysql", "end")),
				new Sample("a ping and another database", new MySqlBytes().query("SELECT 1 FROM a").from(0).packet("\16").from(0)
						.packet("\2other").query("SELECT 1 FROM a").bytes(),
						List.of(told("SELECT a", "SELECT ? FROM a"), "end", "request mysql 0 silent db.system.name=mysql", "end",
								"request mysql 0 silent db.system.name=mysql db.namespace=other", "end",
								told("SELECT a", "SELECT ? FROM a").replace("name=mysql", "name=mysql db.namespace=other"), "end")));
	}

	@Override
	protected List<String> words() {
		return List.of("\5\0\0\0\3a", "\1\0\0\0\16", "\u00ff\u00ff\u00ff\0\3", "\0\0\0\0", "\0\0\0\1", "\5\0\0\0\31\1\0\0\0",
				"\12\0\0\0\27\1\0\0\0\0\1\0\0\0", "\12\0\0\0\3\0\1select 1", "\1\0\0\0\21", "\2\0\0\0\27\0");
	}
}
