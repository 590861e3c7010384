package io.crosstrace.wire.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts an agent's certificate for being the pinned one, or else as the Java run-time judges it, host name
 * included. Remembers what it saw, so that a person can be asked. For one handshake.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
	/** The certificate is not to be trusted; the message can be shown to a person. */
	static final class Untrusted extends IOException {
		private static final long serialVersionUID = 1L;

		Untrusted(String message) {
			super(message);
		}
	}

	private final AgentAddress address;
	private final X509ExtendedTrustManager authorities;
	private String offered = "";
	private Untrusted refusal;

	/** @throws GeneralSecurityException if the address's CA certificates cannot be read */
	PinnedTrust(AgentAddress address) throws GeneralSecurityException, IOException {
		this.address = address;
		authorities = authorities(address.caPem());
	}

	/** Not yet shaken hands. */
	SSLSocket secure(Socket plain) throws GeneralSecurityException, IOException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] { this }, null);
		SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, address.host(), address.port(), true);
		SSLParameters parameters = secure.getSSLParameters();
		parameters.setProtocols(new String[] { "TLSv1.3", "TLSv1.2" });
		if (address.fingerprint().isEmpty()) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		secure.setSSLParameters(parameters);
		return secure;
	}

	/** Fingerprint of the certificate shown, or empty. */
	String offered() {
		return offered;
	}

	/** Null unless a certificate was refused. */
	Untrusted refusal() {
		return refusal;
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
		offered = fingerprint(chain[0]);
		if (!address.fingerprint().isEmpty()) {
			if (!offered.equals(address.fingerprint())) {
				throw refuse("The agent at " + address.host() + " shows another certificate than the trusted one. "
						+ "If it has made a new one, compare the fingerprint it prints at start.", null);
			}
			return;
		}
		try {
			authorities.checkServerTrusted(chain, authType, socket);
		} catch (CertificateException e) {
			throw refuse("The certificate of the agent at " + address.host() + " is not trusted. Compare its "
					+ "fingerprint with the one the agent prints at start.", e);
		}
	}

	private CertificateException refuse(String reason, CertificateException cause) {
		refusal = new Untrusted(reason);
		return new CertificateException(reason, cause);
	}

	private static X509ExtendedTrustManager authorities(String caPem) throws GeneralSecurityException, IOException {
		KeyStore trusted = null; // what the Java run-time trusts
		if (!caPem.isBlank()) {
			trusted = KeyStore.getInstance(KeyStore.getDefaultType());
			trusted.load(null, null);
			int count = 0;
			for (Certificate certificate : CertificateFactory.getInstance("X.509")
					.generateCertificates(new ByteArrayInputStream(caPem.getBytes(StandardCharsets.US_ASCII)))) {
				trusted.setCertificateEntry("ca" + count++, certificate);
			}
			if (count == 0) {
				throw new CertificateException("the PEM text holds no certificate");
			}
		}
		TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		factory.init(trusted);
		return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
	}

	private static String fingerprint(X509Certificate certificate) throws CertificateException {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
		} catch (NoSuchAlgorithmException e) {
			throw new CertificateException(e);
		}
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
		throw new CertificateException("made for sockets");
	}

	@Override
	public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		throw new CertificateException("made for sockets");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) throws CertificateException {
		throw new CertificateException("made for servers");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
		throw new CertificateException("made for servers");
	}

	@Override
	public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
		throw new CertificateException("made for servers");
	}

	@Override
	public X509Certificate[] getAcceptedIssuers() {
		return new X509Certificate[0];
	}
}
