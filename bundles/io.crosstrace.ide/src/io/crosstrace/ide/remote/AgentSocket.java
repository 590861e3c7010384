package io.crosstrace.ide.remote;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.common.util.threads.ThreadUtils;

/**
 * The person's own ssh-agent (draft-ietf-sshm-ssh-agent), asked over its Unix socket with nothing native. Keys never
 * leave it; it is not forwarded to hosts.
 */
final class AgentSocket extends AbstractAgentProxy {
	private static final int MOST_BYTES = 256 << 10;

	private final SocketChannel channel;

	private AgentSocket(Path socket) throws IOException {
		super(ThreadUtils.newSingleThreadExecutor("CrossTrace ssh-agent"));
		channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
	}

	/** Null if there is no ssh-agent. */
	static SshAgentFactory factory() {
		Path socket = socket();
		return socket == null ? null : new Factory(socket);
	}

	private static Path socket() {
		String name = System.getenv("SSH_AUTH_SOCK");
		try {
			return name == null || name.isBlank() || !Files.exists(Path.of(name)) ? null : Path.of(name);
		} catch (InvalidPathException e) {
			return null;
		}
	}

	@Override
	public boolean isOpen() {
		return channel.isOpen();
	}

	@Override
	protected synchronized Buffer request(Buffer question) throws IOException {
		ByteBuffer out = ByteBuffer.wrap(question.array(), question.rpos(), question.available());
		while (out.hasRemaining()) {
			channel.write(out);
		}
		int length = read(4).getInt();
		if (length < 1 || length > MOST_BYTES) {
			throw new IOException("The ssh-agent answered with " + length + " bytes, which cannot be right.");
		}
		return new ByteArrayBuffer(read(length).array());
	}

	private ByteBuffer read(int bytes) throws IOException {
		ByteBuffer in = ByteBuffer.allocate(bytes);
		while (in.hasRemaining()) {
			if (channel.read(in) < 0) {
				throw new EOFException("The ssh-agent closed its socket.");
			}
		}
		return in.flip();
	}

	@Override
	public void close() throws IOException {
		channel.close();
		super.close();
	}

	private record Factory(Path socket) implements SshAgentFactory {
		@Override
		public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
			return new AgentSocket(socket);
		}

		@Override
		public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
			return List.of();
		}

		@Override
		public SshAgentServer createServer(ConnectionService service) {
			return null;
		}
	}
}
