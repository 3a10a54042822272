package dev.noether.flink.release;

import dev.noether.flink.config.SigningOptions;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ArtifactException.Fault;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleasedArtifact;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The public keys that a scoring job trusts, and a training. Without one, unsigned artifacts are accepted. Immutable; thread safe;
 * serializable.
 */
public final class TrustedKeys implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No keys: signatures are not looked at. */
    public static final TrustedKeys NONE = new TrustedKeys(List.of());

    private final byte[][] keys;

    private TrustedKeys(List<byte[]> keys) {
        this.keys = keys.toArray(new byte[0][]);
    }

    /**
     * Reads the keys.
     *
     * @throws IllegalArgumentException if a file cannot be read or holds no Ed25519 key
     */
    public static TrustedKeys of(SigningOptions options) {
        List<byte[]> keys = new ArrayList<>();
        for (String file : options.trusted()) {
            try {
                byte[] encoded = PemFile.read(Path.of(file), "PUBLIC KEY");
                KeyFactory.getInstance(ModelSignature.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
                keys.add(encoded);
            } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "`signing.trusted` must name files with public Ed25519 keys in PEM (got " + file + ": "
                                + PemFile.reason(e) + ")",
                        e);
            }
        }
        return new TrustedKeys(keys);
    }

    /**
     * Checks that one of the keys has signed the artifact of a release.
     *
     * @throws ArtifactException if there is no signature, or none of the keys has made it
     * @throws IOException if the store cannot be read
     */
    void check(ModelRelease release) throws IOException, ArtifactException {
        check(release.detector(), release.version(), release.artifact());
    }

    /** Checks that one of the keys has signed an artifact as a version of a detector's model. */
    public void check(String detector, long version, ReleasedArtifact artifact) throws IOException, ArtifactException {
        if (keys.length == 0) {
            return;
        }
        String text;
        try {
            text = ModelStore.signature(artifact);
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new ArtifactException(
                    Fault.UNREADABLE,
                    "it is not signed, and `signing.trusted` demands a signature: there is no file " + artifact.uri()
                            + ModelSignature.SUFFIX);
        }
        byte[] signature = decode(artifact, text.strip());
        byte[] statement = ModelSignature.statement(detector, version, artifact.sha256());
        for (byte[] key : keys) {
            if (isBy(key, statement, signature)) {
                return;
            }
        }
        throw new ArtifactException(
                Fault.HASH_MISMATCH,
                "its signature is by none of the " + keys.length + " keys of `signing.trusted`, or for another model");
    }

    private static byte[] decode(ReleasedArtifact artifact, String text) throws ArtifactException {
        try {
            if (text.startsWith(ModelSignature.PREFIX)) {
                return Base64.getDecoder()
                        .decode(text.substring(ModelSignature.PREFIX.length()).getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IllegalArgumentException notBase64) {
            // The message below says what is right.
        }
        throw new ArtifactException(
                Fault.UNREADABLE,
                artifact.uri() + ModelSignature.SUFFIX + " is no signature: expected one line \""
                        + ModelSignature.PREFIX + "\" and 64 bytes in Base64");
    }

    private static boolean isBy(byte[] key, byte[] statement, byte[] signature) {
        try {
            Signature check = Signature.getInstance(ModelSignature.ALGORITHM);
            check.initVerify(
                    KeyFactory.getInstance(ModelSignature.ALGORITHM).generatePublic(new X509EncodedKeySpec(key)));
            check.update(statement);
            return check.verify(signature);
        } catch (GeneralSecurityException notASignature) {
            return false;
        }
    }
}
