package io.crosstrace.ide.remote;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Runs commands with root's rights: as root, by a sudo that asks nothing, or by one that asks for a password. */
final class Sudo {
	private static final Duration LIMIT = Duration.ofSeconds(30);
	private static final int ATTEMPTS = 3;

	private final SshConnection connection;
	private final String prefix;
	private final String password;

	private Sudo(SshConnection connection, String prefix, String password) {
		this.connection = connection;
		this.prefix = prefix;
		this.password = password;
	}

	/** @throws RemoteException if this login cannot become root */
	static Sudo of(SshConnection connection, HostFacts facts, String host, Questions questions) throws RemoteException {
		if (facts.root()) {
			return new Sudo(connection, "", "");
		}
		String user = connection.user();
		if (!facts.sudo()) {
			throw new RemoteException("The agent needs root's rights on " + host + ", and " + user + " has none there: "
					+ "the host has no sudo. Log in as root, or have the agent installed there as a service.");
		}
		SshConnection.Result silent = connection.run("sudo -n true", LIMIT);
		if (silent.ok()) {
			return new Sudo(connection, "sudo -n ", "");
		}
		for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
			String password = questions.sudoPassword(user, host, attempt);
			if (password == null) {
				throw new RemoteException("Not started: sudo on " + host + " wants a password.");
			}
			Sudo sudo = new Sudo(connection, "sudo -S -k -p '' ", password);
			SshConnection.Result result = sudo.run("true", LIMIT);
			if (result.ok()) {
				return sudo;
			}
			if (result.err().contains("not in the sudoers") || result.err().contains("not allowed")) {
				throw new RemoteException(user + " may not use sudo on " + host + ". Ask its administrator, log in as "
						+ "another user, or have the agent installed there as a service.");
			}
		}
		throw new RemoteException("sudo on " + host + " did not accept the password of " + user + " three times.");
	}

	/** The command must not read its input: a password may be on it. */
	SshConnection.Result run(String command, Duration limit) throws RemoteException {
		InputStream input = prefix.contains("-S")
				? new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)) : InputStream.nullInputStream();
		return connection.run(prefix + command, input, limit);
	}
}
