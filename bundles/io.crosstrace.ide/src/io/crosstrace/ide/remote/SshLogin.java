package io.crosstrace.ide.remote;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.config.hosts.ConfigFileHostEntryResolver;
import org.apache.sshd.client.config.hosts.HostConfigEntry;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.core.CoreModuleProperties;

/**
 * Logs in as OpenSSH would: hosts, users, keys and jump hosts from {@code ~/.ssh/config}, keys from the ssh-agent and
 * {@code ~/.ssh}, hosts checked against {@code known_hosts}. One login an object.
 */
final class SshLogin {
	private static final Duration CONNECT = Duration.ofSeconds(15);
	/** A person may be typing. */
	private static final Duration AUTHENTICATE = Duration.ofMinutes(5);
	private static final Duration HEARTBEAT = Duration.ofSeconds(5);
	private static final int HEARTBEATS_MISSED = 3;
	private static final int ATTEMPTS = 3;
	private static final List<String> KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

	private final SshAddress address;
	private final Path sshFolder;
	private final Questions questions;
	/** What a person would not guess from "authentication failed". Written by the client's threads. */
	private volatile String keyProblem = "";
	private volatile String passphraseProblem = "";
	private volatile boolean gaveUp;

	SshLogin(SshAddress address, Path sshFolder, Questions questions) {
		this.address = address;
		this.sshFolder = sshFolder;
		this.questions = questions;
	}

	/** @throws RemoteException with the reason, in words for a person */
	SshConnection open() throws RemoteException {
		SshClient client = client();
		client.start();
		try {
			ClientSession session = client.connect(entry(client), null, null).verify(CONNECT).getSession();
			session.auth().verify(AUTHENTICATE);
			return new SshConnection(client, session, address.toString());
		} catch (IOException | RuntimeException e) {
			client.stop();
			throw new RemoteException(reason(e), e);
		}
	}

	private SshClient client() {
		SshClient client = SshClient.setUpDefaultClient();
		Path config = sshFolder.resolve("config");
		client.setHostConfigEntryResolver(Files.isReadable(config) ? new ConfigFileHostEntryResolver(config)
				: org.apache.sshd.client.config.hosts.HostConfigEntryResolver.EMPTY);
		client.setServerKeyVerifier(new KnownHosts());
		client.setFilePasswordProvider(new Passphrases());
		client.setUserInteraction(new Passwords());
		client.setKeyIdentityProvider(new FileKeyPairProvider(keys()));
		SshAgentFactory agent = AgentSocket.factory();
		if (agent != null) {
			client.setAgentFactory(agent);
		}
		CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
		CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, HEARTBEATS_MISSED);
		CoreModuleProperties.PASSWORD_PROMPTS.set(client, ATTEMPTS);
		CoreModuleProperties.AUTH_TIMEOUT.set(client, AUTHENTICATE);
		return client;
	}

	private List<Path> keys() {
		List<Path> keys = new ArrayList<>();
		if (!address.keyFile().isEmpty()) {
			keys.add(Path.of(address.keyFile()));
		}
		for (String name : KEYS) {
			Path key = sshFolder.resolve(name);
			if (Files.isReadable(key)) {
				keys.add(key);
			}
		}
		return keys;
	}

	private HostConfigEntry entry(SshClient client) throws IOException {
		HostConfigEntry entry = client.getHostConfigEntryResolver().resolveEffectiveHost(address.host(), address.port(),
				null, address.user().isEmpty() ? null : address.user(), address.jump().isEmpty() ? null : address.jump(), null);
		if (entry == null) {
			entry = new HostConfigEntry(address.host(), address.host(), address.port(), address.user(), address.jump());
		}
		if (entry.getPort() <= 0) {
			entry.setPort(22);
		}
		if (entry.getUsername() == null || entry.getUsername().isEmpty()) {
			entry.setUsername(System.getProperty("user.name"));
		}
		if (!address.jump().isEmpty()) {
			entry.setProxyJump(address.jump());
		}
		return entry;
	}

	private String reason(Exception e) {
		if (!keyProblem.isEmpty()) {
			return keyProblem;
		}
		if (gaveUp) {
			return "Not connected to " + address + ": the question was not answered.";
		}
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
				return "The host " + address.host() + " is not known. Check its name, or name it in ~/.ssh/config.";
			}
			if (cause instanceof java.net.ConnectException) {
				return "No SSH server answers at " + address + ". Check host and port, and whether the host is up.";
			}
		}
		String text = String.valueOf(e.getMessage());
		if (text.contains("No more authentication methods") || text.contains("Too many authentication failures")) {
			return address + " let nobody in with the keys and passwords at hand."
					+ (passphraseProblem.isEmpty() ? "" : " " + passphraseProblem)
					+ " Check the user name, or choose the private key that the host knows.";
		}
		return "Not connected to " + address + ": " + plain(e)
				+ ". See whether 'ssh " + address + "' works in a terminal.";
	}

	/** The first message that says something. */
	static String plain(Throwable e) {
		for (Throwable cause = e; cause != null; cause = cause.getCause()) {
			if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
				return cause.getMessage().strip().replaceAll("\\.$", "");
			}
		}
		return e.getClass().getSimpleName();
	}

	/** Trusts what known_hosts says; asks about hosts it does not know; never accepts a changed key. */
	private final class KnownHosts extends KnownHostsServerKeyVerifier {
		KnownHosts() {
			super((session, remote, key) -> false, sshFolder.resolve("known_hosts"));
		}

		@Override
		protected boolean acceptUnknownHostKey(ClientSession session, SocketAddress remote, PublicKey key) {
			String host = name(session, remote);
			if (!questions.trust(host, KeyUtils.getKeyType(key), KeyUtils.getFingerPrint(key))) {
				keyProblem = "Not connected: the key of " + host + " was not trusted. Ask its administrator for "
						+ "the fingerprint and compare.";
				return false;
			}
			try {
				Files.createDirectories(getPath().getParent());
				updateKnownHostsFile(session, remote, key, getPath(), List.of());
			} catch (Exception e) {
				handleKnownHostsFileUpdateFailure(session, remote, key, getPath(), List.of(), e);
			}
			return true;
		}

		@Override
		public boolean acceptModifiedServerKey(ClientSession session, SocketAddress remote, KnownHostEntry entry,
				PublicKey expected, PublicKey actual) {
			keyProblem = "The key of " + name(session, remote) + " is not the one in " + getPath() + ": it shows "
					+ KeyUtils.getFingerPrint(actual) + ". Somebody may be in between, or the host was set up anew: "
					+ "ask its administrator, and if so remove the old key with 'ssh-keygen -R'.";
			return false;
		}

	}

	/** Host and port of one login, which may be a jump host's. */
	private static String name(ClientSession session, SocketAddress remote) {
		SocketAddress asked = session.getConnectAddress();
		return String.valueOf(asked == null ? remote : asked).replaceFirst("^/", "").replaceFirst("/.*(?=:)", "");
	}

	private final class Passphrases implements FilePasswordProvider {
		@Override
		public String getPassword(SessionContext session, NamedResource key, int index) {
			String answer = questions.passphrase(key.getName(), index + 1);
			if (answer == null) {
				passphraseProblem = "The private key " + key.getName() + " was not unlocked.";
			}
			return answer;
		}

		@Override
		public ResourceDecodeResult handleDecodeAttemptResult(SessionContext session, NamedResource key, int index,
				String passphrase, Exception problem) {
			if (problem == null) {
				return ResourceDecodeResult.TERMINATE;
			}
			if (passphrase != null && index + 1 < ATTEMPTS) {
				return ResourceDecodeResult.RETRY;
			}
			passphraseProblem = "The private key " + key.getName() + " could not be unlocked.";
			return ResourceDecodeResult.IGNORE;
		}
	}

	private final class Passwords implements UserInteraction {
		private int attempt;

		@Override
		public boolean isInteractionAllowed(ClientSession session) {
			return true;
		}

		@Override
		public String resolveAuthPasswordAttempt(ClientSession session) {
			return ask(session);
		}

		@Override
		public String[] interactive(ClientSession session, String name, String instruction, String language,
				String[] prompts, boolean[] echo) {
			String[] answers = new String[prompts.length];
			for (int i = 0; i < prompts.length; i++) {
				answers[i] = ask(session);
				if (answers[i] == null) {
					return null;
				}
			}
			return answers;
		}

		@Override
		public String getUpdatedPassword(ClientSession session, String prompt, String language) {
			return null;
		}

		private String ask(ClientSession session) {
			String answer = gaveUp || attempt == ATTEMPTS ? null
					: questions.password(session.getUsername(), name(session, session.getConnectAddress()), ++attempt);
			gaveUp |= answer == null && attempt < ATTEMPTS;
			return answer;
		}
	}
}
