package io.crosstrace.ide.source;

import java.util.List;
import java.util.Map;

/**
 * What one source file says, word by word and without looking at any other file: names are as written, with
 * the imports that give them meaning. {@link EndpointResolver} joins the facts of all files.
 *
 * <p>All records are immutable values.
 */
final class Facts {
	private Facts() {
	}

	/** One file. */
	record File(Imports imports, List<Type> types) {
		static final File EMPTY = new File(new Imports("", Map.of(), List.of(), Map.of(), List.of()), List.of());
	}

	/** How the file's simple names are to be read. Static imports map a member's name to its type. */
	record Imports(String packageName, Map<String, String> types, List<String> packages, Map<String, String> members,
			List<String> memberTypes) {
	}

	/** A class, interface or annotation type; {@code name} is qualified with dots, nested types too. */
	record Type(String name, boolean isInterface, boolean isAnnotation, boolean isAbstract, boolean hasMain,
			List<String> supertypes, List<Mark> marks, List<Method> methods, Map<String, Text> constants,
			Map<String, String> aliases, Bodies bodies, Place place) {
		String simpleName() {
			return name.substring(name.lastIndexOf('.') + 1);
		}
	}

	/** What the bodies of a type's members say. */
	record Bodies(List<Route> routes, List<Call> calls, List<Prefix> prefixes, List<Mount> mounts) {
		static final Bodies NONE = new Bodies(List.of(), List.of(), List.of(), List.of());
	}

	/** A method; {@code parameters} are type texts as written. What {@code returns} is read of locators only. */
	record Method(String name, List<String> parameters, String returnType, boolean hasBody, List<Mark> marks,
			List<Target> returns, Place place) {
	}

	/**
	 * An annotation's use: its name as written and its members' texts. Members of an annotation inside it have
	 * the outer member's name and a dot before theirs.
	 */
	record Mark(String name, Map<String, List<Text>> values) {
		List<Text> texts(String member) {
			return values.getOrDefault(member, List.of());
		}
	}

	/**
	 * A route written as a call: {@code GET("/x", handler::get)} or {@code createContext("/x", handler)}.
	 *
	 * @param framework who would understand it, in words
	 */
	record Route(String framework, PathPattern.Style style, String verb, List<Text> path, Target target, Place place) {
	}

	/** A method of a type (as written; empty: the type it is written in); a type alone if {@code method} is empty. */
	record Target(String type, String method) {
	}

	/** A path, in pieces, that another method's routes (or all of a type's) are put below. */
	record Mount(List<Text> path, Target target, Place place) {
	}

	/** A string in a method body that may name what is called; {@code verb} is empty if it could not be told. */
	record Call(Endpoint.Kind kind, String verb, Text target, Place place) {
	}

	/** A path put in front of all routes of types that {@code predicate}, an expression as written, lets through. */
	record Prefix(Text path, String predicate) {
	}

	/** A string expression: literals, references to constants, and unknown parts. */
	record Text(List<Part> parts) {
		static Text literal(String value) {
			return new Text(List.of(new Part(Kind.LITERAL, value)));
		}
	}

	/** What a piece of a text is. */
	enum Kind {
		LITERAL, REFERENCE, UNKNOWN
	}

	/** A piece of a text; of an unknown one the value is empty. */
	record Part(Kind kind, String value) {
	}

	/** Where in the file, in characters, and which member holds it. */
	record Place(String type, String method, List<String> parameters, int offset, int length) {
	}
}
