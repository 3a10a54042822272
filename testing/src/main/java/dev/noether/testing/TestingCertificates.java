package dev.noether.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import javax.security.auth.x500.X500Principal;

/**
 * An authority and certificates that it signs. Each certificate has a PKCS 12 file with its private key and the chain;
 * the authority's own certificate is a PEM file. The JDK can read certificates but not make them, so the few fields that
 * TLS needs are encoded here (RFC 5280). Not thread safe.
 */
public final class TestingCertificates {
    /** The password of all files. */
    public static final String PASSWORD = "keystore-secret-9317";

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] ECDSA_SHA256 =
            der(SEQUENCE, new byte[] {6, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2});
    private static final byte[] ALTERNATIVE_NAME = {6, 3, 0x55, 0x1D, 0x11};
    private static final byte[] BASIC_CONSTRAINTS = {6, 3, 0x55, 0x1D, 0x13};
    private static final byte[] TRUE = {1, 1, (byte) 0xFF};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final X500Principal name;
    private final KeyPair keys = keyPair();
    private final Certificate certificate;
    private long serial = 1;

    /** Makes an authority in a folder. */
    public TestingCertificates(Path folder) throws IOException, GeneralSecurityException {
        this.folder = Files.createDirectories(folder);
        this.name = new X500Principal("CN=Authority of " + folder.getFileName());
        byte[] isAuthority = extension(BASIC_CONSTRAINTS, der(SEQUENCE, TRUE));
        Instant now = Instant.now();
        this.certificate = sign(name, keys.getPublic(), now.minus(9, ChronoUnit.DAYS), isAuthority);
        Files.writeString(
                authority(),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    /** The PEM file with the authority's certificate. */
    public Path authority() {
        return folder.resolve("authority.pem");
    }

    /**
     * Makes a signed certificate that is valid now.
     *
     * @param name common name
     * @param host the address, such as 127.0.0.1, or the name of its host
     * @return the file with it
     */
    public Path certificate(String name, String host) throws IOException, GeneralSecurityException {
        return certificate(name, host, Instant.now().minus(1, ChronoUnit.DAYS));
    }

    /** Makes a signed certificate that ended a day ago. */
    public Path expired(String name, String host) throws IOException, GeneralSecurityException {
        return certificate(name, host, Instant.now().minus(11, ChronoUnit.DAYS));
    }

    private Path certificate(String common, String host, Instant start) throws IOException, GeneralSecurityException {
        KeyPair own = keyPair();
        byte[] alternative = Character.isDigit(host.charAt(0))
                ? der(0x87, InetAddress.getByName(host).getAddress())
                : der(0x82, host.getBytes(StandardCharsets.US_ASCII));
        Certificate signed = sign(
                new X500Principal("CN=" + common),
                own.getPublic(),
                start,
                extension(ALTERNATIVE_NAME, der(SEQUENCE, alternative)));
        Path file = folder.resolve(common + ".p12");
        store(file, own.getPrivate(), signed, certificate);
        return file;
    }

    private static void store(Path file, PrivateKey key, Certificate... chain)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", key, PASSWORD.toCharArray(), chain);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
    }

    /** Makes a certificate that lasts ten days. */
    private Certificate sign(X500Principal subject, PublicKey key, Instant start, byte[] extension)
            throws GeneralSecurityException {
        byte[] validity = der(SEQUENCE, time(start), time(start.plus(10, ChronoUnit.DAYS)));
        byte[] content = der(
                SEQUENCE,
                der(0xA0, new byte[] {2, 1, 2}),
                der(2, BigInteger.valueOf(serial++).toByteArray()),
                ECDSA_SHA256,
                name.getEncoded(),
                validity,
                subject.getEncoded(),
                key.getEncoded(),
                der(0xA3, der(SEQUENCE, extension)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(content);
        byte[] bits = der(3, new byte[1], signature.sign());
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der(SEQUENCE, content, ECDSA_SHA256, bits)));
    }

    private static byte[] extension(byte[] type, byte[] value) {
        return der(SEQUENCE, type, TRUE, der(OCTETS, value));
    }

    private static byte[] time(Instant time) {
        return der(0x18, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("EC").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has elliptic curves", e);
        }
    }

    /** Encodes a value: tag, length, parts. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream encoded = new ByteArrayOutputStream();
        encoded.write(tag);
        if (length < 0x80) {
            encoded.write(length);
        } else if (length < 0x100) {
            encoded.write(0x81);
            encoded.write(length);
        } else {
            encoded.write(0x82);
            encoded.write(length >> 8);
            encoded.write(length);
        }
        encoded.writeBytes(content.toByteArray());
        return encoded.toByteArray();
    }
}
