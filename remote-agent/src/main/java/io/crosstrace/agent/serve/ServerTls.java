package io.crosstrace.agent.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The agent's end of TLS.
 *
 * @param fingerprint SHA-256 of the certificate in hex, for a client to pin
 */
public record ServerTls(SSLContext context, String fingerprint) {
	private static final Pattern KEY = Pattern.compile(
			"-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

	/** With the agent's own certificate, made on first use. */
	public static ServerTls selfMade(Secrets secrets, String hostName) throws ServeException {
		try {
			if (!Files.exists(secrets.certificateFile()) || !Files.exists(secrets.keyFile())) {
				Files.deleteIfExists(secrets.certificateFile());
				Files.deleteIfExists(secrets.keyFile());
				SelfSigned made = SelfSigned.make(hostName);
				Secrets.write(secrets.keyFile(), pem("PRIVATE KEY", made.key().getEncoded()));
				Secrets.write(secrets.certificateFile(), pem("CERTIFICATE", made.certificate()));
			}
		} catch (IOException | GeneralSecurityException e) {
			throw new ServeException("The agent cannot make a certificate in " + secrets.certificateFile() + ": " + e
					+ ". Give one with --tls-cert and --tls-key.");
		}
		return load(secrets.certificateFile(), secrets.keyFile());
	}

	/**
	 * @param certificate PEM, the agent's certificate first, then its issuers
	 * @param key PEM, PKCS #8, not encrypted
	 */
	public static ServerTls load(Path certificate, Path key) throws ServeException {
		try {
			Certificate[] chain = CertificateFactory.getInstance("X.509")
					.generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificate)))
					.toArray(Certificate[]::new);
			if (chain.length == 0) {
				throw new ServeException("The file " + certificate + " holds no certificate in PEM.");
			}
			Matcher found = KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
			if (!found.find()) {
				throw new ServeException("The file " + key + " holds no private key in PEM (PKCS #8, not encrypted). "
						+ "Convert it with: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEWKEY");
			}
			PrivateKey privateKey = KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
					.generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1))));
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null, null);
			store.setKeyEntry("agent", privateKey, new char[0], chain);
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, new char[0]);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(keys.getKeyManagers(), null, null);
			return new ServerTls(context, HexFormat.of().formatHex(
					MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded())));
		} catch (IOException | GeneralSecurityException e) {
			throw new ServeException("The certificate " + certificate + " with the key " + key + " cannot be used: "
					+ e + ".");
		}
	}

	private static String pem(String what, byte[] der) {
		return "-----BEGIN " + what + "-----\n"
				+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der)
				+ "\n-----END " + what + "-----\n";
	}
}
