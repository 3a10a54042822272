package dev.noether.lab.evaluate.detect;

import dev.noether.flink.config.ContributionDetail;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.Options;
import dev.noether.flink.job.ScoringJob;
import dev.noether.flink.release.ModelPublication;
import dev.noether.flink.release.PromisedRate;
import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.flink.wire.WireTypes;
import dev.noether.lab.evaluate.dataset.EvaluationSeries;
import dev.noether.lab.evaluate.dataset.Rows;
import dev.noether.model.engine.Engine;
import dev.noether.model.feature.FeatureSchema;
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
 * A backtest through the operators that score live streams: the training of {@code retrain}, its artifact in a model store,
 * and the whole scoring job between a source and sinks in this JVM. The end of the training rows goes first, so that windows
 * are full; the model takes effect with the first test row, from the state that its calibration left, as a first model does.
 *
 * <p>Rows of a table have neither time nor entity: they go through {@link TableBacktest} instead.
 */
public final class FlinkBacktest implements Backtest {
    /** Enough for any window, and for what else an entity has to be known by. */
    private static final int WARMING_ROWS = 1_000;

    private static final String DETECTOR = "evaluation";
    private static final int LEAST_ROWS = 10;
    /** The longest that there is: a bounded job has long ended by then. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private final BoundedJobs jobs;
    private final Path folder;
    private final @Nullable DetectorConfig given;

    /**
     * Makes a backtest.
     *
     * @param jobs where the scoring job runs
     * @param folder for models and scores under way
     * @param given the detector's settings; its features are replaced by those of each series. Null: the defaults
     */
    public FlinkBacktest(BoundedJobs jobs, Path folder, @Nullable DetectorConfig given) {
        this.jobs = jobs;
        this.folder = folder;
        this.given = given;
    }

    @Override
    public JudgedSeries run(EvaluationSeries series) throws InterruptedException {
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
        JudgedSeriesReader reader = new JudgedSeriesReader(series);
        double seconds = RecordFileReader.read(place.resolve("scores"), new ScoreCodec()::decode, reader::add);
        RecordFileReader.read(place.resolve("incidents"), new IncidentCodec()::decode, reader::add);
        TemporaryFolders.delete(place);
        double promised =
                PromisedRate.of(config.alarms().budget(), trained.model()).perWindow();
        return reader.build(trained.model().calibration(), promised, trainSeconds, seconds);
    }

    /** The settings for a series: the same for all, but for what the series itself decides. */
    private DetectorConfig config(EvaluationSeries series) {
        DetectorConfig base = given == null
                ? DetectorConfig.withDefaults(DETECTOR, new FeatureSchema(series.features()))
                : given.with(Options.FEATURES, series.features());
        int rows = series.train().length();
        DetectorConfig config = base.with(Options.PARALLELISM, 1)
                // Micro-batches end when they are full, not when time is up: the last bits of a row depend on where it
                // stands in one.
                .with(Options.MICRO_BATCH_LINGER, LINGER)
                // A short series is better judged by a rough model than not at all.
                .with(
                        Options.RETRAINING_MIN_ROWS,
                        Math.max(LEAST_ROWS, Math.min(base.retraining().rows().minRows(), rows)));
        if (!series.causes().isEmpty()) {
            config = config.with(Options.OUTPUT_CONTRIBUTIONS, ContributionDetail.ALL);
        }
        return config;
    }

    private static TrainedDetector train(DetectorConfig config, EvaluationSeries series) {
        Rows rows = series.train();
        BlockSampler sampler = new BlockSampler(
                rows.width(),
                Math.max(config.retraining().rows().maxRows(), BlockSampler.BLOCK_ROWS),
                config.retraining().optimiser().seed());
        float[] row = new float[rows.width()];
        for (int i = 0; i < rows.length(); i++) {
            System.arraycopy(rows.values(), i * row.length, row, 0, row.length);
            sampler.add(series.name(), rows.times()[i], row);
        }
        try (Engine engine = config.model().engine().open()) {
            return new DetectorTrainer(engine, TrainingOperator.detectorOptions(config))
                    .train(
                            config.features(),
                            sampler.histories(),
                            new TreeMap<>(),
                            (completed, of, trainError, validationError) -> {});
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
        RecordedRows rows = new RecordedRows(
                series.name(),
                series.train(),
                series.test(),
                Math.min(WARMING_ROWS, series.train().length()));
        OneRelease known = new OneRelease(release);
        StreamExecutionEnvironment environment = jobs.environment();
        ScoringJob.define(
                environment,
                config,
                new DataGeneratorSource<>(rows, rows.count(), WireTypes.INGEST_RESULT),
                new DataGeneratorSource<>(known, 1, WireTypes.MODEL_RELEASE),
                known,
                new FileSink<>(place.resolve("scores"), score -> new ScoreCodec().encode(score)),
                new FileSink<>(place.resolve("incidents"), incident -> new IncidentCodec().encode(incident)),
                new FileSink<>(place.resolve("rejected"), record -> new RejectedCodec().encode(record)));
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
