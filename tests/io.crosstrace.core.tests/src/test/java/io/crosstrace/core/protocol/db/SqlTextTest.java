package io.crosstrace.core.protocol.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.crosstrace.core.protocol.ParserRun;
import io.crosstrace.core.protocol.db.SqlText.Dialect;

class SqlTextTest {
	private final SqlText sql = new SqlText(ParserRun.context());

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			select * from orders where id = 4711                          | SELECT orders
			SELECT o.id FROM shop.orders o, items AS i WHERE o.id = i.o   | SELECT shop.orders items
			SELECT 1                                                      | SELECT
			SELECT a FROM b LEFT JOIN "My Table" t ON t.x = b.y           | SELECT b My Table
			INSERT INTO audit(id, text) VALUES (1, 'a'), (2, 'b')         | INSERT audit
			INSERT INTO audit SELECT id FROM orders                       | INSERT audit SELECT orders
			INSERT INTO a VALUES ($1) ON CONFLICT DO UPDATE SET x = 1     | INSERT a
			UPDATE stock SET n = n - 1 WHERE sku = 'x'                    | UPDATE stock
			UPDATE ONLY stock SET n = 1                                   | UPDATE stock
			DELETE FROM cart WHERE user_id IN (SELECT id FROM users)      | DELETE cart SELECT users
			WITH t AS (SELECT 1 FROM a) SELECT * FROM t                   | SELECT a SELECT t
			SELECT extract(day FROM ts), trim(x from y) FROM t            | SELECT t
			SELECT * FROM (SELECT x FROM inner_t) s                       | SELECT SELECT inner_t
			SELECT x FROM a UNION ALL SELECT y FROM b                     | SELECT a SELECT b
			SELECT * FROM a FOR UPDATE                                    | SELECT a
			SELECT 1 FROM a WHERE b IS DISTINCT FROM c                    | SELECT a
			CREATE TABLE IF NOT EXISTS items (id int)                     | CREATE TABLE items
			CREATE UNIQUE INDEX i ON items (id)                           | CREATE INDEX i
			drop table items                                              | DROP TABLE items
			TRUNCATE TABLE items                                          | TRUNCATE items
			COPY items (id) FROM STDIN                                    | COPY items
			CALL refill(3)                                                | CALL refill
			BEGIN                                                         | BEGIN
			begin; update a set b=1; commit                               | BEGIN UPDATE a COMMIT
			MERGE INTO a USING b ON a.x = b.x WHEN MATCHED THEN UPDATE SET y = 1 | MERGE a b
			/* a comment */ select 1 from t -- the end                    | SELECT t
			(select 1 from a) union (select 2 from b)                     | SELECT a SELECT b
			""")
	void aStatement_isSummarized(String statement, String summary) {
		assertEquals(summary, told(statement, Dialect.POSTGRESQL).summary());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			SELECT * FROM o WHERE a = 'it''s' AND b=-1.5e-3  | SELECT * FROM o WHERE a = ? AND b=-?
			SELECT $1, $2::int, 'C:\\', x2                   | SELECT $1, $2::int, ?, x2
			SELECT E'it\\'s secret', n                       | SELECT ?, n
			SELECT $$secret$$, $tag$ $$ secret $tag$, n      | SELECT ?, n
			SELECT x FROM t WHERE id IN (1, -2, 'c',  4)     | SELECT x FROM t WHERE id IN (?)
			SELECT  a /* secret /* nested */ */,\tb --secret | SELECT a , b
			SELECT 'unfinished secret                        | SELECT ?
			SELECT 0xff, X'ff', B'01', 1.5, .5               | SELECT ?
			SELECT "Secret is a name" FROM t2                | SELECT "Secret is a name" FROM t2
			""")
	void literalsAndComments_areMasked(String statement, String text) {
		assertEquals(text, told(statement, Dialect.POSTGRESQL).text());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			SELECT `a` FROM `o` WHERE a = "it\\"s" AND b = 'it\\'s secret' | SELECT `a` FROM `o` WHERE a = ? AND b = ?
			SELECT _utf8'secret', a # secret                              | SELECT ?, a
			""")
	void mysqlQuotes_areItsOwn(String statement, String text) {
		assertEquals(text, told(statement, Dialect.MYSQL).text());
	}

	@Test
	void aSecretInALiteral_isNeverToldWhereverTheStatementIsCut() {
		String statement = "INSERT INTO t VALUES ('topsecret', E'\\\\', $q$topsecret$q$, 'a''topsecret', 4711) -- topsecret";
		for (int cut = 0; cut <= statement.length(); cut++) {
			SqlText.Statement told = told(statement.substring(0, cut), Dialect.POSTGRESQL);
			assertFalse((told.text() + told.summary()).matches(".*(secr|4711).*"), told.text());
		}
	}

	@Test
	void anyBytes_giveAnAnswerOfBoundedLength() {
		long seed = Long.getLong("seed", System.nanoTime());
		System.out.println("seed " + seed);
		Random random = new Random(seed);
		String[] words = { "select ", "from ", "(", ")", "'", "\"", "$a$", "$", "/*", "*/", "--", "\n", ",", ".", "1", "x", ";",
				"`", "update ", "\\", "create ", "table ", "\u00e4" };
		for (int round = 0; round < 20_000; round++) {
			StringBuilder text = new StringBuilder();
			for (int n = random.nextInt(60); n >= 0; n--) {
				text.append(words[random.nextInt(words.length)].repeat(random.nextInt(50) == 0 ? 300 : 1));
			}
			SqlText.Statement told = told(text.toString(), Dialect.values()[round & 1]);
			assertFalse(told.text().length() > 1100 || told.summary().length() > 260, () -> "seed " + seed);
		}
	}

	@Test
	void theSameStatementWithOtherValues_isTheSameObject() {
		assertSame(told("SELECT a FROM b WHERE c = 1", Dialect.MYSQL), told("SELECT a FROM b WHERE c = 'x'", Dialect.MYSQL));
	}

	private SqlText.Statement told(String statement, Dialect dialect) {
		byte[] bytes = ("??" + statement + "'!").getBytes(StandardCharsets.UTF_8);
		return sql.statement(bytes, 2, bytes.length - 2, dialect);
	}
}
