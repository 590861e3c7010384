package io.crosstrace.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;

/**
 * Runs the benches named on the command line, or all of them; {@code --list} names them. Prints one line of JSON per figure:
 * {@code {"bench","value","unit","note"}}. Benches are found by {@link ServiceLoader}: a new one is a class
 * and a line in {@code META-INF/services}. Ends with 1 if one could not run, 2 if a name is unknown.
 */
public final class Main {
	private Main() {
	}

	public static void main(String[] args) {
		List<Bench> all = ServiceLoader.load(Bench.class).stream().map(Provider::get)
				.sorted(Comparator.comparing(Bench::name)).toList();
		if (args.length == 1 && args[0].equals("--list")) {
			all.forEach(bench -> System.out.println(bench.name()));
			return;
		}
		List<String> wanted = args.length == 0 ? all.stream().map(Bench::name).toList() : List.of(args);
		int exit = 0;
		for (String name : wanted) {
			Bench bench = all.stream().filter(b -> b.name().equals(name)).findAny().orElse(null);
			if (bench == null) {
				System.err.println("There is no bench \"" + name + "\". There are: "
						+ String.join(", ", all.stream().map(Bench::name).toList()));
				System.exit(2);
			}
			try {
				bench.run((value, unit, note) -> System.out.println(line(name, value, unit, note)));
			} catch (Exception e) {
				System.err.println(name + " could not run: " + (e.getMessage() == null ? e : e.getMessage()));
				exit = 1;
			}
		}
		System.exit(exit);
	}

	private static String line(String bench, double value, String unit, String note) {
		return "{\"bench\":" + quoted(bench) + ",\"value\":" + String.format(Locale.ROOT, "%.6g", value).trim()
				+ ",\"unit\":" + quoted(unit) + ",\"note\":" + quoted(note) + "}";
	}

	private static String quoted(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ") + '"';
	}
}
