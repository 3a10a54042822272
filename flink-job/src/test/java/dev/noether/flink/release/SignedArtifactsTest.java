package dev.noether.flink.release;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.SigningOptions;
import dev.noether.flink.config.SigningSection;
import dev.noether.flink.retrain.ChampionReference;
import dev.noether.flink.scoring.TestingModels;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.gate.Champion;
import dev.noether.schemas.ModelRelease;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that trusts keys takes only what one of them has signed, and only as the model that was signed. */
class SignedArtifactsTest {
    private static final int FEATURES = 3;
    private static final int ROWS = 2;

    @TempDir
    Path folder;

    private final ModelArtifact model = TestingModels.model(FEATURES, ROWS, 1);
    private Path ours;
    private Path oursPublic;
    private Path theirs;
    private Path theirsPublic;

    @BeforeEach
    void makeKeys() throws Exception {
        ours = folder.resolve("ours.pem");
        oursPublic = folder.resolve("ours.pub");
        theirs = folder.resolve("theirs.pem");
        theirsPublic = folder.resolve("theirs.pub");
        write(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), ours, oursPublic);
        write(KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), theirs, theirsPublic);
    }

    @Test
    void oneOfTheTrustedKeysMustHaveSigned() throws Exception {
        ModelRelease release = publish(ours, 1);
        assertThat(check(release, oursPublic)).isInstanceOf(ReleaseDecision.Accepted.class);
        assertThat(check(release, theirsPublic, oursPublic)).isInstanceOf(ReleaseDecision.Accepted.class);
        assertThat(check(release)).isInstanceOf(ReleaseDecision.Accepted.class);
        assertThat(refusal(check(release, theirsPublic)))
                .isEqualTo("its signature is by none of the 1 keys of `signing.trusted`, or for another model");
    }

    @Test
    void anArtifactWithoutASignatureIsRefusedIfKeysAreTrusted() throws Exception {
        ModelRelease release = publish(null, 1);
        assertThat(check(release)).isInstanceOf(ReleaseDecision.Accepted.class);
        assertThat(refusal(check(release, oursPublic)))
                .startsWith("it is not signed, and `signing.trusted` demands a signature: there is no file ")
                .endsWith(".avro.sig");
    }

    @Test
    void theSignatureOfOneModelIsNoneOfAnother() throws Exception {
        ModelRelease first = publish(ours, 1);
        ModelRelease second = publish(ours, 2);
        Files.copy(signature(first), signature(second), StandardCopyOption.REPLACE_EXISTING);
        assertThat(refusal(check(second, oursPublic))).contains("or for another model");
    }

    @Test
    void aSignedArtifactThatWasChangedIsRefused() throws Exception {
        ModelRelease release = publish(ours, 1);
        Path file = Path.of(java.net.URI.create(release.artifact().uri()));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(refusal(check(release, oursPublic))).contains("SHA-256");
    }

    @Test
    void aDamagedSignatureIsRefusedInWords() throws Exception {
        ModelRelease release = publish(ours, 1);
        for (String damaged : List.of("", "ed25519", "ed25519 §§", "rsa AAAA", "ed25519 AAAA", "x".repeat(5_000))) {
            Files.writeString(signature(release), damaged);
            assertThat(refusal(check(release, oursPublic))).as(damaged).contains("signature");
        }
    }

    @Test
    void aNewKeySignsAnArtifactAgain() throws Exception {
        ModelRelease byTheirs = publish(theirs, 1);
        ModelRelease byOurs = publish(ours, 1);
        assertThat(byOurs.artifact()).isEqualTo(byTheirs.artifact());
        assertThat(check(byOurs, oursPublic)).isInstanceOf(ReleaseDecision.Accepted.class);
    }

    @Test
    void aKeyThatCannotBeReadIsSaidWithoutItsContent() throws Exception {
        Path none = folder.resolve("none.pem");
        Path damaged = folder.resolve("damaged.pem");
        String secret = Files.readString(ours).lines().skip(1).findFirst().orElseThrow();
        Files.writeString(
                damaged, "-----BEGIN PRIVATE KEY-----\n" + secret.substring(4) + "\n-----END PRIVATE KEY-----");
        assertThatThrownBy(() -> publish(none, 1))
                .hasMessage("`signing.key` must be a file with a private Ed25519 key in PEM (got " + none
                        + ": there is no such file)");
        assertThatThrownBy(() -> publish(oursPublic, 1)).hasMessageContaining("it has no block -----BEGIN PRIVATE KEY");
        assertThatThrownBy(() -> publish(damaged, 1))
                .hasMessageEndingWith(": it is no Ed25519 key)")
                .hasNoCause()
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(secret.substring(4, 12)));
        assertThatThrownBy(() -> TrustedKeys.of(new SigningOptions("", List.of(ours.toString()))))
                .hasMessage("`signing.trusted` must name files with public Ed25519 keys in PEM (got " + ours
                        + ": it has no block -----BEGIN PUBLIC KEY-----)");
    }

    @Test
    void theCollectorRemovesASignatureWithItsArtifact() throws Exception {
        ModelRelease release = publish(ours, 1);
        ModelRelease next = publish(ours, 2);
        new StoreCollector(folder.resolve("models").toUri(), release.detector(), 1).collect(List.of(release, next), 0);
        assertThat(signature(release)).doesNotExist();
        assertThat(signature(next)).exists();
    }

    @Test
    void aTrainingIsComparedOnlyWithAModelInForceThatATrustedKeyHasSigned() throws Exception {
        Champion signed = champion(publish(ours, 1), oursPublic);
        assertThat(signed.model()).isNotNull();
        assertThat(champion(publish(theirs, 2)).model()).as("no key is trusted").isNotNull();
        Champion theirsInForce = champion(publish(theirs, 2), oursPublic);
        assertThat(theirsInForce.model()).isNull();
        assertThat(theirsInForce.words())
                .isEqualTo("model 2, which is announced as in force, is not trusted: its signature is by none of the 1"
                        + " keys of `signing.trusted`, or for another model");
        assertThat(champion(publish(null, 3), oursPublic).words())
                .startsWith("model 3, which is announced as in force, is not trusted: it is not signed, and");
    }

    /** A store that is away must not let a model pass that nobody has compared. */
    @Test
    void aTrainingFailsWhileTheFileOfTheModelInForceCannotBeReadAndGoesOnIfItIsDamaged() throws Exception {
        ModelRelease release = publish(ours, 1);
        Path file = Path.of(URI.create(release.artifact().uri()));
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        assertThatThrownBy(() -> champion(release))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("model 1 is in force, and its file "
                        + release.artifact().uri())
                .hasMessageContaining("models rollback --to-none");
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(champion(release).words()).isEqualTo("model 1, which is in force, cannot be read");
    }

    private static Champion champion(ModelRelease release, Path... trusted) throws IOException {
        List<String> files = Stream.of(trusted).map(Path::toString).toList();
        return requireNonNull(ChampionReference.of(List.of(release)))
                .load(TrustedKeys.of(new SigningOptions("", files)));
    }

    private ModelRelease publish(Path key, long version) throws Exception {
        DetectorConfig config = DetectorConfig.withDefaults(TestingModels.DETECTOR, TestingModels.features(FEATURES))
                .withModelStore(folder.resolve("models").toUri());
        return new ModelPublication(key == null ? config : config.with(SigningSection.KEY, key.toString()))
                .publish(model, version, version, version);
    }

    private ReleaseDecision check(ModelRelease release, Path... trusted) {
        List<String> files = List.of(trusted).stream().map(Path::toString).toList();
        return new ReleaseCheck(
                        TestingModels.features(FEATURES), ROWS, ROWS, TrustedKeys.of(new SigningOptions("", files)))
                .examine(release);
    }

    private static String refusal(ReleaseDecision decision) {
        assertThat(decision).isInstanceOf(ReleaseDecision.Refused.class);
        return ((ReleaseDecision.Refused) decision).reason();
    }

    private static Path signature(ModelRelease release) {
        return Path.of(java.net.URI.create(release.artifact().uri() + ".sig"));
    }

    /** The form that openssl writes. */
    private static void write(KeyPair pair, Path secret, Path open) throws Exception {
        Files.writeString(secret, pem("PRIVATE KEY", pair.getPrivate()));
        Files.writeString(open, pem("PUBLIC KEY", pair.getPublic()));
    }

    private static String pem(String kind, Key key) {
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
    }
}
