package io.crosstrace.ide.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.crosstrace.ide.source.Sources.Located;

/**
 * The classes that a JAX-RS locator hands requests on to: what its declared type says or, where that is
 * {@code Object} or an interface that nobody implements, what its body makes or is given by other methods.
 */
final class SubResources {
	/** Methods that pass on what other methods give. */
	private static final int MAX_CALLS = 3;
	private static final int MAX_LEVELS = 5;

	private final Sources sources;
	/** Simple names of types whose subtypes give sub-resources: files that name them matter. */
	final Set<String> asked = new HashSet<>();

	SubResources(Sources sources) {
		this.sources = sources;
	}

	/** Empty if the sources do not tell. */
	Set<Located> of(Located declaring, Facts.Method locator) {
		Set<Located> found = new LinkedHashSet<>();
		follow(declaring, locator, 0, found);
		return found;
	}

	private void follow(Located in, Facts.Method method, int calls, Set<Located> out) {
		Located declared = sources.resolve(in, method.returnType().replaceFirst("^Class<(?:\\? extends )?(.*)>$", "$1"));
		List<Located> concrete = declared == null ? List.of() : concrete(declared);
		if (!concrete.isEmpty()) {
			out.addAll(concrete);
			return;
		}
		int before = out.size();
		for (Facts.Target target : method.returns()) {
			if (!target.method().isEmpty()) {
				passedOn(in, target, calls, out);
				continue;
			}
			Located made = sources.resolve(in, target.type());
			if (made != null) {
				out.addAll(concrete(made));
			}
		}
		if (out.size() == before && declared != null) {
			out.add(declared);
		}
	}

	private void passedOn(Located in, Facts.Target target, int calls, Set<Located> out) {
		Located on = target.type().isEmpty() ? in : sources.resolve(in, target.type());
		if (calls == MAX_CALLS) {
			return;
		}
		asked.add(target.type().substring(target.type().lastIndexOf('.') + 1).replaceFirst("<.*", ""));
		Set<Located> types = new LinkedHashSet<>(on == null ? sources.subtypes(in, target.type()) : sources.linearize(on));
		for (Located type : on == null ? List.copyOf(types) : List.of(on)) {
			below(type, 0, types);
		}
		for (Located type : types) {
			for (Facts.Method each : type.type().methods()) {
				if (each.name().equals(target.method())) {
					follow(type, each, calls + 1, out);
				}
			}
		}
	}

	/** The type itself if it can be made, else the types below it that can. */
	private List<Located> concrete(Located type) {
		if (!type.type().isInterface() && !type.type().isAbstract()) {
			return List.of(type);
		}
		Set<Located> all = new LinkedHashSet<>();
		below(type, 0, all);
		List<Located> concrete = new ArrayList<>(all);
		concrete.removeIf(each -> each.type().isInterface() || each.type().isAbstract());
		return concrete;
	}

	private void below(Located type, int level, Set<Located> out) {
		if (type.type().isAbstract() || type.type().isInterface()) {
			asked.add(type.type().simpleName());
		}
		for (Located each : level == MAX_LEVELS ? List.<Located>of() : sources.subtypes(type)) {
			if (out.add(each)) {
				below(each, level + 1, out);
			}
		}
	}
}
