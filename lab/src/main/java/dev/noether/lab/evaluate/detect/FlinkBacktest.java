package dev.noether.lab.evaluate.detect;

import dev.noether.cli.data.StreamDataException;
import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.MicroBatchSection;
import dev.noether.flink.config.OutputSection;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.job.ScoringJob;
import dev.noether.flink.release.ModelPublication;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.flink.wire.WireTypes;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.TimedRows;
import dev.noether.lab.evaluate.portrait.ShapePortrait;
import dev.noether.lab.evaluate.portrait.ShapePortraitBuilder;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.model.shape.ShapeModel;
import dev.noether.model.training.BlockSampler;
import dev.noether.model.training.DetectorTrainer;
import dev.noether.model.training.TrainedDetector;
import dev.noether.schemas.IncidentCodec;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.RejectedCodec;
import dev.noether.schemas.ScoreCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeMap;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * A backtest through the operators that score live streams: it trains as {@code retrain} does, stores the artifact in a
 * model store, and runs the whole scoring job between a source and sinks in this JVM. The last training rows are read
 * first, so that windows are full; the model takes effect with the first test row.
 *
 * <p>Rows of a table have neither time nor entity: {@link TableBacktest} scores them instead.
 */
public final class FlinkBacktest implements Backtest {
    /** Training rows that are scored first: enough to fill any window and to settle the entity's baseline. */
    private static final int WARM_UP_ROWS = 1_000;

    private static final String DETECTOR = "evaluation";
    private static final int LEAST_ROWS = 10;
    /** The longest allowed linger: a bounded job ends before. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private final BoundedJobCluster jobs;
    private final Path folder;
    private final @Nullable DetectorConfig given;

    /**
     * Makes a backtest.
     *
     * @param jobs cluster that runs the scoring job
     * @param folder for temporary models and scores
     * @param given the detector's settings, with the features of each series in place of its own; null for the defaults
     */
    public FlinkBacktest(BoundedJobCluster jobs, Path folder, @Nullable DetectorConfig given) {
        this.jobs = jobs;
        this.folder = folder;
        this.given = given;
    }

    @Override
    public void check(EvaluationSeries series) {
        int least = TrainingOperator.detectorOptions(config(series)).leastRows();
        int rows = series.train().length();
        if (!series.table() && rows < least) {
            throw new StreamDataException(series.name() + ": the training part has " + rows
                    + (rows == 1 ? " row" : " rows") + "; a model needs at least " + least);
        }
    }

    @Override
    public DetectorOutput run(EvaluationSeries series) throws InterruptedException {
        if (series.table()) {
            return TableBacktest.run(series);
        }
        Path place = temporaryFolder();
        DetectorConfig config =
                config(series).withModelStore(place.resolve("models").toUri());
        long start = System.nanoTime();
        TrainedDetector trained = train(config, series);
        double trainSeconds = (System.nanoTime() - start) * 1e-9;
        ModelRelease release = release(config, trained, series.test().times()[0]);
        score(config, series, release, place);
        DetectorOutputBuilder reader = new DetectorOutputBuilder(series);
        double seconds = RecordFileReader.read(place.resolve("scores"), new ScoreCodec()::decode, reader::add);
        reader.requireModel();
        RecordFileReader.read(place.resolve("incidents"), new IncidentCodec()::decode, reader::add);
        TemporaryFolders.delete(place);
        double promised =
                PromisedRate.of(config.alarms().budget(), trained.model()).perWindow();
        DetectorOutput output =
                reader.build(trained.model(), promised, new DetectorOutput.Timing(trainSeconds, seconds));
        return output.withPortrait(portrait(config, trained.model(), series, output.strongestRow()));
    }

    /** The settings for a series: equal for all series except for features, least rows and contributions. */
    private DetectorConfig config(EvaluationSeries series) {
        DetectorConfig base = given == null
                ? DetectorConfig.withDefaults(DETECTOR, new FeatureSchema(series.features()))
                : given.with(GeneralSection.FEATURES, series.features());
        int rows = series.train().length();
        DetectorConfig config = base.with(GeneralSection.PARALLELISM, 1)
                // Micro-batches end when they are full, not by time: the last bits of a score depend on the position of
                // the row in its batch.
                .with(MicroBatchSection.LINGER, LINGER)
                // A rough model of a short series is better than none.
                .with(
                        RetrainingSection.MIN_ROWS,
                        Math.max(LEAST_ROWS, Math.min(base.retraining().rows().minRows(), rows)));
        if (!series.causes().isEmpty()) {
            config = config.with(OutputSection.CONTRIBUTIONS, ContributionDetail.ALL);
        }
        return config;
    }

    private static TrainedDetector train(DetectorConfig config, EvaluationSeries series) {
        TimedRows rows = series.train();
        BlockSampler sampler = new BlockSampler(
                rows.width(),
                Math.max(config.retraining().rows().maxRows(), BlockSampler.BLOCK_ROWS),
                config.entities().max(),
                config.retraining().optimiser().seed());
        double[] row = new double[rows.width()];
        for (int i = 0; i < rows.length(); i++) {
            System.arraycopy(rows.observed(), i * row.length, row, 0, row.length);
            sampler.add(series.name(), rows.times()[i], row);
        }
        try (Engine engine = config.model().engine().open()) {
            return new DetectorTrainer(
                            engine,
                            TrainingOperator.detectorOptions(config),
                            config.model().recurrence().shapeOptions(),
                            config.model().recurrence().scheduleOptions())
                    .train(
                            config.features(),
                            sampler.histories(),
                            new TreeMap<>(),
                            (completed, of, trainError, validationError) -> {});
        }
    }

    private static @Nullable ShapePortrait portrait(
            DetectorConfig config, ModelArtifact model, EvaluationSeries series, int strongestRow) {
        ShapeModel shape = model.shape();
        if (shape == null) {
            return null;
        }
        try (Engine engine = config.model().engine().open()) {
            return new ShapePortraitBuilder(
                            engine,
                            shape,
                            series.features().get(shape.feature()),
                            series.name(),
                            series.train().column(shape.feature()),
                            series.test().column(shape.feature()))
                    .build(strongestRow);
        }
    }

    private static ModelRelease release(DetectorConfig config, TrainedDetector trained, long effectiveFrom) {
        try {
            return new ModelPublication(config).publish(trained.model(), 1, effectiveFrom, effectiveFrom);
        } catch (IOException exception) {
            throw new UncheckedIOException(
                    "the model cannot be stored in " + config.model().store(), exception);
        }
    }

    private void score(DetectorConfig config, EvaluationSeries series, ModelRelease release, Path place)
            throws InterruptedException {
        ObservationGenerator rows = new ObservationGenerator(
                series.name(),
                series.train(),
                series.test(),
                Math.min(WARM_UP_ROWS, series.train().length()));
        SingleReleaseSource known = new SingleReleaseSource(release);
        StreamExecutionEnvironment environment = jobs.environment();
        ScoringJob.define(
                environment,
                config,
                new DataGeneratorSource<>(rows, rows.count(), WireTypes.INGEST_RESULT),
                new DataGeneratorSource<>(known, 1, WireTypes.MODEL_RELEASE),
                known,
                new RecordFileSink<>(place.resolve("scores"), score -> new ScoreCodec().encode(score)),
                new RecordFileSink<>(place.resolve("incidents"), incident -> new IncidentCodec().encode(incident)),
                new RecordFileSink<>(place.resolve("rejected"), record -> new RejectedCodec().encode(record)));
        jobs.run(environment, "scoring of " + series.name());
    }

    private Path temporaryFolder() {
        try {
            return Files.createTempDirectory(folder, "backtest");
        } catch (IOException exception) {
            throw new UncheckedIOException("no folder can be made in " + folder, exception);
        }
    }
}
