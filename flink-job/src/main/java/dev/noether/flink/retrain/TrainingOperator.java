package dev.noether.flink.retrain;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.OptimiserOptions;
import dev.noether.flink.config.RetrainingOptions;
import dev.noether.flink.config.TrainingRowsOptions;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelPublication;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.release.TrustedKeys;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.model.alarm.BudgetDecision;
import dev.noether.model.calibration.ScoreRule;
import dev.noether.model.engine.Engine;
import dev.noether.model.gate.Champion;
import dev.noether.model.gate.GatedDetector;
import dev.noether.model.gate.GatedTraining;
import dev.noether.model.schedule.ScheduleStatement;
import dev.noether.model.shape.ShapeStatement;
import dev.noether.model.training.BlockSampler;
import dev.noether.model.training.CounterChoice;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.HistoryOptions;
import dev.noether.model.training.HistoryTrimmer;
import dev.noether.model.training.InputStatement;
import dev.noether.model.training.LeftOutReason;
import dev.noether.model.training.NetworkOptions;
import dev.noether.model.training.TrainedDetector;
import dev.noether.model.training.TrainingOptions;
import dev.noether.schemas.ModelRelease;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.accumulators.ListAccumulator;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.runtime.execution.CancelTaskException;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples the rows of a bounded stream; at its end trains a model, stores its artifact and hands out the {@link Candidate}
 * through the accumulator {@value #CANDIDATE}. It emits nothing. Runs in one subtask. If it fails, there is no candidate
 * and the models in force stay.
 */
// Flink calls open, which sets the transient fields, before any other method.
@SuppressWarnings("NullAway.Init")
public final class TrainingOperator extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<ObservationRow, Void>, BoundedOneInput {
    /** Name of the accumulator with the bytes of the candidate. */
    public static final String CANDIDATE = "candidate";

    /** Name of the accumulator with the time in which the history was read and sampled. */
    public static final String READ_MILLIS = "readMillis";

    /** Name of the accumulator with the time from the last row of the history to the stored artifact. */
    public static final String TRAIN_MILLIS = "trainMillis";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(TrainingOperator.class);

    private final DetectorConfig config;
    private final HistoryRange range;
    private final long version;
    private final boolean isFirst;
    private final @Nullable ChampionReference champion;
    private final TrustedKeys trusted;
    /** The text of the calendar file, which a task on another machine could not read. */
    private final String calendar;

    private transient ModelPublication publication;
    private transient HistoryFilter filter;
    private transient BlockSampler sampler;
    private transient ConfirmedRows confirmed;
    private transient ReportedFeatures reported;
    private transient long rowsAfterRange;
    /** Newest event time of all rows before the end of the range. */
    private transient long newest;

    /** When the phase began, by {@link System#nanoTime}. */
    private transient long phaseBegin;

    private transient volatile int epoch;

    /**
     * Creates the operator.
     *
     * @param config configuration of the detector
     * @param range event times to train on
     * @param version version of the new model
     * @param isFirst whether no other model has scored
     * @param champion the model in force; null if there is none
     */
    public TrainingOperator(
            DetectorConfig config,
            HistoryRange range,
            long version,
            boolean isFirst,
            @Nullable ChampionReference champion) {
        this.config = config;
        this.range = range;
        this.version = version;
        this.isFirst = isFirst;
        this.champion = champion;
        this.trusted = TrustedKeys.of(config.signing());
        this.calendar = config.rules().calendarText();
    }

    @Override
    public void open() throws Exception {
        super.open();
        // A signing key that cannot be read is said before the history is read.
        publication = new ModelPublication(config);
        RetrainingOptions options = config.retraining();
        sampler = new BlockSampler(
                config.features().size(),
                Math.max(options.rows().maxRows(), BlockSampler.BLOCK_ROWS),
                config.entities().max(),
                options.optimiser().seed());
        filter = HistoryFilter.read(
                config,
                range,
                calendar,
                isFirst ? List.of() : new ReleaseTopic(config).read(),
                IncidentJudgements.of(config));
        confirmed = new ConfirmedRows(
                config.features().size(), config.incidents().quiet().toMillis());
        reported = new ReportedFeatures(config.features());
        newest = Long.MIN_VALUE;
        getMetricGroup().addGroup("noether").gauge("trainingEpoch", () -> epoch);
        phaseBegin = System.nanoTime();
    }

    @Override
    public void processElement(StreamRecord<ObservationRow> element) {
        ObservationRow row = element.getValue();
        if (row.eventTime() >= range.to()) {
            rowsAfterRange++;
            return;
        }
        newest = Math.max(newest, row.eventTime());
        if (range.contains(row.eventTime())) {
            @Nullable LeftOutReason reason = filter.reason(row.entity(), row.eventTime());
            sampler.add(row.entity(), row.eventTime(), row.values(), reason);
            if (reason == LeftOutReason.CONFIRMED) {
                confirmed.add(row.entity(), row.eventTime(), row.values());
            }
            reported.add(row.values());
        }
    }

    @Override
    public void endInput() throws Exception {
        reported.requireAll(sampler.offeredRows());
        long readMillis = endPhase(READ_MILLIS);
        LOG.info(
                "Training model {} of detector {} on {} of {} rows of {} entities, event times {}; read in {} s.",
                version,
                config.detector(),
                sampler.sampledRows(),
                sampler.offeredRows(),
                sampler.entities(),
                range,
                readMillis / 1e3);
        if (rowsAfterRange > 0) {
            LOG.info(
                    "{} rows have event times after that range and are not trained on: they came meanwhile, or their"
                            + " clocks are ahead.",
                    rowsAfterRange);
        }
        HistorySelection selection =
                HistorySelection.of(sampler, filter, config.retraining().rows().maxLeftOut());
        GatedDetector gated = train(selection);
        TrainedDetector trained = gated.trained();
        BudgetDecision decision =
                PromisedRate.of(config.alarms().budget(), trained.model()).decision();
        if (decision instanceof BudgetDecision.Refused && gated.report().isPassed()) {
            throw new AlarmBudgetRefusedException(decision.message());
        }
        if (decision instanceof BudgetDecision.Extrapolated) {
            LOG.warn("Model {} of detector {}: {}.", version, config.detector(), decision.message());
        }
        long effectiveFrom = effectiveFrom(trained);
        requireRunning();
        ModelRelease release = publication.publish(trained.model(), version, effectiveFrom, System.currentTimeMillis());
        LOG.info(
                "Model {} of detector {}: trained in {} s, best epoch {} of {}, validation error {}, threshold {}, {}"
                        + " bytes, from event time {} on.",
                version,
                config.detector(),
                endPhase(TRAIN_MILLIS) / 1e3,
                trained.report().bestEpoch(),
                trained.report().epochs().size(),
                trained.report().bestValidationError(),
                release.calibration().threshold(),
                release.artifact().bytes(),
                release.effectiveFrom());
        logShape(release.provenance());
        logSchedule(release.provenance());
        InputStatement.of(release.provenance())
                .forEach(sentence -> LOG.info("Model {} of detector {}: {}.", version, config.detector(), sentence));
        boolean isShadowed =
                champion != null && config.retraining().schedule().shadow().isOn();
        handOut(GateDecision.of(release, champion, gated.report(), isShadowed));
    }

    private GatedDetector train(HistorySelection untrimmed) throws Exception {
        try (Engine engine = config.model().engine().open()) {
            HistorySelection selection = untrimmed.trimmed(
                    new HistoryTrimmer(
                            engine,
                            detectorOptions(config),
                            config.features(),
                            config.model().recurrence().scheduleOptions()),
                    config.retraining().rows().maxLeftOut());
            return new GatedTraining(
                            engine,
                            detectorOptions(config),
                            config.model().recurrence().shapeOptions(),
                            config.model().recurrence().scheduleOptions(),
                            config.alarms().budget(),
                            config.retraining().gate().gateFraction())
                    .train(
                            config.features(),
                            selection.histories(),
                            provenance(selection),
                            champion == null ? Champion.NONE : champion.load(trusted),
                            confirmed.incidents(),
                            this::epochCompleted);
        }
    }

    /** Ends a phase and begins the next one; returns its milliseconds. */
    private long endPhase(String accumulator) {
        long now = System.nanoTime();
        long millis = TimeUnit.NANOSECONDS.toMillis(now - phaseBegin);
        phaseBegin = now;
        getRuntimeContext().addAccumulator(accumulator, new LongCounter(millis));
        return millis;
    }

    private void handOut(Candidate candidate) {
        ListAccumulator<byte[]> bytes = new ListAccumulator<>();
        candidate.toBytes().forEach(bytes::add);
        getRuntimeContext().addAccumulator(CANDIDATE, bytes);
    }

    private void logSchedule(Map<String, String> provenance) {
        String statement = ScheduleStatement.of(provenance);
        if (!statement.isEmpty()) {
            LOG.info("Model {} of detector {}: {}.", version, config.detector(), statement);
        }
    }

    /** Without this line nobody would see why shapes are not judged. */
    private void logShape(Map<String, String> provenance) {
        String statement = ShapeStatement.of(provenance);
        if (ShapeStatement.isMissing(config.model().recurrence().shape(), provenance)) {
            LOG.warn("Model {} of detector {}, `model.shape` is on: {}.", version, config.detector(), statement);
        } else if (!statement.isEmpty()) {
            LOG.info("Model {} of detector {}: {}.", version, config.detector(), statement);
        }
    }

    /** Options of the model and its training, from the detector's configuration. */
    public static DetectorOptions detectorOptions(DetectorConfig config) {
        OptimiserOptions optimiser = config.retraining().optimiser();
        TrainingRowsOptions rows = config.retraining().rows();
        TrainingOptions training = TrainingOptions.defaults()
                .withEpochs(optimiser.epochs())
                .withBatchSize(optimiser.batchSize())
                .withLearningRate(optimiser.learningRate())
                .withPatience(optimiser.patience())
                .withMethod(config.retraining().objective().trainingMethod())
                .withSeed(optimiser.seed());
        return new DetectorOptions(
                new NetworkOptions(
                        config.window().rows(),
                        config.model().codeSize(),
                        config.model().hiddenWidths(),
                        config.model().architecture()),
                config.model().forecastRows(),
                rows.scaling(),
                training,
                new HistoryOptions(rows.minRows(), rows.validationFraction(), rows.calibrationFraction()),
                rows.symmetry(),
                ScoreRule.DEFAULT,
                CounterChoice.of(config.model().counters()));
    }

    private SortedMap<String, String> provenance(HistorySelection selection) {
        SortedMap<String, String> entries = new TreeMap<>();
        entries.put("detector", config.detector());
        entries.put("data.topic", config.topics().observations());
        entries.put("data.range", range.toString());
        entries.put("data.rowsSeen", String.valueOf(sampler.offeredRows()));
        entries.putAll(selection.provenance());
        entries.put("config", config.toYaml());
        entries.put("seed", String.valueOf(config.retraining().optimiser().seed()));
        return entries;
    }

    /** A cancelled job must not continue training and must not store an artifact. */
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

    /**
     * A model takes effect at an event time that scoring has not reached, so that a replay scores each window with the
     * same model as the first time. A time that only a wrong clock has reached does not count: it would keep the model
     * from all others. The first model replaces no other: it takes effect at once, after the history.
     */
    private long effectiveFrom(TrainedDetector trained) {
        if (!isFirst) {
            long delay = config.retraining().schedule().activationDelay().toMillis();
            return delay + ScoresTail.newestSeen(config).orElse(Math.max(newest, trained.to() - 1));
        }
        long newestRead = Math.max(newest, trained.to() - 1);
        return 1 + Math.max(TopicTail.newestEventTime(config).orElse(newestRead), newestRead);
    }
}
