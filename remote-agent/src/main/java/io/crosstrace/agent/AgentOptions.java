package io.crosstrace.agent;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.crosstrace.agent.bpf.Network;
import io.crosstrace.agent.bpf.Propagation;
import io.crosstrace.agent.serve.Secrets;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options of {@code run}, as picocli fills them in. Each has a default that suits one developer's machine. */
public final class AgentOptions {
	private static final int DEFAULT_PORT = 4520;

	@Option(names = "--listen", paramLabel = "HOST:PORT", defaultValue = "127.0.0.1:4520",
			description = "Where clients connect; port 0 takes a free one. Off loopback with TLS and token only. "
					+ "Default: ${DEFAULT-VALUE}")
	String listen;

	@Option(names = "--port-file", paramLabel = "FILE", description = "Write the port that was bound into this file.")
	Path portFile;

	@Option(names = "--state-dir", paramLabel = "DIR", description = "Where token and certificate are kept. "
			+ "Default: /var/lib/crosstrace for root")
	Path stateDir = Secrets.defaultFolder();

	@Option(names = "--token-file", paramLabel = "FILE", description = "File with the token that clients must show; "
			+ "made if absent. Default: token in the state folder")
	Path tokenFile;

	@Option(names = "--no-token", description = "Let everybody on this host connect. On loopback only.")
	boolean noToken;

	@Option(names = "--tls", description = "Use TLS on loopback too.")
	boolean tls;

	@Option(names = "--tls-cert", paramLabel = "FILE", description = "Certificate chain, PEM. Default: a self-made one")
	Path tlsCertificate;

	@Option(names = "--tls-key", paramLabel = "FILE", description = "Private key of the certificate, PEM, PKCS #8.")
	Path tlsKey;

	@Option(names = "--pid", paramLabel = "PID", split = ",", description = "Watch these processes and their children "
			+ "only. Default: all but the agent")
	Set<Integer> pids = new LinkedHashSet<>();

	@Option(names = "--exe", paramLabel = "REGEX", description = "Watch processes only whose program's path has this "
			+ "in it, such as '/java$', now or later.")
	String exe;

	@Option(names = "--cgroup", paramLabel = "DIR", description = "Watch the processes of this control group only.")
	Path cgroup;

	@Option(names = "--service", paramLabel = "WHICH=NAME", description = "Call a service NAME: WHICH is a process id, "
			+ "or a regular expression found in the command line. Repeatable.")
	List<String> services = new ArrayList<>();

	@Option(names = "--spans-out", paramLabel = "FILE", description = "Write finished spans as lines of JSON.")
	Path spansOut;

	@Option(names = "--otlp-endpoint", paramLabel = "URL", description = "Send spans to this OpenTelemetry collector, "
			+ "such as http://localhost:4318.")
	String otlpEndpoint;

	@Option(names = "--capture-header", paramLabel = "NAME", split = ",", description = "Add this request header as an attribute. "
			+ "Repeatable.")
	Set<String> headers = new LinkedHashSet<>();

	@Option(names = "--ignore-traceparent", description = "Infer parents as if applications sent no trace context.")
	boolean ignoreTraceparent;

	@Option(names = "--option", paramLabel = "WAYS", defaultValue = "both", description = "What of the TCP option that "
			+ "carries span ids is used: both, write (tell peers), read (believe them) or none. Default: ${DEFAULT-VALUE}")
	OptionWays optionWays;

	@Option(names = "--peers", paramLabel = "NETWORKS", defaultValue = "private", description = "Hosts to exchange span ids "
			+ "with, such as 10.0.0.0/8,fd00::/8; private for all private addresses, all for everybody: then whoever can "
			+ "connect can claim to be a parent. Default: ${DEFAULT-VALUE}")
	String peers;

	@Option(names = "--option-kind", paramLabel = "KIND", defaultValue = "253", description = "Kind of the TCP option, 253 "
			+ "or 254; the same on all hosts. Default: ${DEFAULT-VALUE}")
	int optionKind;

	@Option(names = "--option-exid", paramLabel = "NUMBER", defaultValue = "0xc754", converter = AnyBase.class, description = "Number of the "
			+ "experiment in the TCP option (RFC 6994); the same on all hosts. Default: ${DEFAULT-VALUE}")
	Integer optionExperiment;

	@Option(names = "--no-option", description = "Carry no span ids in TCP options; services are joined by address "
			+ "and sequence number.")
	boolean noOption;

	@Option(names = "--no-hand-offs", description = "Do not follow how threads hand work to each other; calls are given "
			+ "parents by other evidence alone.")
	boolean noHandOffs;

	@Option(names = "--no-plaintext", description = "Do not look into TLS libraries (OpenSSL, BoringSSL, GnuTLS); what they "
			+ "send is told as it looks from outside.")
	boolean noPlaintext;

	@Option(names = "--record", paramLabel = "FILE", description = "Keep what the kernel tells, payload and all, for "
			+ "whoever wants to find out why a span is as it is. It holds whatever services say to each other.")
	Path record;

	@Option(names = "--ring-mb", paramLabel = "MB", defaultValue = "8", description = "Size of the buffer between "
			+ "kernel and agent, a power of two. Default: ${DEFAULT-VALUE}")
	int ringMegabytes;

	@Option(names = "--seconds", paramLabel = "N", description = "Stop after so many seconds.")
	int seconds;

	@Option(names = "--stop-when-alone", paramLabel = "N", description = "Stop when no client has been connected for so "
			+ "many seconds.")
	int aloneSeconds;

	@Option(names = "--quiet", description = "Print no status lines.")
	boolean quiet;

	/** Ways of the TCP option, spelt as a person types them. */
	enum OptionWays {
		both, write, read, none
	}

	/** @throws IllegalArgumentException if it makes no sense; the message can be shown */
	Propagation propagation() {
		boolean off = noOption || optionWays == OptionWays.none;
		List<Network> networks = switch (peers) {
			case "all" -> null;
			case "private" -> Network.list(Propagation.PRIVATE);
			default -> Network.list(peers);
		};
		return Propagation.standard().withWays(!off && optionWays != OptionWays.read, !off && optionWays != OptionWays.write)
				.withPeers(networks).withOption(optionKind, optionExperiment);
	}

	/** Reads 51028 and 0xc754 alike. */
	static final class AnyBase implements ITypeConverter<Integer> {
		@Override
		public Integer convert(String text) {
			return Integer.decode(text);
		}
	}

	/** @throws IllegalArgumentException if it is no address; the message can be shown */
	InetSocketAddress address() {
		int colon = listen.lastIndexOf(':');
		String host = colon < 0 ? listen : listen.substring(0, colon);
		try {
			int port = colon < 0 ? DEFAULT_PORT : Integer.parseInt(listen.substring(colon + 1));
			return new InetSocketAddress(host.replaceAll("^\\[|\\]$", ""), port);
		} catch (IllegalArgumentException e) {
			throw new IllegalArgumentException("--listen wants HOST:PORT with a port from 0 to 65535, not '" + listen
					+ "'.", e);
		}
	}
}
