package io.crosstrace.ide.remote;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/**
 * Asks each question once: a connection that comes back must not wake a person, nor ask again what was refused. In
 * memory only.
 */
final class RememberedAnswers implements Questions {
	private final Questions person;
	private final Map<String, String> answers = new ConcurrentHashMap<>();
	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	RememberedAnswers(Questions person) {
		this.person = person;
	}

	@Override
	public boolean trust(String host, String keyType, String fingerprint) {
		boolean trusted = !refused.contains(fingerprint) && person.trust(host, keyType, fingerprint);
		if (!trusted) {
			refused.add(fingerprint); // known_hosts remembers the others
		}
		return trusted;
	}

	@Override
	public String password(String user, String host, int attempt) {
		return once("password " + user + '@' + host, attempt, n -> person.password(user, host, n));
	}

	@Override
	public String passphrase(String keyFile, int attempt) {
		return once("passphrase " + keyFile, attempt, n -> person.passphrase(keyFile, n));
	}

	@Override
	public String sudoPassword(String user, String host, int attempt) {
		return once("sudo " + user + '@' + host, attempt, n -> person.sudoPassword(user, host, n));
	}

	private String once(String question, int attempt, IntFunction<String> ask) {
		String known = attempt == 1 ? answers.get(question) : null;
		if (known != null || refused.contains(question)) {
			return known;
		}
		String answer = ask.apply(attempt);
		if (answer == null) {
			answers.remove(question);
			refused.add(question);
		} else {
			answers.put(question, answer);
		}
		return answer;
	}
}
