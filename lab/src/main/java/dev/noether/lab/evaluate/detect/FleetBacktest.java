package dev.noether.lab.evaluate.detect;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.MicroBatchSection;
import dev.noether.flink.job.ScoringJob;
import dev.noether.flink.release.ModelPublication;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.flink.wire.WireTypes;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.model.engine.Engine;
import dev.noether.model.gate.Champion;
import dev.noether.model.gate.GatedDetector;
import dev.noether.model.gate.GatedTraining;
import dev.noether.model.training.DetectorOptions;
import dev.noether.model.training.EntityHistory;
import dev.noether.model.training.HistoryTrimmer;
import dev.noether.model.training.TrainedDetector;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.Score;
import dev.noether.schemas.ScoreCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A backtest of many entities with one model, without labels. Trains as the retrainer trains a first model: without
 * extreme episodes of the history, and with the gate. Scores with the operators of the scoring job. Not thread safe.
 */
public final class FleetBacktest {
    /** The longest allowed linger: a bounded job ends before. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private final BoundedJobCluster jobs;
    private final Path folder;
    private final DetectorConfig config;

    /**
     * Makes a backtest.
     *
     * @param jobs cluster that runs the scoring job
     * @param folder for the temporary model and scores
     * @param given the detector's settings
     */
    public FleetBacktest(BoundedJobCluster jobs, Path folder, DetectorConfig given) {
        this.jobs = jobs;
        this.folder = folder;
        this.config = given.with(GeneralSection.PARALLELISM, 1)
                // Micro-batches end when they are full, not by time, so that a run can be repeated.
                .with(MicroBatchSection.LINGER, LINGER)
                .withModelStore(folder.resolve("models").toUri());
    }

    /**
     * Trains.
     *
     * @param histories a sample of the history, by entity
     * @throws dev.noether.model.training.TrainingRefusedException if no model can be made of it
     */
    public GatedDetector train(List<EntityHistory> histories) {
        DetectorOptions options = TrainingOperator.detectorOptions(config);
        double mostLeftOut = config.retraining().rows().maxLeftOut();
        try (Engine engine = config.model().engine().open()) {
            List<EntityHistory> trained = mostLeftOut == 0
                    ? histories
                    : new HistoryTrimmer(
                                    engine,
                                    options,
                                    config.features(),
                                    config.model().recurrence().scheduleOptions())
                            .trim(histories, mostLeftOut)
                            .histories();
            return new GatedTraining(
                            engine,
                            options,
                            config.model().recurrence().shapeOptions(),
                            config.model().recurrence().scheduleOptions(),
                            config.alarms().budget(),
                            config.retraining().gate().gateFraction())
                    .train(
                            config.features(),
                            trained,
                            new TreeMap<>(),
                            Champion.NONE,
                            List.of(),
                            (completed, of, trainError, validationError) -> {});
        }
    }

    /**
     * Scores the test rows of entities with a model.
     *
     * @param entities at least one
     * @param gated the model
     * @param trainSeconds how long the training took
     * @param from event time from which the model scores
     */
    public FleetOutput score(List<EvaluationSeries> entities, GatedDetector gated, double trainSeconds, long from)
            throws InterruptedException {
        TrainedDetector trained = gated.trained();
        run(entities, release(trained, from));
        Map<String, DetectorOutputBuilder> builders = new LinkedHashMap<>();
        entities.forEach(series -> builders.put(series.name(), new DetectorOutputBuilder(series)));
        double seconds = RecordFileReader.read(
                folder.resolve("scores"), new ScoreCodec()::decode, score -> add(builders, score));
        Map<String, Incident> latest = new HashMap<>();
        RecordFileReader.read(folder.resolve("incidents"), new IncidentCodec()::decode, incident -> {
            latest.put(incident.id(), incident);
            add(builders, incident);
        });
        double promised =
                PromisedRate.of(config.alarms().budget(), trained.model()).perWindow();
        DetectorOutput.Timing timing = new DetectorOutput.Timing(trainSeconds, seconds);
        List<DetectorOutput> outputs = new ArrayList<>();
        builders.values().forEach(builder -> outputs.add(builder.build(trained.model(), promised, timing)));
        return new FleetOutput(
                outputs,
                latest.values().stream()
                        .filter(incident -> isTold(incident, from))
                        .sorted(Comparator.comparingLong(Incident::start).thenComparing(Incident::entity))
                        .toList(),
                trained.model(),
                config.alarms().budget(),
                gated.report().isPassed() ? "" : gated.report().reason());
    }

    private static void add(Map<String, DetectorOutputBuilder> builders, Score score) {
        DetectorOutputBuilder builder = builders.get(score.entity());
        if (builder != null) {
            builder.add(score);
        }
    }

    private static void add(Map<String, DetectorOutputBuilder> builders, Incident incident) {
        DetectorOutputBuilder builder = builders.get(incident.entity());
        if (builder != null) {
            builder.add(incident);
        }
    }

    /**
     * Whether people would have heard of an incident. Silences are left out: event time jumps in a fast replay, so that a
     * short silence passes unseen.
     */
    private static boolean isTold(Incident incident, long from) {
        boolean isOfValues = incident.kind() == IncidentKind.ANOMALY || incident.kind() == IncidentKind.GROUP;
        return isOfValues
                && incident.end() > from
                && incident.suppressed() == null
                && incident.group().id() == null;
    }

    private ModelRelease release(TrainedDetector trained, long from) {
        try {
            return new ModelPublication(config).publish(trained.model(), 1, from, from);
        } catch (IOException exception) {
            throw new UncheckedIOException("the model cannot be stored in " + folder, exception);
        }
    }

    private void run(List<EvaluationSeries> entities, ModelRelease release) throws InterruptedException {
        MergedRows rows = MergedRows.write(folder.resolve("rows"), entities);
        SingleReleaseSource known = new SingleReleaseSource(release);
        StreamExecutionEnvironment environment = jobs.environment();
        ScoringJob.define(
                environment,
                config,
                new DataGeneratorSource<>(rows, rows.count(), WireTypes.INGEST_RESULT),
                new DataGeneratorSource<>(known, 1, WireTypes.MODEL_RELEASE),
                known,
                new RecordFileSink<>(folder.resolve("scores"), score -> new ScoreCodec().encode(score)),
                new RecordFileSink<>(folder.resolve("incidents"), incident -> new IncidentCodec().encode(incident)),
                new RecordFileSink<>(folder.resolve("rejected"), record -> new RejectedCodec().encode(record)));
        jobs.run(environment, "scoring of " + config.topics().observations());
    }
}
