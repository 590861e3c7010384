package io.crosstrace.ide.tests.remote;

import io.crosstrace.ide.remote.Questions;
import java.util.ArrayList;
import java.util.List;

/** Answers as a test says, and notes what was asked. */
final class Person implements Questions {
	final List<String> asked = new ArrayList<>();
	boolean trusts = true;
	String password;
	String passphrase;
	String sudoPassword;

	@Override
	public synchronized boolean trust(String host, String keyType, String fingerprint) {
		asked.add("trust " + fingerprint);
		return trusts;
	}

	@Override
	public synchronized String password(String user, String host, int attempt) {
		asked.add("password " + user + " " + attempt);
		return password;
	}

	@Override
	public synchronized String passphrase(String keyFile, int attempt) {
		asked.add("passphrase " + attempt);
		return passphrase;
	}

	@Override
	public synchronized String sudoPassword(String user, String host, int attempt) {
		asked.add("sudo " + user + " " + attempt);
		return sudoPassword;
	}
}
