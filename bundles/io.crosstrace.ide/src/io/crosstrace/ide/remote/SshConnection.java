package io.crosstrace.ide.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.future.SshFutureListener;
import org.apache.sshd.common.util.net.SshdSocketAddress;

/** One login on one host. Any thread but the UI thread; every call waits for the network, but not for ever. */
final class SshConnection implements AutoCloseable {
	private static final long TRANSFER_MILLIS = Duration.ofMinutes(10).toMillis();

	private final SshClient client;
	private final ClientSession session;
	private final String host;

	/** What a command left: its exit status, and what it printed, at most a megabyte of each. */
	record Result(int status, String out, String err) {
		boolean ok() {
			return status == 0;
		}

		/** The last line that says something, for a message to a person. */
		String lastWords() {
			String text = (err.isBlank() ? out : err).strip();
			return text.substring(text.lastIndexOf('\n') + 1).strip();
		}
	}

	SshConnection(SshClient client, ClientSession session, String host) {
		this.client = client;
		this.session = session;
		this.host = host;
	}

	/** See {@link SshLogin#open}. */
	static SshConnection open(SshAddress address, Path sshFolder, Questions questions) throws RemoteException {
		return new SshLogin(address, sshFolder, questions).open();
	}

	String user() {
		return session.getUsername();
	}

	boolean isOpen() {
		return session.isOpen();
	}

	/** Calls {@code listener} once, in a thread of the connection, when it is gone; at once if it is gone already. */
	void whenGone(Runnable listener) {
		session.addCloseFutureListener((SshFutureListener<CloseFuture>) future -> listener.run());
	}

	/** Runs a command and waits for its end. */
	Result run(String command, Duration limit) throws RemoteException {
		return run(command, InputStream.nullInputStream(), limit);
	}

	/** Runs a command that reads {@code input} to its end. */
	Result run(String command, InputStream input, Duration limit) throws RemoteException {
		Kept out = new Kept();
		Kept err = new Kept();
		try (ChannelExec channel = session.createExecChannel(command)) {
			channel.setIn(input);
			channel.setOut(out);
			channel.setErr(err);
			channel.open().verify(limit);
			Set<ClientChannelEvent> events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), limit.toMillis());
			if (events.contains(ClientChannelEvent.TIMEOUT)) {
				throw new RemoteException(host + " did not finish a command within " + limit.toSeconds()
						+ " seconds. See whether the host is overloaded, then try again.");
			}
			Integer status = channel.getExitStatus();
			if (status == null) {
				throw new RemoteException("The connection to " + host + " broke while a command ran there. Try again.");
			}
			return new Result(status, out.text(), err.text());
		} catch (IOException e) {
			throw new RemoteException("The connection to " + host + " broke: " + SshLogin.plain(e) + ". Try again.", e);
		}
	}

	/** Writes a file on the host. @param size for the message only */
	void upload(InputStream content, String path, String what) throws RemoteException {
		Result result = run("umask 077 && cat > " + quoted(path), content, Duration.ofMillis(TRANSFER_MILLIS));
		if (!result.ok()) {
			throw new RemoteException(what + " could not be written on " + host + ": " + result.lastWords()
					+ ". Make room on the host, or set TMPDIR there to a folder with room.");
		}
	}

	/** A port on this machine's loopback that leads to a port on the host's. @param localPort 0 for any */
	int tunnel(int localPort, int remotePort) throws IOException {
		return session.startLocalPortForwarding(new SshdSocketAddress("127.0.0.1", localPort),
				new SshdSocketAddress("127.0.0.1", remotePort)).getPort();
	}

	/** For a POSIX shell: one word, whatever is in it. */
	static String quoted(String text) {
		return "'" + text.replace("'", "'\\''") + "'";
	}

	@Override
	public void close() {
		session.close(true);
		client.stop();
	}

	/** Keeps the first megabyte: a host must not fill our memory. */
	private static final class Kept extends ByteArrayOutputStream {
		private static final int MOST = 1 << 20;

		@Override
		public synchronized void write(byte[] bytes, int from, int length) {
			super.write(bytes, from, Math.min(length, MOST - count));
		}

		@Override
		public synchronized void write(int value) {
			if (count < MOST) {
				super.write(value);
			}
		}

		String text() {
			return toString(StandardCharsets.UTF_8);
		}
	}
}
