package dev.noether.lab.bench;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import dev.noether.flink.assembly.ImportSource;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.TopicSection;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.emit.LostTransactionHandler;
import dev.noether.flink.ingest.IngestSource;
import dev.noether.flink.ingest.StartingPoint;
import dev.noether.flink.job.ImportJob;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.ScoringJob;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.model.feature.FeatureSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Compares jobs that read the same observations in different formats, from Kafka to Kafka and exactly once. Records that
 * are rows are read by the scoring job with a {@link PassThroughOperator} in place of the scorer; records of metrics are
 * read by the import. The broker runs in the same JVM.
 *
 * <p>In each round every source is read once, Noether's own records first, so that other load on the machine affects all
 * of them. A topic of single values has as many records as the others, and so fewer observations.
 */
final class SourceBenchmark {
    private static final long SEED = 42;
    private static final int WARM_UP_ROUNDS = 2;

    private final PipelineOptions options;
    private final Path directory;
    private final Consumer<String> progress;
    private final FeatureSchema features;

    /** Makes a benchmark with the parameters of {@link PipelineBenchmark}. */
    SourceBenchmark(PipelineOptions options, Path directory, Consumer<String> progress) {
        this.options = options;
        this.directory = directory.toAbsolutePath();
        this.progress = progress;
        features = PipelineBenchmark.features(options);
    }

    /** Runs the benchmark. */
    SourceReport run() throws Exception {
        MachineDescription machine = MachineDescription.here();
        Map<BenchmarkSource, List<SourceRound>> rounds = new LinkedHashMap<>();
        rounds.put(BenchmarkSource.NOETHER, new ArrayList<>());
        options.sources().forEach(source -> rounds.putIfAbsent(source, new ArrayList<>()));
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
                SchemaServer registry = new SchemaServer(new SourceRecords(BenchmarkSource.AVRO, features).schema())) {
            BenchmarkTopics topics = new BenchmarkTopics(broker.bootstrapServers(), options.parallelism());
            Map<BenchmarkSource, DetectorConfig> configs = new LinkedHashMap<>();
            for (BenchmarkSource source : rounds.keySet()) {
                configs.put(source, prepare(broker, registry, topics, source));
            }
            for (int round = 1 - WARM_UP_ROUNDS; round <= options.rounds(); round++) {
                for (Map.Entry<BenchmarkSource, DetectorConfig> entry : configs.entrySet()) {
                    BenchmarkSource source = entry.getKey();
                    String out = "out-" + source.label() + "-" + (round + WARM_UP_ROUNDS);
                    SourceRound measured = round(topics, entry.getValue(), source, out);
                    progress.accept("round %-11s %-15s %,11.0f records/s, %,12.0f values/s, %5.2f s of processor time"
                            .formatted(
                                    round < 1 ? "warm-up" : round,
                                    source.label(),
                                    measured.recordsPerSecond(),
                                    measured.valuesPerSecond(),
                                    measured.processorSeconds()));
                    if (round > 0) {
                        rounds.computeIfAbsent(source, any -> new ArrayList<>()).add(measured);
                    }
                }
            }
        }
        return new SourceReport(options, machine, SourceComparison.of(new ArrayList<>(rounds.values())));
    }

    private DetectorConfig prepare(
            EmbeddedBroker broker, SchemaServer registry, BenchmarkTopics topics, BenchmarkSource source) {
        String topic = "records-" + source.label();
        SourceRecords records = new SourceRecords(source, features);
        DetectorConfig config = PipelineBenchmark.config(
                        options, directory, broker.bootstrapServers(), records.yaml(topic, registry.url()))
                .with(TopicSection.OBSERVATIONS, source.isImport() ? "rows-" + source.label() : topic);
        broker.createTopics(
                Topic.plain(topic, options.parallelism()),
                Topic.plain(config.topics().incidents(), 1),
                Topic.compacted(config.topics().models(), 1),
                Topic.plain(config.topics().rejected(), options.parallelism()));
        progress.accept("writing %,d records of %s".formatted(records(source), source.label()));
        topics.fill(
                topic, new SyntheticObservations(features, options.entities(), SEED), records, observations(source));
        return config;
    }

    private int observations(BenchmarkSource source) {
        return source == BenchmarkSource.LONG ? Math.max(1, options.records() / options.features()) : options.records();
    }

    private long records(BenchmarkSource source) {
        return source == BenchmarkSource.LONG ? (long) observations(source) * options.features() : observations(source);
    }

    private SourceRound round(BenchmarkTopics topics, DetectorConfig config, BenchmarkSource source, String out)
            throws Exception {
        topics.createScores(out);
        Configuration settings = JobSettings.of(config);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(options.parallelism(), settings);
        Path note = directory.resolve(out + ".start");
        StartTimeGate gate = new StartTimeGate(note.toString());
        if (source.isImport()) {
            DetectorConfig ofRound = config.with(TopicSection.OBSERVATIONS, out);
            KafkaSinks sinks = KafkaSinks.ofImport(ofRound, gate, LostTransactionHandler.LOGGING);
            ImportJob.define(
                    environment, ofRound, ImportSource.bounded(ofRound), sinks.observations(), sinks.rejected());
        } else {
            DetectorConfig ofRound = config.with(TopicSection.SCORES, out);
            KafkaSinks sinks = new KafkaSinks(ofRound, gate, LostTransactionHandler.LOGGING);
            ReleaseTopic releases = new ReleaseTopic(ofRound);
            ScoringJob.define(
                    environment,
                    ofRound,
                    IngestSource.bounded(ofRound, new StartingPoint.Earliest()),
                    releases.bounded(),
                    new PassThroughOperator(ofRound.detector(), releases),
                    sinks.scores(),
                    sinks.incidents(),
                    sinks.rejected());
        }
        double before = MachineDescription.processorSeconds();
        environment.execute(out);
        double processorSeconds = MachineDescription.processorSeconds() - before;
        BenchmarkTopics.Written written = topics.written(out);
        topics.delete(out);
        return new SourceRound(
                source.label(),
                records(source),
                (long) observations(source) * options.features(),
                observations(source) - written.records(),
                (written.last() - gate.start()) / 1000.0,
                processorSeconds);
    }
}
