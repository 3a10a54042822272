package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.owner.Leadership;
import dev.noether.flink.owner.OwnerIdentity;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.Announcer;
import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ModelsTopicFollower;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.model.training.TrainingRefusedException;
import dev.noether.schemas.TrainingOutcome;
import dev.noether.schemas.TrainingRequest;
import dev.noether.schemas.TrainingRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * One training now: in this process if no retrainer leads the detector; otherwise the leader is asked, and its training
 * is waited for. If the leader ends meanwhile, this process may become the leader and trains itself. Not thread safe.
 */
public final class TrainingOnDemand {
    private static final Duration POLL = Duration.ofMillis(200);

    private final DetectorConfig config;
    private final ModelTrainer trainer;
    private final Consumer<String> messages;
    private final OwnerIdentity identity =
            OwnerIdentity.ofThisProcess("none", UUID.randomUUID().toString().substring(0, 8));
    private final TrainingThread training = new TrainingThread();
    private long asked = Long.MIN_VALUE;
    private @Nullable String lastMessage;

    /**
     * Creates a training.
     *
     * @param messages receiver of lines for a person, such as who trains
     */
    public TrainingOnDemand(DetectorConfig config, ModelTrainer trainer, Consumer<String> messages) {
        this.config = config;
        this.trainer = trainer;
        this.messages = messages;
    }

    /**
     * Trains, or has the leader train.
     *
     * @param range event times to train on
     * @return the training, with a model that is promoted or refused
     * @throws TrainingRefusedException if this process found that no model can be made of the observations
     * @throws RetrainingException if there is no model for another reason; the thread is interrupted if it was
     *     interrupted
     */
    public TrainingReport run(HistoryRange range) throws RetrainingException {
        try (Leadership leadership = Leadership.join(config, identity, training::interrupt);
                ModelsTopicFollower follower = new ModelsTopicFollower(config)) {
            while (true) {
                ModelsTopicContent known = follower.read();
                Optional<TrainingReport> answer = answer(known);
                if (answer.isPresent()) {
                    return answer.get();
                }
                if (leadership.isLeader()) {
                    return train(leadership, range);
                }
                askLeader(leadership, range, known);
                Thread.sleep(POLL.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetrainingException("the training was stopped", e);
        } catch (AnnouncementException | KafkaException e) {
            throw new RetrainingException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The first training that starts after the request answers it. */
    private Optional<TrainingReport> answer(ModelsTopicContent known) throws RetrainingException {
        TrainingRun newest = known.training();
        if (asked == Long.MIN_VALUE || newest == null) {
            return Optional.empty();
        }
        if (newest.outcome() == TrainingOutcome.RUNNING) {
            say(newest.startedAt() < asked ? "An earlier training runs there." : "The training runs.");
            return Optional.empty();
        }
        return newest.startedAt() < asked ? Optional.empty() : Optional.of(report(newest, known));
    }

    private static TrainingReport report(TrainingRun run, ModelsTopicContent known) throws RetrainingException {
        if (run.outcome() != TrainingOutcome.PROMOTED && run.outcome() != TrainingOutcome.REFUSED) {
            throw new RetrainingException(String.valueOf(run.message()));
        }
        return new TrainingReport(
                run,
                known.releases().stream()
                        .filter(release -> release.version() == run.version())
                        .findFirst()
                        .orElse(null));
    }

    private void askLeader(Leadership leadership, HistoryRange range, ModelsTopicContent known)
            throws AnnouncementException {
        Optional<OwnerIdentity> leader =
                leadership.leader().filter(one -> !one.token().equals(identity.token()));
        if (leader.isEmpty() || asked != Long.MIN_VALUE) {
            return;
        }
        if (leader.get().hasEnded()) {
            say("The retrainer of detector " + config.detector() + " was "
                    + leader.get().describe() + ". That process has ended; Kafka takes notice within some seconds.");
            return;
        }
        TrainingRun newest = known.training();
        // Later than each training so far, also by the clock of the process that made it.
        asked = Math.max(System.currentTimeMillis(), newest == null ? 0 : newest.startedAt() + 1);
        Announcer.ask(
                config, new TrainingRequest(config.detector(), asked, identity.describe(), range.from(), range.to()));
        say("Detector " + config.detector() + " is trained by " + leader.get().describe() + ". Asked it at "
                + Instant.ofEpochMilli(asked) + "; waiting for its outcome.");
    }

    private TrainingReport train(Leadership leadership, HistoryRange range)
            throws AnnouncementException, InterruptedException, RetrainingException {
        try (LeaderTopic topic = LeaderTopic.open(config, leadership::isLeader)) {
            Optional<TrainingReport> answer = answer(topic.read());
            if (answer.isPresent()) {
                return answer.get();
            }
            TrainingProcedure procedure =
                    new TrainingProcedure(config, trainer, topic, DetectorRetrainer.runner(identity));
            FinishedTraining finished = run(procedure, range);
            Candidate announced = procedure.repair(topic.read()).orElse(finished.candidate());
            if (announced == null) {
                throw failure(finished);
            }
            StoreCleaning.run(config, topic.read().releases());
            return new TrainingReport(finished.run(), announced.release());
        }
    }

    private FinishedTraining run(TrainingProcedure procedure, HistoryRange range)
            throws AnnouncementException, InterruptedException {
        training.begin();
        try {
            return procedure.run(DueTraining.asked(System.currentTimeMillis(), range, asked));
        } catch (InterruptedException e) {
            // A person stopped it: the retrainers need not repeat it.
            procedure.stopped();
            throw e;
        } finally {
            training.end();
        }
    }

    private static RetrainingException failure(FinishedTraining finished) {
        Exception failure = finished.failure();
        if (failure instanceof TrainingRefusedException refused) {
            throw refused;
        }
        if (failure instanceof RetrainingException failed) {
            return failed;
        }
        String message = "training failed: " + finished.run().message();
        return failure == null ? new RetrainingException(message) : new RetrainingException(message, failure);
    }

    private void say(String message) {
        if (!message.equals(lastMessage)) {
            messages.accept(message);
        }
        lastMessage = message;
    }
}
