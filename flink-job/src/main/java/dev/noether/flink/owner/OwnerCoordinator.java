package dev.noether.flink.owner;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.AccessProblem;
import dev.noether.flink.kafka.TopicException;
import dev.noether.flink.kafka.TopicWatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the ownership of a detector in the job manager while its job runs, and watches the topics. If another job owns
 * the detector, it ends its own job. Its part of a checkpoint is what it knows of the topics.
 *
 * <p>Flink calls it in the job manager's main thread; an own thread talks to Kafka.
 */
final class OwnerCoordinator implements OperatorCoordinator {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerCoordinator.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration TOPIC_INTERVAL = Duration.ofSeconds(5);
    private static final Duration TOPIC_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1_500);

    private final DetectorConfig config;
    private final OwnerRole role;
    private final String token;
    private final Context context;
    private final TopicWatch topics;
    private final Thread thread;

    private volatile boolean isClosed;
    private volatile boolean isOwner;
    private volatile byte[] topicState = new byte[0];
    private volatile List<String> topicProblems = List.of();
    private volatile List<String> topicEvents = List.of();
    private volatile @Nullable OwnerClaim claim;
    private String lastReason = "";
    private long nextTopicLook = System.nanoTime();
    private volatile long topicEventCount;

    /**
     * Where Flink creates the coordinator.
     *
     * @param config configuration of the detector
     * @param role what the job does
     * @param token token of this submission
     * @param operator operator that the coordinator belongs to
     */
    record Provider(DetectorConfig config, OwnerRole role, String token, OperatorID operator)
            implements OperatorCoordinator.Provider {
        @Override
        public OperatorID getOperatorId() {
            return operator;
        }

        @Override
        public OperatorCoordinator create(Context context) {
            return new OwnerCoordinator(config, role, token, context);
        }
    }

    OwnerCoordinator(DetectorConfig config, OwnerRole role, String token, Context context) {
        this.config = config;
        this.role = role;
        this.token = token;
        this.context = context;
        this.topics = role == OwnerRole.IMPORTER ? TopicWatch.ofImport(config) : new TopicWatch(config);
        this.thread = new Thread(this::run, "noether-owner-" + config.detector());
        thread.setDaemon(true);
        thread.setContextClassLoader(context.getUserCodeClassloader());
    }

    @Override
    public void start() {
        MetricGroup group = context.metricGroup().addGroup("noether");
        group.gauge("isOwner", () -> isOwner ? 1 : 0);
        group.gauge("topicProblems", () -> topicProblems.size());
        group.gauge("topicsCreatedAgain", () -> topicEventCount);
        group.gauge("topicReport", this::report);
        thread.start();
    }

    /** The present problems and the last events as one text; empty if all is well. */
    private String report() {
        return String.join("\n", topicProblems.isEmpty() ? topicEvents : topicProblems);
    }

    private void run() {
        while (!isClosed) {
            try (OwnerClaim current = new OwnerClaim(
                    config, role, OwnerIdentity.ofThisProcess(context.getJobID().toHexString(), token))) {
                claim = current;
                hold(current);
            } catch (WakeupException closed) {
                // The loop ends.
            } catch (OwnerException e) {
                if (!isClosed) {
                    LOG.error("The job ends: {}.", e.getMessage());
                    context.failJob(e);
                }
                return;
            } catch (RuntimeException e) {
                retryLater(e);
            } finally {
                isOwner = false;
            }
        }
    }

    private void hold(OwnerClaim current) {
        while (!isClosed) {
            isOwner = current.renew(POLL);
            if (System.nanoTime() - nextTopicLook >= 0) {
                nextTopicLook = System.nanoTime() + TOPIC_INTERVAL.toNanos();
                lookAtTopics();
            }
        }
    }

    private void retryLater(RuntimeException e) {
        String reason = AccessProblem.of(e).orElseGet(() -> String.valueOf(e));
        if (!reason.equals(lastReason)) {
            LOG.warn("Kafka does not answer the job that owns detector {}: {}", config.detector(), reason);
        }
        lastReason = reason;
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException interrupted) {
            isClosed = true;
        }
    }

    private void lookAtTopics() {
        try {
            TopicWatch.TopicReport report = topics.look(TOPIC_TIMEOUT);
            report.events().forEach(event -> LOG.error("Detector {}: {}.", config.detector(), event));
            report.problems().stream()
                    .filter(problem -> !topicProblems.contains(problem))
                    .forEach(problem -> LOG.error("Detector {}: {}", config.detector(), problem));
            if (report.problems().isEmpty() && !topicProblems.isEmpty()) {
                LOG.info("Detector {}: all topics are as they were.", config.detector());
            }
            topicProblems = report.problems();
            topicEvents = report.events().isEmpty() ? topicEvents : report.events();
            topicEventCount += report.events().size();
            topicState = topics.toBytes();
        } catch (KafkaException | TopicException noAnswer) {
            LOG.debug("The topics of detector {} are not known: {}", config.detector(), String.valueOf(noAnswer));
        }
    }

    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        OwnerClaim current = claim;
        if (current != null) {
            current.wakeUp();
        }
        thread.join(CLOSE_TIMEOUT.toMillis());
    }

    @Override
    public void checkpointCoordinator(long checkpoint, CompletableFuture<byte[]> result) {
        result.complete(topicState);
    }

    /** Called before the start if the job continues from a checkpoint, and when Flink restarts all of the job. */
    @Override
    public void resetToCheckpoint(long checkpoint, byte @Nullable [] state) throws IOException {
        if (!thread.isAlive() && state != null && state.length > 0) {
            topics.restore(state);
            topicState = state;
        }
    }

    @Override
    public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
        throw new IllegalStateException("the operator sends no events (got " + event + ")");
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {}

    @Override
    public void subtaskReset(int subtask, long checkpoint) {}

    @Override
    public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {}

    @Override
    public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {}
}
