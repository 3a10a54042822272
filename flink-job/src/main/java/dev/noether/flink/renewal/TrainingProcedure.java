package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.model.training.TrainingRefusedException;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.PromotionDecision;
import dev.noether.schemas.Score;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRun;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A training by the leader: the announcement that it runs, the training, and one transaction with the model, the decision
 * on it and the end of the training. Not thread safe.
 */
final class TrainingProcedure {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingProcedure.class);
    private static final int LARGEST_MESSAGE = 2_000;

    private final DetectorConfig config;
    private final ModelTrainer trainer;
    private final LeaderTopic topic;
    private final String runner;
    private @Nullable TrainingRun started;
    private @Nullable FinishedTraining finished;

    /**
     * Creates a procedure.
     *
     * @param runner this process; another retrainer has another text
     */
    TrainingProcedure(DetectorConfig config, ModelTrainer trainer, LeaderTopic topic, String runner) {
        this.config = config;
        this.trainer = trainer;
        this.topic = topic;
        this.runner = runner;
    }

    /**
     * Trains a model and announces it, or announces why there is none.
     *
     * @throws InterruptedException if the thread was interrupted; the training then counts as running, so that it is
     *     repeated
     * @throws AnnouncementException if the topic cannot be written, as when this process leads no more
     */
    FinishedTraining run(DueTraining due) throws AnnouncementException, InterruptedException {
        TrainingRun run = new TrainingRun(
                config.detector(),
                due.cause(),
                TrainingOutcome.RUNNING,
                due.startAt(System.currentTimeMillis()),
                TrainingRun.NOT_ENDED,
                Score.NO_MODEL,
                runner,
                null);
        topic.write(known -> List.of(run));
        started = run;
        Candidate trained;
        try {
            trained = trainer.train(due.range(), topic.read());
        } catch (TrainingRefusedException refused) {
            return end(run, TrainingOutcome.NO_MODEL, refused);
        } catch (RetrainingException | RuntimeException failed) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the training was stopped");
            }
            return end(run, TrainingOutcome.FAILED, failed);
        }
        return announce(run, trained);
    }

    /** Announces the end of a training that a person has stopped: it is not repeated. */
    void stopped() throws AnnouncementException {
        TrainingRun run = started;
        if (run != null) {
            end(run, TrainingOutcome.FAILED, new RetrainingException("The training was stopped."));
        }
    }

    private FinishedTraining end(TrainingRun started, TrainingOutcome outcome, Exception failure)
            throws AnnouncementException {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String bounded = message.substring(0, Math.min(LARGEST_MESSAGE, message.length()));
        TrainingRun ended = ended(started, outcome, Score.NO_MODEL, bounded);
        topic.write(known -> isNewest(started, known) ? List.of(ended) : List.of());
        return new FinishedTraining(ended, null, failure);
    }

    private FinishedTraining announce(TrainingRun run, Candidate trained) throws AnnouncementException {
        FinishedTraining[] written = {finished(run, trained)};
        boolean[] isSuperseded = {false};
        topic.write(known -> {
            if (!isNewest(run, known)) {
                isSuperseded[0] = true;
                return List.of();
            }
            if (isAnnounced(written[0], known)) {
                return List.of();
            }
            written[0] = finished(run, withFreeVersion(trained, known));
            return written[0].records();
        });
        if (isSuperseded[0]) {
            throw new AnnouncementException(
                    "the model is not announced, because another retrainer has trained detector " + config.detector()
                            + " since",
                    null);
        }
        finished = written[0];
        return written[0];
    }

    private static FinishedTraining finished(TrainingRun run, Candidate candidate) {
        boolean isPromoted = !(candidate.decision() instanceof PromotionDecision.Refused);
        return new FinishedTraining(
                ended(
                        run,
                        isPromoted ? TrainingOutcome.PROMOTED : TrainingOutcome.REFUSED,
                        candidate.release().version(),
                        isPromoted ? null : candidate.decision().facts().reason()),
                candidate,
                null);
    }

    /** Whether an attempt to write has succeeded although Kafka's answer was lost. */
    private static boolean isAnnounced(FinishedTraining training, ModelsTopicContent known) {
        Candidate candidate = training.candidate();
        TrainingRun run = known.training();
        return candidate != null
                && has(known, candidate)
                && run != null
                && run.startedAt() == training.run().startedAt()
                && run.outcome() == training.run().outcome();
    }

    /**
     * Announces the newest model again, under another version, if a retrainer of an earlier version of Noether, which
     * writes without transactions, has announced another model under its version.
     *
     * @return the model under its new version; empty if there is no such clash
     */
    Optional<Candidate> repair(ModelsTopicContent content) throws AnnouncementException {
        FinishedTraining newest = finished;
        Candidate own = newest == null ? null : newest.candidate();
        if (newest == null || own == null || !isReplaced(own, content)) {
            return Optional.empty();
        }
        FinishedTraining[] written = {newest};
        topic.write(known -> {
            ModelRelease other = find(known, own.release().version());
            Candidate last = written[0].candidate();
            if (other == null || last == null || has(known, last)) {
                return List.of();
            }
            written[0] = finished(newest.run(), withFreeVersion(notBefore(own, other), known));
            return isNewest(newest.run(), known) ? written[0].records() : written[0].modelRecords();
        });
        finished = written[0];
        return Optional.ofNullable(written[0].candidate());
    }

    private static boolean isReplaced(Candidate own, ModelsTopicContent known) {
        return find(known, own.release().version()) != null && !has(known, own);
    }

    /** The other model may have scored since: the renumbered one takes effect after it. */
    private static Candidate notBefore(Candidate own, ModelRelease other) {
        ModelRelease release = own.release();
        long from = Math.max(release.effectiveFrom(), other.effectiveFrom());
        return new Candidate(
                release.inStage(release.stage(), from, release.effectiveTo(), System.currentTimeMillis()),
                own.decision());
    }

    /** Whether a training is the newest that the topic knows, whatever its outcome. */
    private boolean isNewest(TrainingRun started, ModelsTopicContent known) {
        TrainingRun run = known.training();
        return run != null
                && run.startedAt() == started.startedAt()
                && run.runner().equals(runner);
    }

    private Candidate withFreeVersion(Candidate candidate, ModelsTopicContent known) {
        if (!isReplaced(candidate, known)) {
            return candidate;
        }
        long free =
                known.releases().stream().mapToLong(ModelRelease::version).max().orElse(0) + 1;
        if (free > ReleaseTopic.LARGEST_VERSION) {
            return candidate;
        }
        LOG.warn(
                "Another process has announced another model {} of detector {}. The model of this training becomes {}."
                        + " Stop the other retrainer: it is an older version of Noether.",
                candidate.release().version(),
                config.detector(),
                free);
        return candidate.withVersion(free);
    }

    private static boolean has(ModelsTopicContent known, Candidate candidate) {
        ModelRelease release = find(known, candidate.release().version());
        return release != null && release.identity().equals(candidate.release().identity());
    }

    private static @Nullable ModelRelease find(ModelsTopicContent known, long version) {
        return known.releases().stream()
                .filter(release -> release.version() == version)
                .findFirst()
                .orElse(null);
    }

    private static TrainingRun ended(
            TrainingRun started, TrainingOutcome outcome, long version, @Nullable String message) {
        return new TrainingRun(
                started.detector(),
                started.cause(),
                outcome,
                started.startedAt(),
                Math.max(started.startedAt(), System.currentTimeMillis()),
                version,
                started.runner(),
                message);
    }
}
