package io.crosstrace.ide.source;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * One path as a framework or a call writes it, able to say whether a request's path fits and which of two
 * fitting patterns the framework prefers.
 *
 * <p>A trailing slash never decides: frameworks differ by version there. A pattern whose regular expression
 * is broken is taken literally. Immutable to its users; a match costs one regular expression.
 */
public final class PathPattern {
	/** Whose rules of matching and of precedence hold. */
	public enum Style {
		/** Spring, Micronaut: {@code {id}}, {@code {id:regex}}, {@code *}, {@code **}, {@code {*rest}}. */
		SPRING,
		/** JAX-RS: {@code {id}}, {@code {id: regex}}; the class decides before the method. */
		JAXRS,
		/** Servlets: exact, {@code /x/*}, {@code *.x}, {@code /}. */
		SERVLET,
		/** Any path that begins with this text. */
		PREFIX,
		/** A client's URI with {@link #HOLE}s where the source has variables. */
		CALL,
		/** A remote procedure, {@code /package.Service/Method}: letters' case does not matter. */
		RPC,
		/** A topic, queue or table: one name; letters' case does not matter. */
		NAME,
		/** A regular expression for the whole path. */
		REGEX,
		/** A statement: fits one of the same shape, whatever its values. */
		SQL
	}

	/** Stands, in a pattern of any style, for text that is known only at run-time. */
	public static final char HOLE = '\u0000';

	private final String text;
	private final Style style;
	private final int[] rank;
	private final int literals;
	/** Compiled when first asked: most patterns of an index never are. */
	private volatile Pattern whole;
	private volatile Pattern tail;

	private PathPattern(Style style, String text, int[] rank, int literals) {
		this.style = style;
		this.text = text;
		this.rank = rank;
		this.literals = literals;
	}

	/** A pattern of one piece. */
	public static PathPattern of(Style style, String path) {
		return of(style, "", path);
	}

	/** A class's part and a method's part, joined with exactly one slash; JAX-RS ranks them one by one. */
	public static PathPattern of(Style style, String first, String second) {
		String text = switch (style) {
			case SERVLET -> second.startsWith("*.") ? second : join(first, second);
			case NAME, REGEX, RPC -> first + second;
			case SQL -> Statements.shape(second);
			default -> join(first, second);
		};
		return new PathPattern(style, text, rank(style, first, second, text), literals(text));
	}

	/** The pattern as written, holes as an ellipsis. */
	@Override
	public String toString() {
		return text.replace(HOLE, '…');
	}

	public Style style() {
		return style;
	}

	/** How many characters must appear literally: what there is to recognise a path by. */
	public int literals() {
		return literals;
	}

	/** The regular expression that {@link #matches} asks. */
	String regex() {
		matches("/");
		return whole == null ? Pattern.quote(text) : whole.pattern();
	}

	/** Whether {@code path}, which starts with a slash and has no query, fits as a whole. */
	public boolean matches(String path) {
		if (style == Style.SQL) {
			return text.equals(Statements.shape(path));
		}
		if (whole == null) {
			whole = compile("");
		}
		return whole.matcher(trim(path)).matches();
	}

	/** Whether {@code path} fits after one to three leading segments, such as an unknown context path. */
	public boolean matchesTail(String path) {
		if (literals <= 1 || style.compareTo(Style.CALL) > 0) {
			return false;
		}
		if (tail == null) {
			tail = compile("(?:/[^/]+){1,3}");
		}
		return tail.matcher(trim(path)).matches();
	}

	/** Whether {@code route}, a template of any framework, is this pattern but for the names of its variables. */
	public boolean isRoute(String route) {
		return shape(text).equals(shape(join("", route)));
	}

	/** Negative if the framework would choose this pattern before {@code other}, 0 if it could not choose. */
	public int compareSpecificity(PathPattern other) {
		return style == other.style ? Arrays.compare(rank, other.rank) : Integer.compare(other.literals, literals);
	}

	/** The path of a URI or request target: no scheme, host, query or fragment, one leading slash. */
	public static String pathOf(String uri) {
		int start = 0;
		int scheme = uri.indexOf("://");
		if (scheme >= 0 && uri.indexOf('/') == scheme + 1) {
			int slash = uri.indexOf('/', scheme + 3);
			start = slash < 0 ? uri.length() : slash;
		}
		int end = uri.length();
		for (int i = start, depth = 0; i < end; i++) {
			char c = uri.charAt(i);
			depth += c == '{' ? 1 : c == '}' ? -1 : 0;
			if (depth <= 0 && (c == '?' || c == '#')) {
				end = i;
			}
		}
		return join("", uri.substring(start, end));
	}

	private static String join(String first, String second) {
		String a = first.endsWith("/") ? first.substring(0, first.length() - 1) : first;
		String b = second.startsWith("/") ? second.substring(1) : second;
		String head = a.isEmpty() || a.startsWith("/") || a.charAt(0) == HOLE ? a : "/" + a;
		if (b.isEmpty()) {
			return head.isEmpty() ? "/" : head;
		}
		boolean joins = head.isEmpty() && b.charAt(0) == HOLE || b.matches("\\{[/?&.].*");
		return joins ? head + b : head + "/" + b;
	}

	private static String trim(String path) {
		return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
	}

	private Pattern compile(String before) {
		try {
			return switch (style) {
				case CALL -> Pattern.compile(before + callRegex(text));
				case RPC -> Pattern.compile(named(text, "(?:\\w+\\.)*"), Pattern.CASE_INSENSITIVE);
				case NAME -> Pattern.compile(named(text, ".*"), Pattern.CASE_INSENSITIVE);
				case REGEX -> Pattern.compile(text);
				default -> Pattern.compile(before + regex(style, text));
			};
		} catch (PatternSyntaxException e) {
			return Pattern.compile(Pattern.quote(text)); // a typo in somebody's route must not cost the index
		}
	}

	/** The text as it is, its holes as {@code hole}. */
	private static String named(String text, String hole) {
		StringBuilder out = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			out.append(text.charAt(i) == HOLE ? hole : literal(text.charAt(i)));
		}
		return out.toString();
	}

	private static String regex(Style style, String text) {
		if (style == Style.PREFIX) {
			return text.equals("/") ? "/.*" : Pattern.quote(trim(text)) + ".*";
		}
		if (style == Style.SERVLET) {
			if (text.startsWith("*.")) {
				return ".*" + Pattern.quote(text.substring(1));
			}
			if (text.equals("/")) {
				return "/.*";
			}
			return text.endsWith("/*") ? Pattern.quote(text.substring(0, text.length() - 2)) + "(?:/.*)?"
					: Pattern.quote(trim(text));
		}
		StringBuilder out = new StringBuilder();
		String path = trim(text);
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			if (c == '{') {
				int end = closing(path, i);
				out.append(variable(style, path.substring(i + 1, end)));
				i = end;
			} else if (style == Style.SPRING && path.startsWith("/**", i)) {
				out.append("(?:/.*)?");
				i += 2;
			} else if (style == Style.SPRING && c == '*') {
				out.append("[^/]*");
			} else if (style == Style.SPRING && c == '?') {
				out.append("[^/]");
			} else if (c == HOLE) {
				out.append(".*");
			} else {
				out.append(literal(c));
			}
		}
		if (out.length() > 1 && out.charAt(out.length() - 1) == '/') {
			out.setLength(out.length() - 1); // what came after it is a query
		}
		return out.length() == 1 ? "/" : out.append("/?").toString();
	}

	private static String variable(Style style, String body) {
		if (style == Style.SPRING && body.startsWith("*")) {
			return ".*";
		}
		if (style == Style.SPRING && !body.isEmpty() && "/?&+#.".indexOf(body.charAt(0)) >= 0) {
			return switch (body.charAt(0)) { // URI templates, as Micronaut reads them
				case '/' -> "(?:/[^/]*)*";
				case '.' -> "(?:\\.[^/]*)?";
				case '+' -> ".+";
				default -> "";
			};
		}
		int colon = body.indexOf(':');
		String regex = colon < 0 ? "" : body.substring(colon + 1).strip();
		return regex.isEmpty() || regex.matches("\\d+") ? "[^/]+" : "(?:" + regex + ")"; // {id:4} is a length
	}

	private static String callRegex(String text) {
		StringBuilder out = new StringBuilder();
		String path = trim(text);
		for (int i = 0; i < path.length(); i++) {
			char c = path.charAt(i);
			if (c == HOLE) {
				out.append(i == 0 ? ".*" : "[^/]*(?:/[^/]*)?");
			} else if (c == '{') {
				i = closing(path, i);
				out.append("[^/]+");
			} else {
				out.append(literal(c));
			}
		}
		return out.append("/?").toString();
	}

	private static int closing(String path, int open) {
		int depth = 0;
		for (int i = open; i < path.length(); i++) {
			depth += path.charAt(i) == '{' ? 1 : path.charAt(i) == '}' ? -1 : 0;
			if (depth == 0) {
				return i;
			}
		}
		return path.length() - 1;
	}

	/** Smaller is preferred, first number first. */
	private static int[] rank(Style style, String first, String second, String text) {
		return switch (style) {
			case SPRING -> {
				// as PathPattern.SPECIFICITY_COMPARATOR: catch-alls last, few wildcards, then the longer pattern
				boolean catchAll = text.endsWith("/**") || text.contains("{*");
				String bare = withoutNames(text);
				int stars = count(bare, '*') + count(text, HOLE);
				yield new int[] { catchAll ? 1 : 0, catchAll ? -text.length() : count(text, '{') + 100 * stars,
						-bare.length() };
			}
			case JAXRS -> new int[] { -literals(first), -count(first, '{'), -literals(second), -count(second, '{') };
			case SERVLET -> new int[] { text.startsWith("*.") ? 2 : text.equals("/") ? 3 : text.endsWith("/*") ? 1 : 0,
					-text.length() };
			case PREFIX -> new int[] { -text.length() };
			case CALL, RPC, NAME, SQL -> new int[] { -literals(text), count(text, HOLE) };
			case REGEX -> new int[] { 0 };
		};
	}

	private static int literals(String text) {
		int n = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c == '{') {
				i = closing(text, i);
			} else if (c != HOLE && c != '*') {
				n++;
			}
		}
		return n;
	}

	private static String literal(char c) {
		return Character.isLetterOrDigit(c) || c == '/' || c == '_' ? String.valueOf(c) : "\\" + c;
	}

	private static int count(String text, char c) {
		return (int) text.chars().filter(x -> x == c).count();
	}

	/** Each variable as one character. */
	private static String withoutNames(String path) {
		StringBuilder out = new StringBuilder();
		for (int i = 0; i < path.length(); i++) {
			boolean variable = path.charAt(i) == '{';
			out.append(variable ? '#' : path.charAt(i));
			i = variable ? closing(path, i) : i;
		}
		return out.toString();
	}

	private static String shape(String path) {
		StringBuilder out = new StringBuilder();
		String p = trim(path);
		for (int i = 0; i < p.length(); i++) {
			char c = p.charAt(i);
			if (c == '{') {
				i = closing(p, i);
				out.append("{}");
			} else if (c == HOLE) {
				out.append("{}");
			} else if (c == ':' && i > 0 && p.charAt(i - 1) == '/') {
				while (i + 1 < p.length() && p.charAt(i + 1) != '/') {
					i++;
				}
				out.append("{}");
			} else {
				out.append(c);
			}
		}
		return out.toString();
	}
}
