package dev.noether.flink.job;

import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.feedback.FeedbackOperatorFactory;
import dev.noether.flink.feedback.FeedbackTopic;
import dev.noether.flink.feedback.KnownFeedback;
import dev.noether.flink.incident.IncidentGroupOperator;
import dev.noether.flink.incident.IncidentOperator;
import dev.noether.flink.incident.IncidentSettings;
import dev.noether.flink.incident.IncidentSignal;
import dev.noether.flink.ingest.Ingest;
import dev.noether.flink.ingest.IngestSource;
import dev.noether.flink.ingest.OldestOffsets;
import dev.noether.flink.kafka.KafkaOldestOffsets;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TransactionLimit;
import dev.noether.flink.owner.OwnedOperatorFactory;
import dev.noether.flink.owner.OwnerCheck;
import dev.noether.flink.owner.OwnerGate;
import dev.noether.flink.owner.OwnerRole;
import dev.noether.flink.recovery.DamagedCheckpointException;
import dev.noether.flink.recovery.LostTransactionReport;
import dev.noether.flink.recovery.RecoveryPlan;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.scoring.EntityHeapEstimate;
import dev.noether.flink.scoring.ScoringOptions;
import dev.noether.flink.scoring.ScoringResources;
import dev.noether.flink.scoring.WindowScoringOperator;
import dev.noether.flink.wire.IngestResult;
import dev.noether.flink.wire.ObservationRow;
import dev.noether.flink.wire.WireTypes;
import dev.noether.schemas.Incident;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.Rejected;
import dev.noether.schemas.Score;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.transformations.TwoInputTransformation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streaming job: reads observations, writes one score for each, opens incidents if scores are anomalous or
 * missing, writes rejected records to their own topic, and swaps models while it runs.
 *
 * <pre>
 * observations ─► decode ─┬─► by entity ─► window and score ─► follow the entity ─► scores
 *                         └─► rejected          ▲                     └─► groups ─► incidents
 * models ─────────────────────── broadcast ─────┘
 * </pre>
 */
public final class ScoringJob {
    /** Releases are rare: their stream becomes idle soon, so that event time does not wait for it. */
    private static final Duration RELEASES_IDLE = Duration.ofSeconds(1);

    private static final String RECOVER = "--recover";
    private static final String EMPTY_STATE = "empty";

    private static final Logger LOG = LoggerFactory.getLogger(ScoringJob.class);

    private ScoringJob() {}

    /**
     * Runs the job: {@code --config FILE [--bootstrap SERVERS] [--recover CHECKPOINT]}. On a Flink cluster Flink's own
     * configuration decides where it runs. With {@code --recover}, results that the output topics contain already are
     * not written again; CHECKPOINT is the folder that Flink starts the job from, or {@code empty}.
     */
    public static void main(String[] arguments) throws Exception {
        JobArguments parsed = JobArguments.parse(arguments, RECOVER);
        DetectorConfig config = parsed.config();
        AccessCheck.require(config, AccessRole.SCORE);
        TopicCheck.forScoring(config);
        OwnerCheck.require(config, LOG::warn);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.of(config));
        JobSettings.claimCheckpoint(environment);
        define(environment, TransactionLimit.fit(config), plan(config, parsed.text(RECOVER)));
        environment.execute(name(config));
    }

    private static RecoveryPlan plan(DetectorConfig config, @Nullable String checkpoint)
            throws DamagedCheckpointException {
        if (checkpoint == null) {
            return RecoveryPlan.NONE;
        }
        return ScoringStart.plan(
                config, checkpoint.equals(EMPTY_STATE) ? Optional.empty() : Optional.of(Path.of(checkpoint)));
    }

    /** Returns the name of the job in Flink. */
    public static String name(DetectorConfig config) {
        return "noether scoring " + config.detector();
    }

    /** Adds the job to an environment, from Kafka to Kafka. It starts with the oldest observation in Kafka. */
    public static void define(StreamExecutionEnvironment environment, DetectorConfig config) {
        define(environment, config, RecoveryPlan.NONE);
    }

    /**
     * Adds the job to an environment, from Kafka to Kafka.
     *
     * @param environment environment that the job is added to
     * @param config configuration of the detector
     * @param plan what the output topics contain already
     */
    public static void define(StreamExecutionEnvironment environment, DetectorConfig config, RecoveryPlan plan) {
        ReleaseTopic releases = new ReleaseTopic(config);
        String token = UUID.randomUUID().toString();
        KafkaSinks sinks = new KafkaSinks(
                config,
                new OwnerGate(config, OwnerRole.SCORER, token),
                new LostTransactionReport(config, plan.abandonedCheckpoint()));
        define(
                environment,
                config,
                plan,
                IngestSource.streaming(config, plan.start(config)),
                releases.source(),
                scorer(config, releases),
                token,
                sinks.scores(),
                sinks.incidents(),
                sinks.rejected());
    }

    /**
     * Adds the job to an environment, with any sources and sinks. Tests and backtests run the same operators as live
     * jobs.
     *
     * @param environment environment that the job is added to
     * @param config configuration of the detector
     * @param observations source of the observations
     * @param releases source of announced models
     * @param known releases that exist before the first row
     * @param scores sink of the scores
     * @param incidents sink of the incidents
     * @param rejected sink of the rejected records
     */
    public static void define(
            StreamExecutionEnvironment environment,
            DetectorConfig config,
            Source<IngestResult, ?, ?> observations,
            Source<ModelRelease, ?, ?> releases,
            KnownReleases known,
            Sink<Score> scores,
            Sink<Incident> incidents,
            Sink<Rejected> rejected) {
        define(environment, config, observations, releases, scorer(config, known), scores, incidents, rejected);
    }

    private static WindowScoringOperator scorer(DetectorConfig config, KnownReleases known) {
        ScoringOptions options = ScoringOptions.of(config);
        LOG.info(
                "Detector {} keeps, in {} subtasks, {}.",
                config.detector(),
                config.parallelism(),
                EntityHeapEstimate.of(options).message(options.maxEntities()));
        return new WindowScoringOperator(options, known);
    }

    /**
     * Adds the job to an environment, with another operator in place of the scorer. A benchmark measures the rest of
     * the job with it.
     *
     * @param environment environment that the job is added to
     * @param config configuration of the detector
     * @param observations source of the observations
     * @param releases source of announced models
     * @param scorer operator that scores each row; its first input is the rows, keyed by entity, its second the
     *     broadcast releases
     * @param scores sink of the scores
     * @param incidents sink of the incidents
     * @param rejected sink of the rejected records
     */
    public static void define(
            StreamExecutionEnvironment environment,
            DetectorConfig config,
            Source<IngestResult, ?, ?> observations,
            Source<ModelRelease, ?, ?> releases,
            TwoInputStreamOperator<ObservationRow, ModelRelease, Score> scorer,
            Sink<Score> scores,
            Sink<Incident> incidents,
            Sink<Rejected> rejected) {
        define(
                environment,
                config,
                RecoveryPlan.NONE,
                observations,
                releases,
                scorer,
                null,
                scores,
                incidents,
                rejected);
    }

    /** Adds the job; with a token, its coordinator owns the detector. */
    private static void define(
            StreamExecutionEnvironment environment,
            DetectorConfig config,
            RecoveryPlan plan,
            Source<IngestResult, ?, ?> observations,
            Source<ModelRelease, ?, ?> releases,
            TwoInputStreamOperator<ObservationRow, ModelRelease, Score> scorer,
            @Nullable String token,
            Sink<Score> scores,
            Sink<Incident> incidents,
            Sink<Rejected> rejected) {
        Ingest ingest = Ingest.define(
                environment,
                observations,
                config,
                token == null ? OldestOffsets.NONE_REMOVED : new KafkaOldestOffsets(config));
        DataStream<ModelRelease> announced = environment
                .fromSource(
                        releases,
                        WatermarkStrategy.<ModelRelease>noWatermarks().withIdleness(RELEASES_IDLE),
                        "models",
                        WireTypes.MODEL_RELEASE)
                .uid("models")
                .setParallelism(1);
        // First, because the operators after the scorer share its slot.
        SingleOutputStreamOperator<Score> scored = ScoringResources.fromEnvironment(System.getenv())
                .request(environment, score(environment, config, ingest.rows(), announced, scorer));
        incidents(config, plan, scored, token, incidents)
                .transform("repeated scores", WireTypes.SCORE, plan.scoreFilter())
                .uid("repeated-scores")
                .setParallelism(config.parallelism())
                .sinkTo(scores)
                .name("scores")
                .uid("scores")
                .setParallelism(config.parallelism());
        ingest.rejected()
                .transform("repeated rejected", WireTypes.REJECTED, plan.rejectedFilter())
                .uid("repeated-rejected")
                .setParallelism(config.parallelism())
                .sinkTo(rejected)
                .name("rejected")
                .uid("rejected")
                .setParallelism(config.parallelism());
    }

    /** Adds the incident operators; returns the scores that they pass on. */
    private static SingleOutputStreamOperator<Score> incidents(
            DetectorConfig config,
            RecoveryPlan plan,
            DataStream<Score> scores,
            @Nullable String token,
            Sink<Incident> sink) {
        IncidentSettings settings = IncidentSettings.of(config);
        // The scorer emits the scores of an entity in the subtask of its rows, so they need not be sent again.
        KeyedStream<Score, String> keyed =
                DataStreamUtils.reinterpretAsKeyedStream(scores, Score::entity, Types.STRING);
        SingleOutputStreamOperator<Score> transformed = token == null
                ? keyed.transform("incidents", WireTypes.SCORE, new IncidentOperator(settings, KnownFeedback.NONE))
                : keyed.transform(
                        "incidents",
                        WireTypes.SCORE,
                        FeedbackOperatorFactory.of(new IncidentOperator(settings, new FeedbackTopic(config)), config));
        SingleOutputStreamOperator<Score> followed =
                transformed.uid("incidents").setParallelism(config.parallelism());
        DataStream<IncidentSignal> signals = followed.getSideOutput(IncidentOperator.SIGNALS);
        IncidentGroupOperator grouper = new IncidentGroupOperator(settings);
        SingleOutputStreamOperator<Incident> grouped = token == null
                ? signals.transform("groups", WireTypes.INCIDENT, grouper)
                : signals.transform(
                        "groups",
                        WireTypes.INCIDENT,
                        new OwnedOperatorFactory<>(grouper, config, OwnerRole.SCORER, token));
        // No maximum of 1: with parallelism 1 these are chained to the scorer, and a state of its maximum parallelism
        // could not
        // be restored with another parallelism.
        grouped.uid("groups")
                .setParallelism(1)
                .transform("repeated incidents", WireTypes.INCIDENT, plan.incidentFilter(config))
                .uid("repeated-incidents")
                .setParallelism(1)
                .sinkTo(sink)
                .name("incident records")
                .uid("incident-records")
                .setParallelism(1);
        return followed;
    }

    /** Adds the scoring operator with a keyed and a broadcast input. Flink's API has no method for this combination. */
    static SingleOutputStreamOperator<Score> score(
            StreamExecutionEnvironment environment,
            DetectorConfig config,
            DataStream<ObservationRow> rows,
            DataStream<ModelRelease> releases,
            TwoInputStreamOperator<ObservationRow, ModelRelease, Score> scorer) {
        KeyedStream<ObservationRow, String> keyed = rows.keyBy(ObservationRow::entity, Types.STRING);
        TwoInputTransformation<ObservationRow, ModelRelease, Score> transformation = new TwoInputTransformation<>(
                keyed.getTransformation(),
                releases.broadcast().getTransformation(),
                "score",
                scorer,
                WireTypes.SCORE,
                config.parallelism());
        transformation.setStateKeySelectors(keyed.getKeySelector(), null);
        transformation.setStateKeyType(keyed.getKeyType());
        transformation.setUid("score");
        environment.addOperator(transformation);
        return new ScoreStream(environment, transformation);
    }

    /** The stream of a transformation that was not created by Flink's API. */
    private static final class ScoreStream extends SingleOutputStreamOperator<Score> {
        ScoreStream(
                StreamExecutionEnvironment environment,
                TwoInputTransformation<ObservationRow, ModelRelease, Score> transformation) {
            super(environment, transformation);
        }
    }
}
