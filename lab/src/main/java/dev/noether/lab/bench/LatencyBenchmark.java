package dev.noether.lab.bench;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.TopicSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.release.ModelPublication;
import dev.noether.lab.bench.EntitiesOptions.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures the time from the sending of an observation to the reading of its score, at shares of the highest rate.
 * Sender, broker, Flink and reader run in this JVM.
 */
final class LatencyBenchmark {
    private static final double[] SHARES = {.1, .5, .8};
    private static final int WARM_UP_PASSES = 3;
    private static final int BATCH = 256;
    private static final int HIDDEN = 64;
    private static final int CODE = 10;
    private static final long SEED = 42;
    private static final double MEDIAN = .5;
    private static final double P99 = .99;
    private static final double P999 = .999;

    private final LatencyOptions options;
    private final Path directory;
    private final Consumer<String> progress;

    /**
     * Makes a benchmark.
     *
     * @param directory directory of the broker, the model and the checkpoints, empty at first
     * @param progress receives a message for each step
     */
    LatencyBenchmark(LatencyOptions options, Path directory, Consumer<String> progress) {
        this.options = options;
        this.directory = directory.toAbsolutePath();
        this.progress = progress;
    }

    /** Runs the benchmark. */
    LatencyReport run() throws Exception {
        MachineDescription machine = MachineDescription.here();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                ScoringCluster cluster = ScoringCluster.start(directory.resolve("flink"))) {
            DetectorConfig config = config(broker);
            int code = Math.min(CODE, options.features() * options.window());
            new BenchmarkTopics(broker.bootstrapServers(), 1)
                    .announce(
                            config.topics().models(),
                            new ModelPublication(config)
                                    .publish(
                                            SyntheticModel.of(config.features(), options.window(), HIDDEN, code),
                                            1,
                                            0,
                                            0));
            List<LatencyReport.Job> jobs = new ArrayList<>();
            for (boolean isExactlyOnce : new boolean[] {false, true}) {
                jobs.add(job(broker, cluster, config, isExactlyOnce));
            }
            return new LatencyReport(
                    options, machine, config.checkpoints().interval().toMillis(), jobs);
        }
    }

    private DetectorConfig config(EmbeddedBroker broker) {
        PipelineOptions pipeline = new PipelineOptions(
                1,
                1,
                1,
                BATCH,
                List.of(options.window()),
                options.features(),
                HIDDEN,
                1,
                options.entities(),
                false,
                List.of(BenchmarkSource.NOETHER),
                0);
        DetectorConfig config = PipelineBenchmark.config(pipeline, directory, broker.bootstrapServers(), "")
                .with(WindowSection.ROWS, options.window());
        broker.createTopics(
                Topic.plain(config.topics().incidents(), 1),
                Topic.plain(config.topics().rejected(), 1),
                Topic.compacted(config.topics().models(), 1));
        return config;
    }

    private LatencyReport.Job job(
            EmbeddedBroker broker, ScoringCluster cluster, DetectorConfig config, boolean isExactlyOnce)
            throws Exception {
        String guarantee = isExactlyOnce ? "exactly-once" : "at-least-once";
        DetectorConfig ofJob = config.with(GeneralSection.EXACTLY_ONCE, isExactlyOnce)
                .with(TopicSection.OBSERVATIONS, "observations-" + guarantee)
                .with(TopicSection.SCORES, "scores-" + guarantee);
        broker.createTopics(
                Topic.plain(ofJob.topics().observations(), 1),
                Topic.plain(ofJob.topics().scores(), 1));
        SyntheticObservations rows = new SyntheticObservations(config.features(), options.entities(), SEED);
        try (ScoringCluster.Running job = cluster.run(
                        ofJob, Backend.HEAP, null, ofJob.checkpoints().interval());
                LatencyProbe probe = new LatencyProbe(ofJob, rows, isExactlyOnce)) {
            for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
                probe.pass(options.records(), Double.POSITIVE_INFINITY);
            }
            double highest = options.records()
                    / probe.pass(options.records(), Double.POSITIVE_INFINITY).seconds();
            progress.accept("%-13s highest rate %,9.0f records/s".formatted(guarantee, highest));
            List<LatencyReport.Load> loads = new ArrayList<>();
            for (double share : SHARES) {
                loads.add(load(probe, guarantee, share, highest));
            }
            job.requireRunning();
            return new LatencyReport.Job(guarantee, highest, loads);
        }
    }

    private LatencyReport.Load load(LatencyProbe probe, String guarantee, double share, double highest)
            throws Exception {
        int records = (int) Math.max(1, share * highest * options.seconds());
        LatencyProbe.Pass pass = probe.pass(records, share * highest);
        LatencyReport.Load load = new LatencyReport.Load(
                share,
                records / pass.sendSeconds(),
                records,
                pass.quantile(MEDIAN),
                pass.quantile(P99),
                pass.quantile(P999),
                pass.quantile(1));
        progress.accept("%-13s %2.0f %%, %,9.0f records/s: median %,7.1f ms, p99 %,7.1f ms, largest %,7.1f ms"
                .formatted(guarantee, 100 * share, load.rate(), load.median(), load.p99(), load.largest()));
        return load;
    }
}
