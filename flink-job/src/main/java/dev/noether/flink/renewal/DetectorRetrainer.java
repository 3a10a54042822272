package dev.noether.flink.renewal;

import dev.noether.flink.access.AccessCheck;
import dev.noether.flink.access.AccessRole;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.AccessProblem;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicException;
import dev.noether.flink.owner.Leadership;
import dev.noether.flink.owner.OwnerException;
import dev.noether.flink.owner.OwnerIdentity;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ReleaseStage;
import dev.noether.schemas.TrainingRun;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The retrainer of one detector, on one thread: waits until it leads, then trains whenever a training is due. A failure
 * of Kafka does not end it.
 */
final class DetectorRetrainer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorRetrainer.class);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration FOLLOWERS_LOOK = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final DetectorConfig config;
    private final ModelTrainer trainer;
    private final RetrainerSettings settings;
    private final RenewalSchedule schedule;
    private final Semaphore slot;
    private final RetrainerListener listener;
    private final OwnerIdentity identity =
            OwnerIdentity.ofThisProcess("none", UUID.randomUUID().toString().substring(0, 8));
    private final TrainingThread training = new TrainingThread();
    private volatile boolean isClosed;
    private @Nullable DueTraining logged;
    private @Nullable String lastProblem;

    /**
     * Creates a retrainer.
     *
     * @param slot has one permit for each training that may run in this process at a time
     */
    DetectorRetrainer(DetectorConfig config, RetrainerSettings settings, RenewalSchedule schedule, Semaphore slot) {
        this.config = config;
        this.trainer = settings.trainers().apply(config);
        this.settings = settings;
        this.schedule = schedule;
        this.slot = slot;
        this.listener = settings.listener();
    }

    /** Ends the retrainer; the caller then interrupts its thread. */
    void close() {
        isClosed = true;
    }

    @Override
    public void run() {
        try {
            while (!isClosed) {
                tryToServe();
                // The loss of the leadership interrupts a training. That has done its work.
                Thread.interrupted();
                if (!isClosed) {
                    Thread.sleep(RETRY.toMillis());
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("The retrainer of detector {} ends.", config.detector());
        } finally {
            trainer.close();
        }
    }

    /** Returns after a failure that may pass. */
    private void tryToServe() {
        try {
            AccessCheck.require(config, AccessRole.RETRAINER);
            TopicCheck.forRetraining(config);
            lastProblem = null;
            try (Leadership leadership = Leadership.join(config, identity, training::interrupt)) {
                follow(leadership);
            }
        } catch (InterruptedException e) {
            if (!isClosed) {
                LOG.warn("A training of detector {} was stopped: another retrainer may lead now.", config.detector());
            }
        } catch (TopicException | OwnerException | KafkaException | AnnouncementException e) {
            if (!isClosed) {
                tell(AccessProblem.of(e).orElseGet(() -> String.valueOf(e.getMessage())));
            }
        } catch (RuntimeException | LinkageError defect) {
            LOG.error("The retrainer of detector {} failed and starts again.", config.detector(), defect);
            listener.failed(config, defect.toString());
        }
    }

    private void tell(String problem) {
        if (!problem.equals(lastProblem)) {
            LOG.warn("Detector {} cannot be trained now; next try in {}: {}", config.detector(), RETRY, problem);
        }
        lastProblem = problem;
        listener.failed(config, problem);
    }

    private void follow(Leadership leadership) throws InterruptedException, AnnouncementException {
        long nextLook = System.nanoTime();
        while (true) {
            if (leadership.isLeader()) {
                lead(leadership);
            } else if (System.nanoTime() - nextLook >= 0) {
                known(new ReleaseTopic(config).content());
                nextLook = System.nanoTime() + FOLLOWERS_LOOK.toNanos();
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private void lead(Leadership leadership) throws InterruptedException, AnnouncementException {
        LOG.info("This retrainer leads detector {}: {}.", config.detector(), identity.describe());
        listener.leads(config, true);
        logged = null;
        try (LeaderTopic topic = LeaderTopic.open(config, leadership::isLeader)) {
            DutyRound round = DutyRound.start(config, settings.duties().apply(config), topic);
            try {
                train(leadership, topic);
            } finally {
                round.close();
            }
        } finally {
            listener.leads(config, false);
        }
        LOG.warn("This retrainer leads detector {} no more. It waits for the leadership.", config.detector());
    }

    private void train(Leadership leadership, LeaderTopic topic) throws InterruptedException, AnnouncementException {
        TrainingProcedure procedure = new TrainingProcedure(config, trainer, topic, runner(identity));
        long since = System.currentTimeMillis();
        while (leadership.isLeader()) {
            if (!trainIfDue(topic, procedure, since)) {
                Thread.sleep(LOOK.toMillis());
            }
        }
    }

    /** The text that names a retrainer in its trainings. */
    static String runner(OwnerIdentity identity) {
        return identity.describe() + ", " + identity.token();
    }

    private boolean trainIfDue(LeaderTopic topic, TrainingProcedure procedure, long since)
            throws InterruptedException, AnnouncementException {
        ModelsTopicContent content = topic.read();
        known(content);
        procedure.repair(content);
        long now = System.currentTimeMillis();
        DueTraining due = schedule.next(content, since, now);
        log(due, now);
        if (due.at() > now || !slot.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        try {
            // While this one waited for the slot, a request may have come.
            train(procedure, schedule.next(topic.read(), since, System.currentTimeMillis()));
            StoreCleaning.run(config, topic.read().releases());
            return true;
        } finally {
            slot.release();
        }
    }

    private void train(TrainingProcedure procedure, DueTraining due)
            throws InterruptedException, AnnouncementException {
        LOG.info("Training detector {}, cause {}.", config.detector(), due.cause());
        listener.started(config);
        training.begin();
        try {
            FinishedTraining finished = procedure.run(due);
            report(finished);
        } finally {
            training.end();
        }
    }

    private void report(FinishedTraining finished) {
        TrainingRun run = finished.run();
        Candidate candidate = finished.candidate();
        ModelRelease release = candidate == null ? null : candidate.release();
        double seconds = (run.endedAt() - run.startedAt()) / 1e3;
        switch (run.outcome()) {
            case PROMOTED ->
                LOG.info(
                        "Model {} of detector {} is announced, after {} s{}.",
                        run.version(),
                        config.detector(),
                        seconds,
                        release != null && release.stage() == ReleaseStage.CHALLENGER
                                ? "; it scores in shadow first"
                                : "");
            case REFUSED ->
                LOG.warn(
                        "Model {} of detector {} is refused: {} The models in force stay.",
                        run.version(),
                        config.detector(),
                        run.message());
            default -> {
                LOG.warn(
                        "No new model of detector {}: {}. The models in force stay.", config.detector(), run.message());
                LOG.debug("The training failed.", finished.failure());
            }
        }
        listener.ended(config, run, release);
    }

    private void known(ModelsTopicContent content) {
        TrainingRun newest = content.training();
        if (newest != null) {
            listener.known(config, newest);
        }
        listener.shadows(config, content.shadows());
    }

    private void log(DueTraining due, long now) {
        if (!due.equals(logged) && due.at() > now) {
            LOG.info("Next training of detector {} at {}.", config.detector(), Instant.ofEpochMilli(due.at()));
        }
        logged = due;
    }
}
