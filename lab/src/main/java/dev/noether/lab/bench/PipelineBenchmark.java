package dev.noether.lab.bench;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.embedded.Topic;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.config.EntitySection;
import dev.noether.flink.config.GeneralSection;
import dev.noether.flink.config.MicroBatchSection;
import dev.noether.flink.config.ModelSection;
import dev.noether.flink.config.TopicSection;
import dev.noether.flink.config.WindowSection;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.ingest.IngestSource;
import dev.noether.flink.ingest.StartingPoint;
import dev.noether.flink.job.JobSettings;
import dev.noether.flink.job.ScoringJob;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.ModelPublication;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.scoring.ScoringOptions;
import dev.noether.flink.scoring.WindowScoringOperator;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.lab.bench.PipelineRound.Variant;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.Score;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;

/**
 * Compares the whole job, from Kafka to Kafka and exactly once, with the same job in which a {@link
 * PassThroughOperator} replaces the scoring operator. The broker runs in the same JVM.
 *
 * <p>The observations are written once, before the first round. Each round reads all of them with a bounded source.
 * After two warm-up rounds of each variant the variants alternate, so that other load on the machine affects both.
 *
 * <p>The time of a round begins when the operator is ready for its first row and its sink is open, and ends with the
 * last append of scores to Kafka's log. So it excludes the start of the job, the last checkpoint and the end of the
 * job. It does not begin with the first append, because the producer of the sink may buffer a third of a round before.
 * The committed scores are read back and counted.
 */
final class PipelineBenchmark {
    private static final String DETECTOR = "bench";
    private static final long SEED = 42;

    /** The JIT compiler still compiles during the second million records. */
    private static final int WARM_UP_ROUNDS = 2;

    private final PipelineOptions options;
    private final Path directory;
    private final Consumer<String> progress;

    /**
     * Makes a benchmark.
     *
     * @param options options of the benchmark
     * @param directory directory of the broker, the model and the checkpoints, empty at first
     * @param progress receives a message for each step
     */
    PipelineBenchmark(PipelineOptions options, Path directory, Consumer<String> progress) {
        this.options = options;
        this.directory = directory.toAbsolutePath();
        this.progress = progress;
    }

    /** Runs the benchmark. */
    PipelineReport run() throws Exception {
        MachineDescription machine = MachineDescription.here();
        List<PipelineComparison> comparisons = new ArrayList<>();
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("kafka"), 0)) {
            DetectorConfig config = config(options, directory, broker.bootstrapServers(), "");
            broker.createTopics(
                    Topic.plain(config.topics().observations(), options.parallelism()),
                    Topic.plain(config.topics().incidents(), 1),
                    Topic.plain(config.topics().rejected(), options.parallelism()));
            BenchmarkTopics topics = new BenchmarkTopics(broker.bootstrapServers(), options.parallelism());
            progress.accept("writing %,d observations of %d features and %,d entities"
                    .formatted(options.records(), options.features(), options.entities()));
            topics.fill(
                    config.topics().observations(),
                    options.period() == 0
                            ? new SyntheticObservations(config.features(), options.entities(), SEED)
                            : SyntheticObservations.repeating(
                                    config.features(), options.entities(), options.period(), SEED),
                    new SourceRecords(BenchmarkSource.NOETHER, config.features()),
                    options.records());
            for (int window : options.windows()) {
                DetectorConfig ofWindow =
                        config.with(WindowSection.ROWS, window).with(TopicSection.MODELS, "models-" + window);
                broker.createTopics(
                        Topic.compacted(ofWindow.topics().models(), 1),
                        Topic.compacted(shadowed(ofWindow).topics().models(), 1));
                comparisons.add(compare(topics, ofWindow));
            }
        }
        return new PipelineReport(options, machine, comparisons);
    }

    private PipelineComparison compare(BenchmarkTopics topics, DetectorConfig config) throws Exception {
        int window = config.window().rows();
        ModelArtifact model = options.period() == 0
                ? SyntheticModel.of(config.features(), window, options.hidden(), options.codeSize())
                : SyntheticShapeModel.of(config, options.period());
        ModelRelease champion = new ModelPublication(config).publish(model, 1, 0, 0);
        topics.announce(config.topics().models(), champion);
        topics.announce(shadowed(config).topics().models(), champion);
        topics.announce(
                shadowed(config).topics().models(),
                new ModelPublication(config)
                        .publish(model, 2, 0, 0)
                        .inStage(ReleaseStage.CHALLENGER, Long.MIN_VALUE, ModelRelease.NO_END - 1, 1));
        List<PipelineRound> rounds = new ArrayList<>();
        for (int round = 1 - WARM_UP_ROUNDS; round <= options.rounds(); round++) {
            for (Variant variant : Variant.values()) {
                if (variant == Variant.SHADOW && !options.shadow()) {
                    continue;
                }
                PipelineRound measured = round(topics, config, variant, round);
                progress.accept("window %d, round %-11s %-12s %,9.0f records/s, %5.2f s of processor time"
                        .formatted(
                                window,
                                round < 1 ? "warm-up" : round,
                                variant,
                                measured.recordsPerSecond(),
                                measured.processorSeconds()));
                if (round > 0) {
                    rounds.add(measured);
                }
            }
        }
        return PipelineComparison.of(window, network(model), rounds);
    }

    private PipelineRound round(BenchmarkTopics topics, DetectorConfig config, Variant variant, int round)
            throws Exception {
        String scores = "scores-" + config.window().rows() + "-" + variant + "-" + (round + WARM_UP_ROUNDS);
        topics.createScores(scores);
        DetectorConfig ofRound =
                (variant == Variant.SHADOW ? shadowed(config) : config).with(TopicSection.SCORES, scores);
        Configuration settings = JobSettings.of(ofRound);
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(options.parallelism(), settings);
        ReleaseTopic releases = new ReleaseTopic(ofRound);
        StartTimeReleases known = new StartTimeReleases(releases, directory.resolve(scores + ".start"));
        KafkaSinks sinks = new KafkaSinks(ofRound);
        ScoringJob.define(
                environment,
                ofRound,
                IngestSource.bounded(ofRound, new StartingPoint.Earliest()),
                releases.bounded(),
                operator(ofRound, known, variant),
                sinks.scores(),
                sinks.incidents(),
                sinks.rejected());
        double before = MachineDescription.processorSeconds();
        environment.execute(scores);
        double processorSeconds = MachineDescription.processorSeconds() - before;
        PipelineRound measured = topics.measure(variant, scores, options.records(), known.start(), processorSeconds);
        topics.delete(scores);
        return measured;
    }

    private static TwoInputStreamOperator<ObservationRow, ModelRelease, Score> operator(
            DetectorConfig config, KnownReleases known, Variant variant) {
        return switch (variant) {
            case SCORING, SHADOW -> new WindowScoringOperator(ScoringOptions.of(config), known);
            case PASS_THROUGH -> new PassThroughOperator(config.detector(), known);
        };
    }

    /** Returns the configuration with the models topic that also has a challenger. */
    private static DetectorConfig shadowed(DetectorConfig config) {
        return config.with(TopicSection.MODELS, config.topics().models() + "-shadow");
    }

    /** Returns the features of an observation. */
    static FeatureSchema features(PipelineOptions options) {
        return new FeatureSchema(IntStream.range(0, options.features())
                .mapToObj(index -> "feature_" + index)
                .toList());
    }

    /** Returns the configuration of the benchmark, with further sections of a detector file. */
    static DetectorConfig config(PipelineOptions options, Path directory, String bootstrapServers, String sections) {
        return DetectorConfig.parse(
                        "detector: " + DETECTOR + "\nfeatures: "
                                + features(options).names() + "\n" + sections,
                        DETECTOR)
                .withBootstrap(bootstrapServers)
                .withModelStore(directory.resolve("models").toUri())
                .withCheckpointDirectory(directory.resolve("checkpoints").toUri())
                .with(GeneralSection.PARALLELISM, options.parallelism())
                // The times are simulated: they may be ahead of this machine's clock.
                .with(EntitySection.MAX_AHEAD, Duration.ofDays(3650))
                .with(MicroBatchSection.SIZE, options.batchSize())
                .with(ModelSection.FORECAST_ROWS, 0);
    }

    private static String network(ModelArtifact model) {
        AutoencoderShape shape = model.network().shape();
        List<Integer> widths = new ArrayList<>(List.of(shape.inputWidth()));
        widths.addAll(shape.encoderWidths());
        widths.add(shape.codeSize());
        widths.addAll(shape.decoderWidths());
        widths.add(shape.inputWidth());
        return widths.stream().map(String::valueOf).collect(Collectors.joining("-"))
                + (model.shape() == null ? "" : ", shape");
    }
}
