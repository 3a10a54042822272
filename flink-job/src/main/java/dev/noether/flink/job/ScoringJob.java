package dev.noether.flink.job;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.KafkaSinks;
import dev.noether.flink.incident.IncidentGroupOperator;
import dev.noether.flink.incident.IncidentOperator;
import dev.noether.flink.incident.IncidentSettings;
import dev.noether.flink.ingest.Ingest;
import dev.noether.flink.ingest.IngestSource;
import dev.noether.flink.ingest.StartingPoint;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.release.KnownReleases;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.scoring.EntityMemory;
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
import java.time.Duration;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streaming job that never stops: observations in, one score for each out, incidents where scores are anomalous or
 * missing, rejected records aside, models swapped while it runs.
 *
 * <pre> observations ─► decode ─┬─► by entity ─► window and score ─► follow the entity ─► scores └─► rejected
 * ▲                     └─► groups ─► incidents models ─────────────────────── broadcast ─────┘ </pre>
 */
public final class ScoringJob {
    /** Releases are rare: their stream must not keep the scores from being idle when the rows are. */
    private static final Duration RELEASES_IDLE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ScoringJob.class);

    private ScoringJob() {}

    /**
     * Runs the job: {@code --config FILE [--bootstrap SERVERS]}. On a Flink cluster Flink's own configuration decides
     * where it runs.
     */
    public static void main(String[] arguments) throws Exception {
        DetectorConfig config = JobArguments.parse(arguments).config();
        TopicCheck.forScoring(config);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.of(config));
        define(environment, config);
        environment.execute(name(config));
    }

    /** What the job is called in Flink. */
    public static String name(DetectorConfig config) {
        return "noether scoring " + config.detector();
    }

    /** Adds the job to an environment, from Kafka to Kafka. It starts with the oldest observation that Kafka has. */
    public static void define(StreamExecutionEnvironment environment, DetectorConfig config) {
        ReleaseTopic releases = new ReleaseTopic(config);
        KafkaSinks sinks = new KafkaSinks(config);
        define(
                environment,
                config,
                IngestSource.streaming(config, new StartingPoint.Earliest()),
                releases.source(),
                releases,
                sinks.scores(),
                sinks.incidents(),
                sinks.rejected());
    }

    /**
     * Adds the job to an environment, between any ends: the tests' own sources and sinks run the same operators.
     *
     * @param environment the environment
     * @param config of the detector
     * @param observations where they come from
     * @param releases where models are announced
     * @param known the releases to start with
     * @param scores where they go
     * @param incidents where they go
     * @param rejected where records go that could not be understood
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
        ScoringOptions options = ScoringOptions.of(config);
        LOG.info(
                "Detector {} remembers, in {} subtasks, {}.",
                config.detector(),
                config.parallelism(),
                EntityMemory.of(options).message(options.maxEntities()));
        define(
                environment,
                config,
                observations,
                releases,
                new WindowScoringOperator(options, known),
                scores,
                incidents,
                rejected);
    }

    /**
     * Adds the job to an environment with another operator in the scorer's place: what is around the scorer can so be
     * measured without it.
     *
     * @param environment the environment
     * @param config of the detector
     * @param observations where they come from
     * @param releases where models are announced
     * @param scorer makes a score of each row; its first input is the rows, keyed by entity, its second the releases,
     *     broadcast
     * @param scores where they go
     * @param incidents where they go
     * @param rejected where records go that could not be understood
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
        Ingest ingest = Ingest.define(environment, observations, config);
        DataStream<ModelRelease> announced = environment
                .fromSource(
                        releases,
                        WatermarkStrategy.<ModelRelease>noWatermarks().withIdleness(RELEASES_IDLE),
                        "models",
                        WireTypes.MODEL_RELEASE)
                .uid("models")
                .setParallelism(1);
        // Before all else: what follows the scorer joins its slot.
        SingleOutputStreamOperator<Score> scored = ScoringResources.fromEnvironment(System.getenv())
                .request(environment, score(environment, config, ingest.rows(), announced, scorer));
        SingleOutputStreamOperator<Score> followed = incidents(config, scored, incidents);
        followed.sinkTo(scores).name("scores").uid("scores").setParallelism(config.parallelism());
        ingest.rejected().sinkTo(rejected).name("rejected").uid("rejected").setParallelism(config.parallelism());
    }

    /** Adds the incident operators; returns the scores as they leave them. */
    private static SingleOutputStreamOperator<Score> incidents(
            DetectorConfig config, DataStream<Score> scores, Sink<Incident> sink) {
        IncidentSettings settings = IncidentSettings.of(config);
        // The scorer gives the scores of an entity where its rows came: they need not cross the network again.
        SingleOutputStreamOperator<Score> followed = DataStreamUtils.reinterpretAsKeyedStream(
                        scores, Score::entity, Types.STRING)
                .transform("incidents", WireTypes.SCORE, new IncidentOperator(settings))
                .uid("incidents")
                .setParallelism(config.parallelism());
        followed.getSideOutput(IncidentOperator.SIGNALS)
                .transform("groups", WireTypes.INCIDENT, new IncidentGroupOperator(settings))
                .uid("groups")
                .setParallelism(1)
                .setMaxParallelism(1)
                .sinkTo(sink)
                .name("incident records")
                .uid("incident-records")
                .setParallelism(1);
        return followed;
    }

    /** Adds the scoring operator: a keyed input and a broadcast one, which Flink has no ready-made call for. */
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

    /** A stream of a hand-made transformation. */
    private static final class ScoreStream extends SingleOutputStreamOperator<Score> {
        ScoreStream(
                StreamExecutionEnvironment environment,
                TwoInputTransformation<ObservationRow, ModelRelease, Score> transformation) {
            super(environment, transformation);
        }
    }
}
