package io.crosstrace.agent.discover;

import io.crosstrace.core.protocol.Processes.Container;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the container of a process by the names that runtimes give to control groups and mounts, as OpenTelemetry's
 * detectors do: Docker, containerd, CRI-O and Podman, with systemd or without, control groups of both versions, ECS.
 */
final class Containers {
	/** A group's name: the id, with the runtime's name before it and systemd's suffix behind. Of ECS on Fargate: shorter. */
	private static final Pattern GROUP = Pattern.compile("/(?:[a-z][a-z0-9_]*-)*([0-9a-f]{64}|[0-9a-f]{32}-\\d{4,12})(?:\\.scope)?(?=/|$)");
	/** The process that watches a container; it is not in it. */
	private static final Pattern WATCHER = Pattern.compile("/[^/]*conmon-[0-9a-f]{64}");
	private static final Pattern POD = Pattern.compile("[/-]pod([0-9a-f]{8}([-_])[0-9a-f]{4}\\2[0-9a-f]{4}\\2[0-9a-f]{4}\\2[0-9a-f]{12}|[0-9a-f]{32})(?=[./])");
	/** Files that runtimes mount into a container from a folder that bears its id. */
	private static final Pattern MOUNT = Pattern.compile("/(?:containers|overlay-containers)/([0-9a-f]{64})/(?:userdata/)?(?:hostname|hosts|resolv\\.conf)");

	private Containers() {
	}

	/**
	 * @param groups lines of {@code /proc/PID/cgroup}
	 * @param mounts lines of {@code /proc/PID/mountinfo}, for who shares the agent's own view of control groups
	 */
	static Container of(List<String> groups, List<String> mounts) {
		String id = "";
		String pod = "";
		for (String line : groups) {
			String path = line.substring(line.lastIndexOf(':') + 1);
			String inner = WATCHER.matcher(path).find() ? "" : last(GROUP, path); // of a container in a container: the inner
			if (!inner.isEmpty()) {
				id = inner;
				pod = last(POD, path).replace('_', '-');
				break;
			}
		}
		for (int i = 0; i < mounts.size() && id.isEmpty(); i++) {
			id = last(MOUNT, mounts.get(i));
		}
		return id.isEmpty() ? Container.NONE : new Container(id, pod);
	}

	private static String last(Pattern pattern, String text) {
		String found = "";
		for (Matcher matcher = pattern.matcher(text); matcher.find(); ) {
			found = matcher.group(1);
		}
		return found;
	}
}
