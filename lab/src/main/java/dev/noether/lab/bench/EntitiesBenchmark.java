package dev.noether.lab.bench;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.TopicSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.release.ModelPublication;
import dev.noether.flink.scoring.EntityHeapEstimate;
import dev.noether.flink.scoring.ScoringOptions;
import dev.noether.lab.bench.EntitiesOptions.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures the scoring job with few and with many entities, on the heap and on RocksDB. Broker and Flink run in this
 * JVM, with parallelism 1.
 *
 * <p>At first a job of each case scores so many rows that each entity has a full window. Its heap and its checkpoint
 * are measured. Each round then restores a job from this checkpoint and scores the same further rows. The rounds of the
 * cases alternate, so that other load on the machine affects all.
 */
final class EntitiesBenchmark {
    private static final long SEED = 42;
    private static final int WARM_UP_ROUNDS = 1;
    private static final int BATCH = 256;
    private static final int HIDDEN = 64;
    private static final int CODE = 8;

    private final EntitiesOptions options;
    private final Path directory;
    private final Consumer<String> progress;
    private final List<RunningCase> cases = new ArrayList<>();

    /**
     * Makes a benchmark.
     *
     * @param directory directory of the broker, the model and the checkpoints, empty at first
     * @param progress receives a message for each step
     */
    EntitiesBenchmark(EntitiesOptions options, Path directory, Consumer<String> progress) {
        this.options = options;
        this.directory = directory.toAbsolutePath();
        this.progress = progress;
    }

    /** Runs the benchmark. */
    EntitiesReport run() throws Exception {
        MachineDescription machine = MachineDescription.here();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                ScoringCluster cluster = ScoringCluster.start(directory.resolve("flink"))) {
            BenchmarkTopics topics = new BenchmarkTopics(broker.bootstrapServers(), 1);
            DetectorConfig config = config(broker);
            topics.announce(
                    config.topics().models(),
                    new ModelPublication(config)
                            .publish(
                                    SyntheticModel.of(
                                            config.features(),
                                            options.window(),
                                            HIDDEN,
                                            Math.min(CODE, options.features() * options.window())),
                                    1,
                                    0,
                                    0));
            for (int entities : options.entities()) {
                prepare(broker, topics, cluster, config, entities);
            }
            for (int round = 1 - WARM_UP_ROUNDS; round <= options.rounds(); round++) {
                for (RunningCase one : cases) {
                    round(topics, cluster, one, round);
                }
            }
            return new EntitiesReport(
                    options,
                    machine,
                    EntityHeapEstimate.of(ScoringOptions.of(config)).bytesOfEach(),
                    cases.stream().map(RunningCase::result).toList());
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
                1,
                false,
                List.of(BenchmarkSource.NOETHER),
                0);
        DetectorConfig config = PipelineBenchmark.config(pipeline, directory, broker.bootstrapServers(), "")
                .with(WindowSection.ROWS, options.window());
        int most = options.entities().stream().mapToInt(Integer::intValue).max().orElse(1);
        broker.createTopics(
                Topic.plain(config.topics().incidents(), 1),
                Topic.plain(config.topics().rejected(), 1),
                Topic.compacted(config.topics().models(), 1));
        return config.with(EntitySection.MAX, Math.max(most, config.entities().max()));
    }

    private void prepare(
            EmbeddedBroker broker, BenchmarkTopics topics, ScoringCluster cluster, DetectorConfig config, int entities)
            throws Exception {
        String observations = "observations-" + entities;
        broker.createTopics(Topic.plain(observations, 1));
        SyntheticObservations rows = new SyntheticObservations(config.features(), entities, SEED);
        SourceRecords format = new SourceRecords(BenchmarkSource.NOETHER, config.features());
        int before = Math.multiplyExact(entities, options.rowsBefore());
        topics.fill(observations, rows, format, before);
        for (Backend backend : options.backends()) {
            String scores = "scores-" + entities + "-" + backend.label();
            topics.createScores(scores);
            DetectorConfig ofCase =
                    config.with(TopicSection.OBSERVATIONS, observations).with(TopicSection.SCORES, scores);
            try (ScoringCluster.Running job = cluster.run(ofCase, backend, null)) {
                topics.awaitWritten(scores, before, job::requireRunning);
                long heap = LiveHeap.bytes();
                ScoringCluster.Checkpoint checkpoint = job.checkpoint();
                cases.add(new RunningCase(entities, backend, ofCase, heap, checkpoint));
                progress.accept("%,9d entities, %-7s heap %,5d MiB, checkpoint %,5d MiB in %.2f s"
                        .formatted(
                                entities, backend.label(), heap >> 20, checkpoint.bytes() >> 20, checkpoint.seconds()));
            }
            topics.delete(scores);
        }
        topics.fill(observations, rows, format, options.records());
    }

    private void round(BenchmarkTopics topics, ScoringCluster cluster, RunningCase one, int round) throws Exception {
        String scores = "scores-" + one.entities + "-" + one.backend.label() + "-" + (round + WARM_UP_ROUNDS);
        topics.createScores(scores);
        double restored;
        try (ScoringCluster.Running job =
                cluster.run(one.config.with(TopicSection.SCORES, scores), one.backend, one.checkpoint.path())) {
            topics.awaitWritten(scores, options.records(), job::requireRunning);
            restored = job.restoreSeconds();
            job.checkpoint();
            topics.awaitCommitted(scores, options.records(), job::requireRunning);
        }
        EntitiesReport.Round measured = topics.steady(scores, options.records(), restored);
        topics.delete(scores);
        progress.accept("%,9d entities, %-7s round %-7s %,9.0f records/s, restored in %.2f s"
                .formatted(
                        one.entities,
                        one.backend.label(),
                        round < 1 ? "warm-up" : round,
                        measured.recordsPerSecond(),
                        restored));
        if (round > 0) {
            one.rounds.add(measured);
        }
    }

    /** A case and its rounds so far. */
    private record RunningCase(
            int entities,
            Backend backend,
            DetectorConfig config,
            long heap,
            ScoringCluster.Checkpoint checkpoint,
            List<EntitiesReport.Round> rounds) {
        RunningCase(
                int entities, Backend backend, DetectorConfig config, long heap, ScoringCluster.Checkpoint checkpoint) {
            this(entities, backend, config, heap, checkpoint, new ArrayList<>());
        }

        EntitiesReport.Case result() {
            return new EntitiesReport.Case(
                    entities, backend.label(), heap, checkpoint.bytes(), checkpoint.seconds(), List.copyOf(rounds));
        }
    }
}
