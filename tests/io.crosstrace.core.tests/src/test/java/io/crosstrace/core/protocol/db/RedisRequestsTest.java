package io.crosstrace.core.protocol.db;

import java.util.List;

import io.crosstrace.core.protocol.Link;
import io.crosstrace.core.protocol.MessageParser;
import io.crosstrace.core.protocol.MessageParserContract;
import io.crosstrace.core.protocol.ParserContext;

class RedisRequestsTest extends MessageParserContract {
	@Override
	protected MessageParser parser(ParserContext context, Link link) {
		return new Redis(context).parsers(link).requests();
	}

	/** "SET a b" as a client writes it. */
	static String command(String... words) {
		StringBuilder out = new StringBuilder("*" + words.length + "\r\n");
		for (String word : words) {
			out.append("$" + word.length() + "\r\n" + word + "\r\n");
		}
		return out.toString();
	}

	private static String told(String name, String text, String more) {
		return "request " + name + " 0 db.system.name=redis db.operation.name=" + name + " db.query.text=" + text + more;
	}

	@Override
	protected List<Sample> samples() {
		return List.of(
				new Sample("a pipeline", command("set", "cart:1", "secret".repeat(30)) + command("GET", "cart:1") + command("PING"),
						told("SET", "SET ?", ""), "end", told("GET", "GET ?", ""), "end", told("PING", "PING", ""), "end"),
				new Sample("a value that looks like a command", command("SET", "a", command("DEL", "b")), told("SET", "SET ?", ""), "end"),
				new Sample("a database chosen", command("HELLO", "3", "AUTH", "default", "secret") + command("SELECT", "2")
						+ command("INCR", "n"), told("HELLO", "HELLO ?", ""), "end", told("SELECT", "SELECT ?", ""), "end",
						told("INCR", "INCR ?", " db.namespace=2"), "end"),
				new Sample("subcommands", command("CLIENT", "setname", "me") + command("client", "ID"),
						told("CLIENT SETNAME", "CLIENT SETNAME ?", ""), "end", told("CLIENT ID", "CLIENT ID", ""), "end"));
	}

	@Override
	protected List<String> words() {
		return List.of("*1\r\n$4\r\nPING\r\n", "*", "$", "\r\n", "*2147483648\r\n", "$-1\r\n", "$99999999999\r\n", "*3\r\n$3\r\nGET\r\n", "*0\r\n",
				"$0\r\n\r\n", "*-1\r\n");
	}
}
