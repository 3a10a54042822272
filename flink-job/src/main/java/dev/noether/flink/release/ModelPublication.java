package dev.noether.flink.release;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ArtifactException;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the trained models of a detector: encodes the artifact, writes it to the model store, and builds the
 * release that announces it. The caller sends the release to the models topic. Stateless; thread safe.
 */
public final class ModelPublication {
    private static final Logger LOG = LoggerFactory.getLogger(ModelPublication.class);

    private final DetectorConfig config;
    private final ArtifactSigner signer;

    /**
     * Creates the publication.
     *
     * @param config configuration of the detector: its name, model store, alarm budget and signing key
     * @throws IllegalArgumentException if the signing key cannot be read
     */
    public ModelPublication(DetectorConfig config) {
        this.config = config;
        this.signer = ArtifactSigner.of(config.signing());
    }

    /**
     * Stores a model and builds its release.
     *
     * @param model trained model
     * @param version version of the model, at least 1
     * @param effectiveFrom first event time that the model scores, milliseconds since 1970 UTC
     * @param announcedAt time of the announcement, milliseconds since 1970 UTC
     * @throws IOException if the artifact cannot be written to the store
     */
    public ModelRelease publish(ModelArtifact model, long version, long effectiveFrom, long announcedAt)
            throws IOException {
        byte[] artifact = ArtifactCodec.encode(model);
        String hash = ArtifactCodec.hash(artifact);
        String uri = new ModelStore(config.model().store())
                .write(config.detector(), version, artifact, signer.sign(config.detector(), version, hash))
                .toString();
        double rate = PromisedRate.of(config.alarms().budget(), model).perWindow();
        ModelRelease release = new ModelRelease(
                config.detector(),
                version,
                new ReleasedArtifact(uri, hash, artifact.length),
                model.features().fingerprint(),
                effectiveFrom,
                ReleaseStage.CHAMPION,
                announcedAt,
                new ReleaseCalibration(
                        1 - rate,
                        model.calibration().threshold(rate),
                        model.calibration().size()),
                model.provenance());
        writeCard(config, release, List.of());
        return release;
    }

    /**
     * Stores the artifact of a release again, for another version of it.
     *
     * @throws IOException if the artifact cannot be read or written
     * @throws ArtifactException if the stored file is not the announced one
     */
    public ModelRelease publishAgain(ModelRelease release, long version) throws IOException, ArtifactException {
        byte[] artifact = ModelStore.fetch(release.artifact());
        String hash = release.artifact().sha256();
        String uri = new ModelStore(config.model().store())
                .write(config.detector(), version, artifact, signer.sign(config.detector(), version, hash))
                .toString();
        return new ModelRelease(
                release.detector(),
                version,
                new ReleasedArtifact(uri, hash, artifact.length),
                release.featureSchemaFingerprint(),
                release.effectiveFrom(),
                release.stage(),
                release.announcedAt(),
                release.calibration(),
                release.provenance());
    }

    /**
     * Writes the card of a model beside its artifact, in place of an earlier one. A failure is only logged: the model is
     * the same without it.
     *
     * @param decisions decisions on the model, oldest first
     */
    public static void writeCard(DetectorConfig config, ModelRelease release, List<PromotionDecision> decisions) {
        try {
            new ModelStore(config.model().store())
                    .writeCard(release.artifact().uri(), ModelCard.of(release, decisions));
        } catch (IOException | RuntimeException e) {
            LOG.warn("The card of model {} cannot be written: {}", release.version(), e.toString());
        }
    }
}
