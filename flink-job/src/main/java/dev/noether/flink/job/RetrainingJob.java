package dev.noether.flink.job;

import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.check.RefusalReason;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.Ingest;
import dev.noether.flink.ingest.IngestSource;
import dev.noether.flink.ingest.StartingPoint;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelStore;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.renewal.ModelTrainer;
import dev.noether.flink.renewal.TrainingOnDemand;
import dev.noether.flink.retrain.ChampionReference;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.NoObservationsException;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.retrain.TopicTail;
import dev.noether.flink.retrain.TrainingOperator;
import dev.noether.flink.retrain.UnreportedFeaturesException;
import dev.noether.flink.wire.IngestResult;
import dev.noether.model.training.TrainingRefusedException;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.SerializedThrowable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded job: reads a time range of the observations topic, trains a model on a sample of it, and stores the
 * artifact. The package {@code renewal} announces it.
 */
public final class RetrainingJob {
    private static final Logger LOG = LoggerFactory.getLogger(RetrainingJob.class);
    private static final String FROM = "--from";
    private static final String TO = "--to";

    private RetrainingJob() {}

    /**
     * Trains and announces one model: {@code --config FILE [--bootstrap SERVERS] [--from INSTANT] [--to INSTANT]},
     * instants such as {@code 2026-01-31T00:00:00Z}. If a retrainer leads the detector, it trains instead of this process.
     */
    public static void main(String[] arguments) throws Exception {
        JobArguments values = JobArguments.parse(arguments, FROM, TO);
        DetectorConfig config = values.config();
        AccessCheck.require(config, AccessRole.RETRAINER);
        TopicCheck.forRetraining(config);
        HistoryRange range = new HistoryRange(values.instant(FROM, Long.MIN_VALUE), values.instant(TO, Long.MAX_VALUE));
        ModelTrainer trainer = (asked, known) ->
                train(StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.bounded()), config, asked, known);
        new TrainingOnDemand(config, trainer, LOG::info).run(range);
    }

    /**
     * Runs the job, which stores the artifact of a model, and waits for its end. Announces nothing.
     *
     * @param environment environment to run in
     * @param config configuration of the detector
     * @param range event times to train on; an open end means the newest observation, an open start means
     *     {@code retraining.history} before the end
     * @param known present content of the models topic; the new model has the version after the newest one
     * @throws TrainingRefusedException if no model can be made of the rows in the range
     * @throws RetrainingException if training failed for another reason
     */
    public static Candidate train(
            StreamExecutionEnvironment environment, DetectorConfig config, HistoryRange range, ModelsTopicContent known)
            throws RetrainingException {
        TopicTail tail = TopicTail.read(config);
        OptionalLong newest = tail.newest();
        if (newest.isEmpty()) {
            throw new NoObservationsException(RefusalReason.noObservations(config));
        }
        if (tail.isMostlyImpossible()) {
            throw new NoObservationsException("topic " + config.topics().observations() + " is not trained on: "
                    + tail.impossibleTimes() + " of its newest records have impossible event times, and only "
                    + tail.observations() + " possible ones; the first: " + tail.problem());
        }
        if (range.from() > newest.getAsLong()) {
            throw new NoObservationsException(
                    "the newest observation has event time " + Instant.ofEpochMilli(newest.getAsLong())
                            + ", but the range begins at " + Instant.ofEpochMilli(range.from()));
        }
        long version = nextVersion(config, known.releases());
        HistoryRange closed = range.closed(
                newest.getAsLong(), config.retraining().rows().history().toMillis());
        define(
                environment,
                config,
                IngestSource.bounded(config, start(config, closed, tail)),
                new TrainingOperator(
                        config, closed, version, isFirst(known.releases()), ChampionReference.of(known.releases())));
        try {
            return result(environment.execute("noether retraining " + config.detector()));
        } catch (Exception e) {
            throw failure(config, e);
        }
    }

    /** Whether no model has scored. Refused models never do. */
    private static boolean isFirst(List<ModelRelease> known) {
        return known.stream().allMatch(release -> release.stage() == ReleaseStage.REFUSED);
    }

    /** The operator hands the candidate out through an accumulator: a job that fails hands out none. */
    private static Candidate result(JobExecutionResult job) throws MalformedRecordException {
        List<byte[]> bytes = job.getAccumulatorResult(TrainingOperator.CANDIDATE);
        return Candidate.fromBytes(bytes);
    }

    private static long nextVersion(DetectorConfig config, List<ModelRelease> known) throws RetrainingException {
        long version = 1 + newestVersion(config, known);
        if (version > ReleaseTopic.LARGEST_VERSION) {
            throw new RetrainingException("the topic " + config.topics().models() + " has a model of version "
                    + (version - 1) + ", the largest possible, so a new one can have none; delete this announcement,"
                    + " by a record with its key and no value, or use another topic of models");
        }
        return version;
    }

    /**
     * The job reads from the first record whose Kafka timestamp is in the range, less {@code entities.maxAhead}: an
     * event time is not further ahead of its timestamp than that. Without such timestamps it reads the whole topic.
     */
    private static StartingPoint start(DetectorConfig config, HistoryRange range, TopicTail tail) {
        long from =
                Math.max(0, range.from() - config.entities().times().maxAhead().toMillis());
        return tail.newestKafkaTime() < from
                        || config.entities().times().earliest().toEpochMilli() > from
                ? new StartingPoint.Earliest()
                : new StartingPoint.Since(from);
    }

    /** Adds the job to an environment, with any source. */
    static void define(
            StreamExecutionEnvironment environment,
            DetectorConfig config,
            Source<IngestResult, ?, ?> observations,
            TrainingOperator training) {
        Ingest.define(environment, observations, config)
                .rows()
                .global()
                .transform("train", Types.VOID, training)
                .setParallelism(1)
                .uid("train");
    }

    /**
     * A models topic that was created again is empty, while a scoring job still has the models of before: a new model
     * must not replace an earlier one of the same version. So the files in the store count then.
     */
    private static long newestVersion(DetectorConfig config, List<ModelRelease> releases) throws RetrainingException {
        if (!releases.isEmpty()) {
            return releases.stream().mapToLong(ModelRelease::version).max().orElse(0);
        }
        try {
            return new ModelStore(config.model().store()).newestVersion(config.detector());
        } catch (IOException e) {
            throw new RetrainingException("the model store " + config.model().store() + " cannot be read: " + e, e);
        }
    }

    /** Finds the reason below the exceptions that Flink wraps around it. */
    private static RetrainingException failure(DetectorConfig config, Exception thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            throwIfRefused(config, cause);
            cause = cause.getCause();
        }
        throwIfRefused(config, cause);
        return new RetrainingException("training failed: " + cause.getMessage(), thrown);
    }

    /** Flink serializes an exception of a task if its own class loader does not have the class. */
    private static void throwIfRefused(DetectorConfig config, Throwable cause) {
        Throwable original = cause instanceof SerializedThrowable serialized
                ? serialized.deserializeError(RetrainingJob.class.getClassLoader())
                : cause;
        if (original instanceof UnreportedFeaturesException unreported) {
            throw new UnreportedFeaturesException(
                    RefusalReason.unreported(config, unreported.features()), unreported.features());
        }
        if (original instanceof TrainingRefusedException refused) {
            throw refused;
        }
    }
}
