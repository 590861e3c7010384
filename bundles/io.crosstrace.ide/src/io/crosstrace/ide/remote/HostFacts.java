package io.crosstrace.ide.remote;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a host is, asked in one round trip.
 *
 * @param machine as {@code uname -m} says it
 * @param java path of a Java 21 or newer; empty if the host has none
 * @param root whether the login is root's
 * @param sudo whether there is a sudo
 */
record HostFacts(String system, String kernel, String machine, String java, boolean root, boolean sudo) {
	private static final Duration LIMIT = Duration.ofSeconds(30);
	private static final String SCRIPT = """
			echo "system=$(uname -s)"; echo "kernel=$(uname -r)"; echo "machine=$(uname -m)"; echo "uid=$(id -u)"
			command -v sudo >/dev/null 2>&1 && echo sudo=yes
			for java in "$JAVA_HOME/bin/java" "$(command -v java)" /usr/lib/jvm/*/bin/java /opt/*/bin/java /opt/java/*/bin/java; do
				[ -x "$java" ] || continue
				release=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java\\.specification\\.version = //p')
				case $release in ''|*[!0-9]*) continue ;; esac
				[ "$release" -ge 21 ] && echo "java=$java" && break
			done
			true
			""";

	static HostFacts ask(SshConnection connection) throws RemoteException {
		SshConnection.Result result = connection.run("sh -c " + SshConnection.quoted(SCRIPT), LIMIT);
		Map<String, String> facts = new HashMap<>();
		result.out().lines().filter(line -> line.indexOf('=') > 0)
				.forEach(line -> facts.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
		if (!facts.containsKey("uid")) {
			throw new RemoteException("The host runs no ordinary shell: it answered '" + result.lastWords()
					+ "'. Log in as a user who may run commands.");
		}
		return new HostFacts(facts.getOrDefault("system", "?"), facts.getOrDefault("kernel", "?"),
				facts.getOrDefault("machine", "?"), facts.getOrDefault("java", ""), "0".equals(facts.get("uid")),
				facts.containsKey("sudo"));
	}
}
