package dev.noether.flink.retrain;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.RetrainingOptions;
import dev.noether.flink.release.ModelStore;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.alarm.BudgetDecision;
import dev.noether.model.artifact.ArtifactCodec;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.training.BlockSampler;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.HistoryOptions;
import dev.noether.model.training.NetworkOptions;
import dev.noether.model.training.TrainedDetector;
import dev.noether.model.training.TrainingOptions;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseCalibration;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.ReleasedArtifact;
import java.net.URI;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples the rows of a bounded stream, and at its end trains a model, stores its artifact and announces it. Runs in one
 * subtask. A failure before the announcement leaves the models in force as they are.
 */
// Flink makes the transient fields in initializeState and open, before any other call.
@SuppressWarnings("NullAway.Init")
public final class TrainingOperator extends AbstractStreamOperator<ModelRelease>
        implements OneInputStreamOperator<ObservationRow, ModelRelease>, BoundedOneInput {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TrainingOperator.class);

    private final DetectorConfig config;
    private final HistoryRange range;
    private final long version;
    private transient BlockSampler sampler;
    private transient volatile int epoch;

    /**
     * Makes the operator.
     *
     * @param config of the detector
     * @param range the event times to train on
     * @param version of the model to be made; 1 is the first
     */
    public TrainingOperator(DetectorConfig config, HistoryRange range, long version) {
        this.config = config;
        this.range = range;
        this.version = version;
    }

    @Override
    public void open() throws Exception {
        super.open();
        RetrainingOptions options = config.retraining();
        sampler = new BlockSampler(
                config.features().size(), Math.max(options.maxRows(), BlockSampler.BLOCK_ROWS), options.seed());
        getMetricGroup().addGroup("noether").gauge("trainingEpoch", () -> epoch);
    }

    @Override
    public void processElement(StreamRecord<ObservationRow> element) {
        ObservationRow row = element.getValue();
        if (range.contains(row.eventTime())) {
            sampler.add(row.entity(), row.eventTime(), row.values());
        }
    }

    @Override
    public void endInput() throws Exception {
        LOG.info(
                "Training model {} of detector {} on {} of {} rows of {} entities, event times {}.",
                version,
                config.detector(),
                sampler.sampledRows(),
                sampler.offeredRows(),
                sampler.entities(),
                range);
        TrainedDetector trained;
        try (Engine engine = config.model().engine().open()) {
            trained = new DetectorTrainer(engine, detectorOptions(config))
                    .train(config.features(), sampler.histories(), provenance(), this::epochCompleted);
        }
        BudgetDecision decision =
                PromisedRate.of(config.alarms().budget(), trained.model()).decision();
        if (decision instanceof BudgetDecision.Refused) {
            throw new AlarmBudgetRefusedException(decision.message());
        }
        if (decision instanceof BudgetDecision.Extrapolated) {
            LOG.warn("Model {} of detector {}: {}.", version, config.detector(), decision.message());
        }
        byte[] artifact = ArtifactCodec.encode(trained.model());
        requireRunning();
        URI uri = new ModelStore(config.model().store()).write(config.detector(), version, artifact);
        ModelRelease release = release(trained, artifact, uri);
        LOG.info(
                "Model {} of detector {}: best epoch {} of {}, validation error {}, threshold {}, {} bytes, from event time"
                        + " {} on.",
                version,
                config.detector(),
                trained.report().bestEpoch(),
                trained.report().epochs().size(),
                trained.report().bestValidationError(),
                release.calibration().threshold(),
                artifact.length,
                release.effectiveFrom());
        output.collect(new StreamRecord<>(release));
    }

    /** How the detector's configuration asks for its model to be made. */
    public static DetectorOptions detectorOptions(DetectorConfig config) {
        RetrainingOptions options = config.retraining();
        TrainingOptions training = TrainingOptions.defaults()
                .withEpochs(options.epochs())
                .withBatchSize(options.batchSize())
                .withLearningRate(options.learningRate())
                .withPatience(options.patience())
                .withMethod(options.trainingMethod())
                .withSeed(options.seed());
        return new DetectorOptions(
                new NetworkOptions(
                        config.window().rows(),
                        config.model().codeSize(),
                        config.model().hiddenWidths(),
                        config.model().architecture()),
                config.model().forecastRows(),
                options.scaling(),
                training,
                new HistoryOptions(options.minRows(), options.validationFraction(), options.calibrationFraction()),
                options.symmetry(),
                ScoreRule.DEFAULT);
    }

    private SortedMap<String, String> provenance() {
        SortedMap<String, String> known = new TreeMap<>();
        known.put("detector", config.detector());
        known.put("data.topic", config.topics().observations());
        known.put("data.range", range.toString());
        known.put("data.rowsSeen", String.valueOf(sampler.offeredRows()));
        known.put("config", config.toYaml());
        known.put("seed", String.valueOf(config.retraining().seed()));
        return known;
    }

    /** A job that was cancelled must not go on training, and leave an artifact that nobody asked for. */
    private void requireRunning() {
        if (getContainingTask().isCanceled()) {
            throw new CancelTaskException("the training of model " + version + " was cancelled");
        }
    }

    private void epochCompleted(int completed, int of, double trainError, double validationError) {
        requireRunning();
        epoch = completed;
        LOG.debug("epoch {} of at most {}: train {}, validation {}", completed, of, trainError, validationError);
    }

    private ModelRelease release(TrainedDetector trained, byte[] artifact, URI uri) throws Exception {
        ModelArtifact model = trained.model();
        double rate = PromisedRate.of(config.alarms().budget(), model).perWindow();
        return new ModelRelease(
                config.detector(),
                version,
                new ReleasedArtifact(uri.toString(), ArtifactCodec.hash(artifact), artifact.length),
                config.features().fingerprint(),
                effectiveFrom(trained),
                ReleaseStage.CHAMPION,
                System.currentTimeMillis(),
                new ReleaseCalibration(
                        1 - rate,
                        model.calibration().threshold(rate),
                        model.calibration().size()),
                model.provenance());
    }

    /**
     * A model takes effect at an event time that no observation has reached yet, so that a replay scores each window with
     * the model that scored it first. The first model has no forerunner: it takes effect at once.
     */
    private long effectiveFrom(TrainedDetector trained) {
        long newestTrained = trained.to() - 1;
        long newest = Math.max(TopicTail.newestEventTime(config).orElse(newestTrained), newestTrained);
        return version == 1
                ? newest + 1
                : newest + config.retraining().activationDelay().toMillis();
    }
}
