package io.crosstrace.ide.source;

import java.util.Map;

/** Gives texts their values: follows constants through types and files, fills placeholders from the settings. */
final class Constants {
	/** Constants that refer to constants: deeper is a cycle. */
	private static final int MAX_DEPTH = 8;

	private static final String UNKNOWN = String.valueOf(PathPattern.HOLE);

	private final Sources sources;
	private final Map<String, ProjectSettings> settings;

	Constants(Sources sources, Map<String, ProjectSettings> settings) {
		this.sources = sources;
		this.settings = settings;
	}

	/** The text as far as it is known; what is not becomes one {@link PathPattern#HOLE} for each run of it. */
	String value(Sources.Located where, Facts.Text text) {
		String raw = raw(where, text, 0);
		ProjectSettings known = settings.get(where.unit().project());
		String expanded = known == null ? raw : known.expand(raw);
		while (expanded.contains(UNKNOWN + UNKNOWN)) {
			expanded = expanded.replace(UNKNOWN + UNKNOWN, UNKNOWN);
		}
		return expanded;
	}

	private String raw(Sources.Located where, Facts.Text text, int depth) {
		StringBuilder out = new StringBuilder();
		for (Facts.Part part : text.parts()) {
			switch (part.kind()) {
				case LITERAL -> out.append(part.value());
				case UNKNOWN -> out.append(PathPattern.HOLE);
				case REFERENCE -> out.append(depth < MAX_DEPTH ? constant(where, part.value(), depth)
						: UNKNOWN);
			}
		}
		return out.toString();
	}

	private String constant(Sources.Located where, String name, int depth) {
		int dot = name.lastIndexOf('.');
		if (dot > 0) {
			boolean isType = Character.isUpperCase(name.charAt(name.lastIndexOf('.', dot - 1) + 1));
			return in(isType ? sources.resolve(where, name.substring(0, dot)) : null, name.substring(dot + 1), depth);
		}
		String own = in(where, name, depth);
		if (!own.equals(UNKNOWN)) {
			return own;
		}
		Facts.Imports imports = where.unit().facts().imports();
		for (String outer = where.type().name(); outer.lastIndexOf('.') > imports.packageName().length();) {
			outer = outer.substring(0, outer.lastIndexOf('.'));
			String value = in(sources.resolve(where, outer), name, depth);
			if (!value.equals(UNKNOWN)) {
				return value;
			}
		}
		if (imports.members().containsKey(name)) {
			return in(sources.resolve(where, imports.members().get(name)), name, depth);
		}
		for (String type : imports.memberTypes()) {
			String value = in(sources.resolve(where, type), name, depth);
			if (!value.equals(UNKNOWN)) {
				return value;
			}
		}
		return UNKNOWN;
	}

	private String in(Sources.Located type, String name, int depth) {
		if (type != null) {
			for (Sources.Located each : sources.linearize(type)) {
				Facts.Text text = each.type().constants().get(name);
				if (text != null) {
					return raw(each, text, depth + 1);
				}
			}
		}
		return UNKNOWN;
	}
}
