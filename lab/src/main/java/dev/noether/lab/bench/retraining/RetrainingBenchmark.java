package dev.noether.lab.bench.retraining;

import dev.noether.cli.fleet.FleetSimulator;
import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.RetrainingSection;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.LocalFlink;
import dev.noether.flink.job.RetrainingJob;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.model.feature.FeatureSchema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.JobListener;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/**
 * Writes the history of a fleet to a broker in this JVM and runs the retraining job on it, as {@code noether retrain}
 * does for a detector without a model.
 */
final class RetrainingBenchmark {
    private static final String DETECTOR = "bench";
    private static final double MEBIBYTE = 1 << 20;

    private final RetrainingBenchmarkOptions options;
    private final Path directory;
    private final Consumer<String> progress;

    /**
     * Makes a benchmark.
     *
     * @param directory folder of the broker and the model, empty at first
     * @param progress receives a message for each step
     */
    RetrainingBenchmark(RetrainingBenchmarkOptions options, Path directory, Consumer<String> progress) {
        this.options = options;
        this.directory = directory.toAbsolutePath();
        this.progress = progress;
    }

    /** Runs the benchmark. */
    RetrainingSpeed run() throws Exception {
        int threads = Runtime.getRuntime().availableProcessors();
        long rows = (long) options.minutes() * options.entities();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            DetectorConfig config = config(broker.bootstrapServers());
            TopicSetup.create(config, threads, (short) 1);
            progress.accept("writing %,d rows of %,d servers, %,d minutes"
                    .formatted(rows, options.entities(), options.minutes()));
            long begin = System.nanoTime();
            new FleetHistory(config, options, System.currentTimeMillis()).write(threads);
            RetrainingSpeed.Pass write = RetrainingSpeed.Pass.of(rows, secondsSince(begin));
            progress.accept("wrote %,.0f rows/s; training".formatted(write.rowsPerSecond()));
            return train(config, rows, write);
        }
    }

    private RetrainingSpeed train(DetectorConfig config, long rows, RetrainingSpeed.Pass write) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(1, LocalFlink.settings(JobSettings.bounded()));
        JobTimes times = new JobTimes();
        environment.registerJobListener(times);
        long before = PeakMemory.liveNow();
        try (PeakMemory memory = PeakMemory.start()) {
            Candidate candidate =
                    RetrainingJob.train(environment, config, HistoryRange.all(), new ReleaseTopic(config).content());
            Map<String, String> provenance = candidate.release().provenance();
            return new RetrainingSpeed(
                    rows,
                    Integer.parseInt(provenance.get("data.rows")),
                    write,
                    RetrainingSpeed.Pass.of(rows, times.seconds(TrainingOperator.READ_MILLIS)),
                    times.seconds(TrainingOperator.TRAIN_MILLIS),
                    Integer.parseInt(provenance.get("training.epochs")),
                    memory(config, before, memory),
                    candidate.decision().getClass().getSimpleName());
        }
    }

    private static RetrainingSpeed.Memory memory(DetectorConfig config, long before, PeakMemory memory) {
        double sample = (double) config.retraining().rows().maxRows()
                * config.window().rows()
                * config.features().size()
                * Float.BYTES;
        return new RetrainingSpeed.Memory(
                before / MEBIBYTE,
                memory.live() / MEBIBYTE,
                memory.used() / MEBIBYTE,
                memory.resident() / MEBIBYTE,
                sample / MEBIBYTE);
    }

    private DetectorConfig config(String servers) {
        return DetectorConfig.withDefaults(DETECTOR, new FeatureSchema(FleetSimulator.featureNames()))
                .withBootstrap(servers)
                .withModelStore(directory.resolve("models").toUri())
                .withCheckpointDirectory(directory.resolve("checkpoints").toUri())
                .with(RetrainingSection.HISTORY, Duration.ofMinutes(options.minutes() + 1L))
                .with(RetrainingSection.MAX_ROWS, options.maxRows());
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** The times that the training operator reports. */
    private static final class JobTimes implements JobListener {
        private volatile @Nullable JobExecutionResult ended;

        @Override
        public void onJobSubmitted(@Nullable JobClient client, @Nullable Throwable failure) {}

        @Override
        public void onJobExecuted(@Nullable JobExecutionResult result, @Nullable Throwable failure) {
            ended = result;
        }

        double seconds(String accumulator) {
            JobExecutionResult result = ended;
            if (result == null) {
                throw new IllegalStateException("the job has not ended");
            }
            Long millis = result.getAccumulatorResult(accumulator);
            return millis / 1e3;
        }
    }
}
