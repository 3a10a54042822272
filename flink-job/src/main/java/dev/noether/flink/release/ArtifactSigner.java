package dev.noether.flink.release;

import dev.noether.flink.config.SigningOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signs model artifacts with a private key; without a key it signs nothing. What is signed is the detector's name, the
 * version and the artifact's SHA-256, so that an artifact cannot be announced as another model. Immutable; thread safe.
 */
final class ArtifactSigner {
    private final @Nullable PrivateKey key;

    private ArtifactSigner(@Nullable PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads the key.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds no Ed25519 key; the message names the file,
     *     and nothing of its content
     */
    static ArtifactSigner of(SigningOptions options) {
        if (options.key().isEmpty()) {
            return new ArtifactSigner(null);
        }
        try {
            byte[] encoded = PemFile.read(Path.of(options.key()), "PRIVATE KEY");
            return new ArtifactSigner(
                    KeyFactory.getInstance(ModelSignature.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            // The cause could quote the key.
            throw new IllegalArgumentException("`signing.key` must be a file with a private Ed25519 key in PEM (got "
                    + options.key() + ": " + PemFile.reason(e) + ")");
        }
    }

    /**
     * Returns the text of the signature's file; null without a key.
     *
     * @param detector name of the detector
     * @param version version of the model
     * @param sha256 SHA-256 of the artifact, lower-case hexadecimal
     */
    @Nullable
    String sign(String detector, long version, String sha256) {
        if (key == null) {
            return null;
        }
        try {
            Signature signature = Signature.getInstance(ModelSignature.ALGORITHM);
            signature.initSign(key);
            signature.update(ModelSignature.statement(detector, version, sha256));
            return ModelSignature.PREFIX + Base64.getEncoder().encodeToString(signature.sign()) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key can sign", e);
        }
    }
}
