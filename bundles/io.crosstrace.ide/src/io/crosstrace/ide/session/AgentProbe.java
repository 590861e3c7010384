package io.crosstrace.ide.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import io.crosstrace.core.span.Dictionary;
import io.crosstrace.wire.client.AgentAddress;
import io.crosstrace.wire.client.AgentConnection;
import io.crosstrace.wire.client.AgentInfo;
import io.crosstrace.wire.client.AgentListener;
import io.crosstrace.wire.client.ConnectionState;

/** Tries once whether an agent would let us in. */
public final class AgentProbe {
	/**
	 * @param state CONNECTED if all is well, else why not
	 * @param message one sentence for a person
	 * @param info null unless connected
	 * @param offeredFingerprint of the certificate the agent showed, hex; empty if none
	 */
	public record Answer(ConnectionState state, String message, AgentInfo info, String offeredFingerprint) {
	}

	private AgentProbe() {
	}

	/** Waits for the answer, at most {@code patience}: not for the UI thread. */
	public static Answer ask(AgentAddress address, Duration patience) throws InterruptedException {
		CompletableFuture<Answer> answer = new CompletableFuture<>();
		AgentListener listener = new AgentListener() {
			private AgentInfo info;

			@Override
			public void welcome(AgentInfo agent) {
				info = agent;
			}

			@Override
			public void state(ConnectionState state, String reason) {
				if (state != ConnectionState.CONNECTING) {
					answer.complete(new Answer(state, reason, info, ""));
				}
			}
		};
		try (AgentConnection connection = AgentConnection.connect(address, "Eclipse, testing", new Dictionary(1 << 16),
				listener)) {
			Answer got = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
			return new Answer(got.state(), got.message().replaceFirst(" Trying again.*", ""), got.info(), connection.offeredFingerprint());
		} catch (TimeoutException e) {
			return new Answer(ConnectionState.WAITING,
					address.host() + ":" + address.port() + " did not answer within " + patience.toSeconds() + " s.", null, "");
		} catch (ExecutionException e) {
			throw new IllegalStateException(e.getCause());
		}
	}
}
