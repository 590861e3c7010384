package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.crosstrace.ide.source.Endpoint.Kind;
import io.crosstrace.ide.source.Endpoint.Side;
import io.crosstrace.ide.source.Sources.Located;

/**
 * Who talks to a table: repositories of Spring Data and Panache by their entity, statements in annotations
 * ({@code @Query}, MyBatis) and statements in code. A statement is recognised by its shape, a repository's method
 * by verb and table.
 */
final class Databases {
	private static final Pattern REPOSITORY = Pattern.compile("(?:\\w+\\.)*\\w*(?:Repository|RepositoryBase|DAO|Dao|Mapper)<\\s*(?:\\w+\\.)*(\\w+)\\s*[,>].*");
	private static final Pattern READS = Pattern.compile("(find|get|read|query|search|stream|count|exists|list|select)\\w*");
	private static final Pattern DELETES = Pattern.compile("(delete|remove)\\w*");
	private static final Pattern WRITES = Pattern.compile("(save|insert|update|persist|add|create)\\w*");
	private static final Set<String> STATEMENT_MARKS = Set.of("Query", "Select", "Insert", "Update", "Delete", "SqlQuery",
			"SqlUpdate", "NamedQuery", "NamedNativeQuery");

	private final Sources sources;
	private final Constants constants;

	Databases(Sources sources, Constants constants) {
		this.sources = sources;
		this.constants = constants;
	}

	void find(Located type, Consumer<Endpoint> out) {
		String table = table(type);
		if (!table.isEmpty()) {
			add(type, "Repository", Set.of(), PathPattern.of(PathPattern.Style.NAME, table), type.place(type.type().place()),
					out);
		}
		for (Facts.Method method : type.type().methods()) {
			CodePlace place = type.place(method.place());
			boolean stated = false;
			for (Facts.Mark mark : method.marks()) {
				String name = mark.name().substring(mark.name().lastIndexOf('.') + 1);
				if (STATEMENT_MARKS.contains(name)) {
					for (String member : List.of("value", "query", "nativeQuery")) {
						for (Facts.Text text : mark.texts(member)) {
							stated |= statement(type, name, constants.value(type, text), table, place, out);
						}
					}
				}
			}
			Set<String> verbs = verbs(method.name());
			if (!stated && !table.isEmpty() && !verbs.isEmpty()) {
				add(type, "Repository", verbs, PathPattern.of(PathPattern.Style.NAME, table), place, out);
			}
		}
	}

	private boolean statement(Located type, String framework, String text, String table, CodePlace place,
			Consumer<Endpoint> out) {
		String sql = text.replaceAll("(?s)^\\s*<script>|</script>\\s*$", "");
		if (!Statements.isSql(sql) && !sql.strip().toLowerCase(Locale.ROOT).startsWith("from ")) {
			return false;
		}
		add(type, framework, Set.of(Statements.verb(sql)), PathPattern.of(PathPattern.Style.SQL, sql), place, out);
		if (!table.isEmpty()) { // the entities' language: the database sees another text about the entity's table
			add(type, framework, Set.of(Statements.verb(sql)), PathPattern.of(PathPattern.Style.NAME, table), place, out);
		}
		return true;
	}

	/** A statement in code, or null if a constant turns out to be none. */
	Endpoint call(Located type, Facts.Call call) {
		String sql = constants.value(type, call.target());
		return !Statements.isSql(sql) ? null : new Endpoint(Kind.DATABASE, Side.CLIENT, "SQL", Set.of(Statements.verb(sql)),
				PathPattern.of(PathPattern.Style.SQL, sql), type.place(call.place()), type.unit().test());
	}

	private static void add(Located type, String framework, Set<String> verbs, PathPattern pattern, CodePlace place,
			Consumer<Endpoint> out) {
		out.accept(new Endpoint(Kind.DATABASE, Side.CLIENT, framework, verbs, pattern, place, type.unit().test()));
	}

	/** Statements of mappers in XML: they lead to the interface's method or, where it is not there, to the XML. */
	static List<Endpoint> mapped(String project, ProjectSettings settings, Collection<Sources.Unit> units) {
		List<Endpoint> out = new ArrayList<>();
		if (settings.statements().isEmpty()) {
			return out;
		}
		Set<String> named = settings.namedTypes();
		Map<String, CodePlace> methods = new HashMap<>();
		for (Sources.Unit unit : units) {
			for (Facts.Type type : unit.facts().types()) {
				for (Facts.Method method : named.contains(type.name()) ? type.methods() : List.<Facts.Method>of()) {
					methods.put(type.name() + "." + method.name(), new Located(unit, type).place(method.place()));
				}
			}
		}
		settings.statements().forEach((file, statements) -> {
			for (Mappers.Statement each : statements) {
				CodePlace place = methods.getOrDefault(each.type() + "." + each.method(),
						new CodePlace(project, file, each.type(), each.method(), List.of(), each.offset(), each.length()));
				String table = Statements.table(each.sql());
				List<PathPattern> patterns = new ArrayList<>(List.of(PathPattern.of(PathPattern.Style.SQL, each.sql())));
				if (!table.isEmpty()) { // optional parts are not always there
					patterns.add(PathPattern.of(PathPattern.Style.NAME, table));
				}
				for (PathPattern pattern : patterns) {
					out.add(new Endpoint(Kind.DATABASE, Side.CLIENT, "MyBatis", Set.of(Statements.verb(each.sql())), pattern,
							place, false));
				}
			}
		});
		return out;
	}

	/** What a derived query's name comes to; empty if the name says nothing. */
	private static Set<String> verbs(String name) {
		if (READS.matcher(name).matches()) {
			return Set.of("SELECT", "FIND", "AGGREGATE", "COUNT");
		}
		if (DELETES.matcher(name).matches()) {
			return Set.of("DELETE");
		}
		return WRITES.matcher(name).matches() ? Set.of("INSERT", "UPDATE") : Set.of();
	}

	/** The table or collection of the entity that a repository is of; empty if the type is no repository. */
	private String table(Located type) {
		for (Located each : sources.linearize(type)) {
			for (String supertype : each.type().supertypes()) {
				Matcher matcher = REPOSITORY.matcher(supertype);
				if (matcher.matches() && matcher.group(1).length() > 1) {
					return tableOf(each, matcher.group(1));
				}
			}
		}
		return "";
	}

	private String tableOf(Located where, String entity) {
		Located type = sources.resolve(where, entity);
		if (type != null) {
			for (Facts.Mark mark : type.type().marks()) {
				String name = mark.name().substring(mark.name().lastIndexOf('.') + 1);
				if (Set.of("Table", "Entity", "Document", "TableName", "MappedEntity").contains(name)) {
					for (String member : List.of("name", "collection", "value")) {
						for (Facts.Text text : mark.texts(member)) {
							return constants.value(type, text);
						}
					}
				}
			}
		}
		return entity.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
	}
}
