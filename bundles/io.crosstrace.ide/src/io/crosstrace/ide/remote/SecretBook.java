package io.crosstrace.ide.remote;

import java.io.IOException;
import org.eclipse.equinox.security.storage.ISecurePreferences;
import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.StorageException;

/**
 * Passwords and passphrases a person wants kept, in Eclipse's secure storage and nowhere else. May ask for the
 * storage's own password, so never call it from the UI thread.
 */
public final class SecretBook {
	private static final String NODE = "io.crosstrace/ssh";

	/** Null if nothing is kept under this name, or it cannot be read. */
	public String load(String name) {
		try {
			ISecurePreferences root = SecurePreferencesFactory.getDefault();
			return root != null && root.nodeExists(NODE) ? root.node(NODE).get(key(name), null) : null;
		} catch (StorageException e) {
			return null; // a person can answer instead
		}
	}

	/** @throws IOException one sentence for a person; what the secret was for works without it */
	public void save(String name, String secret) throws IOException {
		ISecurePreferences root = SecurePreferencesFactory.getDefault();
		if (root == null) {
			throw new IOException("This Eclipse has no secure storage, so the password cannot be kept.");
		}
		try {
			root.node(NODE).put(key(name), secret, true);
			root.flush();
		} catch (StorageException e) {
			throw new IOException("The password could not be kept: " + e.getMessage(), e);
		}
	}

	/** A kept secret that turned out to be wrong. */
	public void forget(String name) {
		ISecurePreferences root = SecurePreferencesFactory.getDefault();
		if (root != null && root.nodeExists(NODE)) {
			root.node(NODE).remove(key(name));
		}
	}

	/** Node and key names may hold no slash. */
	private static String key(String name) {
		return name.replace('/', '_');
	}
}
