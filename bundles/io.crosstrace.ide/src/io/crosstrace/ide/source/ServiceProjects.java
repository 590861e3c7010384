package io.crosstrace.ide.source;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which projects a service is built from, judged by names. */
final class ServiceProjects {
	private static final int SAME = 4;
	private static final int MAIN_TYPE = 3;
	private static final int CONTAINED = 2;
	/** Words that many services share, so that they tell nothing. */
	private static final Set<String> COMMON = Set.of("service", "svc", "server", "app", "application", "api", "main",
			"java", "spring", "boot", "quarkus", "web", "rest", "impl", "core", "jar", "snapshot");

	private ServiceProjects() {
	}

	/** The projects whose names fit the service best, and what they build on; empty if none fits. */
	static Set<String> of(Workspace workspace, String service) {
		int best = 1;
		Set<String> home = new LinkedHashSet<>();
		for (Map.Entry<String, Workspace.Project> entry : workspace.projects().entrySet()) {
			int score = score(service, entry.getKey(), entry.getValue());
			if (score > best) {
				home.clear();
				best = score;
			}
			if (score == best && score > 0) {
				home.add(entry.getKey());
			}
		}
		Deque<String> open = new ArrayDeque<>(home);
		while (!open.isEmpty()) {
			Workspace.Project project = workspace.projects().get(open.pop());
			if (project != null) {
				project.requires().stream().filter(home::add).forEach(open::push);
			}
		}
		return home;
	}

	private static int score(String service, String name, Workspace.Project project) {
		String wanted = bare(service);
		if (wanted.isEmpty()) {
			return 0;
		}
		int score = 0;
		Set<String> names = new LinkedHashSet<>(project.names());
		names.add(name);
		for (String each : names) {
			String has = bare(each);
			if (has.equals(wanted)) {
				score = Math.max(score, SAME);
			} else if (words(each).containsAll(words(service)) || words(service).containsAll(words(each))) {
				score = Math.max(score, words(each).isEmpty() || words(service).isEmpty() ? 0 : CONTAINED);
			}
		}
		for (String type : project.mainTypes()) {
			if (type.equals(service) || bare(type.substring(type.lastIndexOf('.') + 1)).equals(wanted)) {
				score = Math.max(score, MAIN_TYPE);
			}
		}
		return score;
	}

	private static String bare(String name) {
		return String.join("", wordList(name));
	}

	private static Set<String> words(String name) {
		Set<String> words = new HashSet<>(Arrays.asList(wordList(name)));
		words.removeAll(COMMON);
		words.removeIf(word -> word.isEmpty() || word.chars().allMatch(Character::isDigit));
		return words;
	}

	private static String[] wordList(String name) {
		return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT).split("[^a-z0-9]+");
	}
}
