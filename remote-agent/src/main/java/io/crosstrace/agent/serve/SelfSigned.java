package io.crosstrace.agent.serve;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * A certificate nobody vouches for but its fingerprint. Written out in DER here because the Java run-time
 * has no public way to make one, and keytool is not in every run-time.
 *
 * @param certificate X.509 v3 in DER: P-256, ten years, for one host name and localhost
 */
record SelfSigned(PrivateKey key, byte[] certificate) {
	private static final byte[] ECDSA_WITH_SHA256 = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
	private static final byte[] COMMON_NAME = oid(0x55, 0x04, 0x03);
	private static final byte[] SUBJECT_ALT_NAME = oid(0x55, 0x1d, 0x11);
	private static final DateTimeFormatter GENERALIZED_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

	static SelfSigned make(String hostName) throws GeneralSecurityException {
		KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
		generator.initialize(new ECGenParameterSpec("secp256r1"));
		KeyPair pair = generator.generateKeyPair();
		ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
		byte[] name = sequence(tag(0x31, sequence(COMMON_NAME, tag(0x0c, hostName.getBytes(StandardCharsets.UTF_8)))));
		byte[] hosts = sequence(tag(0x82, hostName.getBytes(StandardCharsets.US_ASCII)),
				tag(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)), tag(0x87, new byte[] { 127, 0, 0, 1 }));
		byte[] body = sequence(
				tag(0xa0, tag(0x02, new byte[] { 2 })), // version 3
				tag(0x02, new BigInteger(127, new SecureRandom()).setBit(126).toByteArray()),
				ECDSA_WITH_SHA256,
				name,
				sequence(time(now.minusDays(1)), time(now.plusYears(10))),
				name,
				pair.getPublic().getEncoded(),
				tag(0xa3, sequence(sequence(SUBJECT_ALT_NAME, tag(0x04, hosts)))));
		Signature signature = Signature.getInstance("SHA256withECDSA");
		signature.initSign(pair.getPrivate());
		signature.update(body);
		byte[] bits = concat(new byte[] { 0 }, signature.sign()); // 0 unused bits
		return new SelfSigned(pair.getPrivate(), sequence(body, ECDSA_WITH_SHA256, tag(0x03, bits)));
	}

	private static byte[] time(ZonedDateTime at) {
		boolean utcTime = at.getYear() < 2050; // RFC 5280, 4.1.2.5
		String text = GENERALIZED_TIME.format(at);
		return tag(utcTime ? 0x17 : 0x18, (utcTime ? text.substring(2) : text).getBytes(StandardCharsets.US_ASCII));
	}

	private static byte[] oid(int... encoded) {
		byte[] bytes = new byte[encoded.length];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) encoded[i];
		}
		return tag(0x06, bytes);
	}

	private static byte[] sequence(byte[]... parts) {
		return tag(0x30, concat(parts));
	}

	private static byte[] tag(int tag, byte[] content) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.write(tag);
		if (content.length < 0x80) {
			out.write(content.length);
		} else if (content.length < 0x100) {
			out.write(0x81);
			out.write(content.length);
		} else {
			out.write(0x82);
			out.write(content.length >> 8);
			out.write(content.length);
		}
		out.writeBytes(content);
		return out.toByteArray();
	}

	private static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			out.writeBytes(part);
		}
		return out.toByteArray();
	}
}
