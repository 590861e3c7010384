package io.crosstrace.ide.remote;

/**
 * What only a person can answer. Called by threads of the connection, never by the UI thread; each call may wait for
 * as long as the person thinks. {@code null} means the person gave up.
 */
public interface Questions {
	/**
	 * Whether the key a host shows for the first time is to be trusted and remembered.
	 *
	 * @param fingerprint as {@code ssh-keygen -lf} prints it, such as {@code SHA256:...}
	 */
	boolean trust(String host, String keyType, String fingerprint);

	/** The password of a user of a host. @param attempt from 1; above 1 the last answer was wrong */
	String password(String user, String host, int attempt);

	/** The passphrase of a private key. @param attempt from 1; above 1 the last answer was wrong */
	String passphrase(String keyFile, int attempt);

	/** The password that sudo asks for. @param attempt from 1; above 1 the last answer was wrong */
	String sudoPassword(String user, String host, int attempt);
}
