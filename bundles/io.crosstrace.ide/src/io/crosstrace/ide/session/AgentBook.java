package io.crosstrace.ide.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.equinox.security.storage.ISecurePreferences;
import org.eclipse.equinox.security.storage.SecurePreferencesFactory;
import org.eclipse.equinox.security.storage.StorageException;
import org.osgi.service.prefs.BackingStoreException;
import org.osgi.service.prefs.Preferences;
import io.crosstrace.wire.client.AgentAddress;

/**
 * The agents a workspace knows, kept across restarts: addresses in the preferences, tokens in secure storage only.
 * Secure storage may ask the user for a password, so call from a job. Without a token it is not touched.
 */
public final class AgentBook {
	private static final String NODE = "io.crosstrace.ide";
	private static final String AGENTS = "agents";
	private static final String SECURE = "io.crosstrace/agents";

	/** @throws IOException if preferences or a token could not be read; one sentence for a person */
	public List<AgentAddress> load() throws IOException {
		List<AgentAddress> addresses = new ArrayList<>();
		try {
			for (String key : agents().childrenNames()) {
				Preferences node = agents().node(key);
				String token = node.getBoolean("token", false) ? tokens().node(key).get("token", "") : "";
				addresses.add(new AgentAddress(node.get("host", ""), node.getInt("port", 0), token,
						node.getBoolean("tls", true), node.get("fingerprint", ""), node.get("ca", "")));
			}
			return addresses;
		} catch (BackingStoreException | StorageException | IllegalArgumentException e) {
			throw new IOException("The known agents could not be read: " + e.getMessage(), e);
		}
	}

	/** @throws IOException if it could not be kept; the connection itself does not need this */
	public void save(AgentAddress address) throws IOException {
		Preferences node = agents().node(key(address));
		node.put("host", address.host());
		node.putInt("port", address.port());
		node.putBoolean("tls", address.tls());
		node.put("fingerprint", address.fingerprint());
		node.put("ca", address.caPem());
		node.putBoolean("token", !address.token().isEmpty());
		try {
			if (!address.token().isEmpty()) {
				tokens().node(key(address)).put("token", address.token(), true);
				tokens().flush();
			}
			node.flush();
		} catch (BackingStoreException | StorageException e) {
			throw new IOException("The agent at " + address + " could not be kept for the next start: "
					+ e.getMessage(), e);
		}
	}

	/** @throws IOException if it could not be forgotten */
	public void forget(AgentAddress address) throws IOException {
		try {
			String key = key(address);
			if (agents().nodeExists(key)) {
				boolean hasToken = agents().node(key).getBoolean("token", false);
				agents().node(key).removeNode();
				agents().flush();
				if (hasToken) {
					tokens().node(key).removeNode();
					tokens().flush();
				}
			}
		} catch (BackingStoreException e) {
			throw new IOException("The agent at " + address + " could not be forgotten: " + e.getMessage(), e);
		}
	}

	private static Preferences agents() {
		return InstanceScope.INSTANCE.getNode(NODE).node(AGENTS);
	}

	private static ISecurePreferences tokens() throws IOException {
		ISecurePreferences root = SecurePreferencesFactory.getDefault();
		if (root == null) {
			throw new IOException("This Eclipse has no secure storage, so the token cannot be kept.");
		}
		return root.node(SECURE);
	}

	/** Node names may hold no slash. */
	private static String key(AgentAddress address) {
		return address.host().replace('/', '_') + ":" + address.port();
	}
}
