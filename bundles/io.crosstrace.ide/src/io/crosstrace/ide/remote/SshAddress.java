package io.crosstrace.ide.remote;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host to log in to, as a person writes it: {@code user@host:port}. What is left out comes from
 * {@code ~/.ssh/config}, then from the defaults of OpenSSH.
 *
 * @param user empty if not given
 * @param port 0 if not given
 * @param jump hosts to go through, as the option {@code -J} of ssh takes them; empty if none are given
 * @param keyFile a private key to offer first; empty for the usual ones
 */
public record SshAddress(String user, String host, int port, String jump, String keyFile) {
	private static final Pattern TEXT = Pattern.compile("(?:([^@\\s]+)@)?(\\[[0-9a-fA-F:.%]+\\]|[^:@\\s/\\[\\]]+)(?::(\\d{1,5}))?");

	/** @throws IllegalArgumentException if the host cannot be right; the message can be shown to a person */
	public static SshAddress parse(String text, String jump, String keyFile) {
		Matcher parts = TEXT.matcher(text.strip());
		if (!parts.matches()) {
			throw new IllegalArgumentException("A host is written as user@host or user@host:port, not '" + text.strip() + "'.");
		}
		int port = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
		if (parts.group(3) != null && (port < 1 || port > 65535)) {
			throw new IllegalArgumentException("The port must be between 1 and 65535, not " + port + ".");
		}
		String user = parts.group(1) == null ? "" : parts.group(1);
		String host = parts.group(2).replaceAll("^\\[|\\]$", "");
		return new SshAddress(user, host, port, jump.strip(), keyFile.strip());
	}

	@Override
	public String toString() {
		return (user.isEmpty() ? "" : user + "@") + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
				+ (port == 0 ? "" : ":" + port);
	}
}
