package dev.noether.cli.scenario;

import dev.noether.cli.scenario.BadChallenger.Made;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelStore;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.release.TrustedKeys;
import dev.noether.flink.renewal.ModelTrainer;
import dev.noether.flink.retrain.ChampionReference;
import dev.noether.flink.retrain.GateDecision;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.gate.Champion;
import dev.noether.model.gate.GateReport;
import dev.noether.model.gate.GatedTraining;
import dev.noether.model.shape.ShapeOptions;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.TrainingProgress;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes bad models of a detector, has the gate judge them, and stores them. Each good part is trained once. Not thread
 * safe.
 */
final class ChallengerWorkshop implements AutoCloseable, BadChallenger.Sources {
    /** The newest rows, which no challenger was trained on. */
    private static final double HELD_OUT = 0.1;

    private static final int OTHER_SEED = 77;

    private final DetectorConfig config;
    private final ScenarioFleet fleet;
    private final int observed;
    private final long seed;
    private final Engine engine;
    private @Nullable ModelArtifact good;

    /**
     * Opens a workshop.
     *
     * @param observed number of minutes that the detector has seen
     */
    ChallengerWorkshop(DetectorConfig config, ScenarioFleet fleet, int observed, long seed) {
        this.config = config;
        this.fleet = fleet;
        this.observed = observed;
        this.seed = seed;
        this.engine = config.model().engine().open();
    }

    /** A trainer that makes a bad model. */
    ModelTrainer trainer(BadChallenger bad) {
        return (range, known) -> {
            try {
                return candidate(bad.make(this), known);
            } catch (IOException e) {
                throw new RetrainingException("the model cannot be stored", e);
            }
        };
    }

    private Candidate candidate(Made made, ModelsTopicContent known) throws IOException {
        @Nullable ChampionReference reference = ChampionReference.of(known.releases());
        Champion champion = reference == null ? Champion.NONE : reference.load(TrustedKeys.of(config.signing()));
        GateReport report = new GatedTraining(
                        engine,
                        TrainingOperator.detectorOptions(config),
                        ShapeOptions.OFF,
                        config.alarms().budget(),
                        HELD_OUT)
                .judge(config.features(), fleet.between(0, observed), made.model(), made.artifact(), champion);
        long version = 1
                + known.releases().stream()
                        .mapToLong(ModelRelease::version)
                        .max()
                        .orElse(0);
        return GateDecision.of(release(made, version), reference, report, false);
    }

    private ModelRelease release(Made made, long version) throws IOException {
        URI uri = new ModelStore(config.model().store()).write(config.detector(), version, made.artifact());
        ModelArtifact model = made.model();
        double rate = PromisedRate.of(config.alarms().budget(), model).perWindow();
        return new ModelRelease(
                config.detector(),
                version,
                new ReleasedArtifact(uri.toString(), ArtifactCodec.hash(made.artifact()), made.artifact().length),
                model.features().fingerprint(),
                ScenarioFleet.time(observed),
                ReleaseStage.CHAMPION,
                System.currentTimeMillis(),
                new ReleaseCalibration(
                        1 - rate,
                        model.calibration().threshold(rate),
                        model.calibration().size()),
                model.provenance());
    }

    @Override
    public ModelArtifact good() {
        ModelArtifact known = good;
        if (known == null) {
            known = train(seen(fleet));
            good = known;
        }
        return known;
    }

    @Override
    public ModelArtifact shuffled() {
        return train(fleet.shuffled(seen(fleet)));
    }

    @Override
    public ModelArtifact ofOthers() {
        return train(seen(new ScenarioFleet(fleet.between(0, 1).size(), seed + OTHER_SEED)));
    }

    @Override
    public double rate() {
        return PromisedRate.of(config.alarms().budget(), good()).perWindow();
    }

    /** The rows that are not held out. */
    private List<EntityHistory> seen(ScenarioFleet of) {
        return of.between(0, (int) ((1 - HELD_OUT) * observed));
    }

    private ModelArtifact train(List<EntityHistory> histories) {
        return new DetectorTrainer(engine, TrainingOperator.detectorOptions(config))
                .train(config.features(), histories, new TreeMap<>(), TrainingProgress.SILENT)
                .model();
    }

    /** Scores all rows with one model, as if no other had been offered. */
    LoneModel championAlone(ModelRelease champion) throws Exception {
        ModelArtifact model = ArtifactCodec.verified(
                ModelStore.fetch(champion.artifact()), champion.artifact().sha256());
        return new LoneModel(model, engine, champion.effectiveFrom(), fleet.between(0, ScenarioFleet.MINUTES));
    }

    @Override
    public void close() {
        engine.close();
    }
}
