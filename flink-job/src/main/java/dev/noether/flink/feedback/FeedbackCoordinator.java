package dev.noether.flink.feedback;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.feedback.FeedbackNews.RawFeedback;
import dev.noether.flink.kafka.TopicCheck;
import dev.noether.flink.kafka.TopicException;
import dev.noether.flink.kafka.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the topic of the feedback in the job manager, and tells each subtask what is new. One reader serves the job,
 * and the scores need no second input, which would separate the incident operator from the scoring operator.
 *
 * <p>It has no part in a checkpoint: the topic is the state. Each subtask reads the topic when it starts and then gets
 * all that this coordinator has read; it knows the double ones by their offsets. If Kafka does not answer, or the topic
 * does not exist, the job goes on without new feedback.
 *
 * <p>Flink calls it in the job manager's main thread; an own thread talks to Kafka.
 */
final class FeedbackCoordinator implements OperatorCoordinator {
    private static final Logger LOG = LoggerFactory.getLogger(FeedbackCoordinator.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1_500);
    private static final int MOST_BYTES = 1 << 18;

    private final DetectorConfig config;
    private final Thread thread;
    private final Object lock = new Object();
    /** Guarded by the lock. */
    private final List<RawFeedback> records = new ArrayList<>();
    /** By number of the subtask; guarded by the lock. */
    private final Map<Integer, SubtaskGateway> subtasks = new HashMap<>();

    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private volatile boolean isClosed;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> open;
    private String problem = "";

    /**
     * Where Flink creates the coordinator.
     *
     * @param config configuration of the detector
     * @param operator operator that the coordinator belongs to
     */
    record Provider(DetectorConfig config, OperatorID operator) implements OperatorCoordinator.Provider {
        @Override
        public OperatorID getOperatorId() {
            return operator;
        }

        @Override
        public OperatorCoordinator create(Context context) {
            return new FeedbackCoordinator(config, context);
        }
    }

    private FeedbackCoordinator(DetectorConfig config, Context context) {
        this.config = config;
        this.thread = new Thread(this::run, "noether-feedback-" + config.detector());
        thread.setDaemon(true);
        thread.setContextClassLoader(context.getUserCodeClassloader());
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        while (!isClosed) {
            try {
                if (TopicCheck.hasFeedback(config)) {
                    follow();
                } else {
                    tell("the topic " + config.topics().feedback()
                            + " does not exist, or this user may not see it, so no "
                            + "incident can be dismissed; create it with ./noether topics create --config FILE");
                }
            } catch (WakeupException closed) {
                // The loop ends.
            } catch (KafkaException | TopicException e) {
                tell("the topic " + config.topics().feedback() + " cannot be read: " + e.getMessage());
            }
            pause();
        }
    }

    /** Writes a problem into the log, once while it lasts. */
    private void tell(String now) {
        if (!isClosed && !now.equals(problem)) {
            LOG.warn("Detector {} goes on without new feedback: {}", config.detector(), now);
        }
        problem = now;
    }

    private void pause() {
        try {
            for (long rest = RETRY.toMillis(); rest > 0 && !isClosed; rest -= POLL.toMillis()) {
                Thread.sleep(POLL.toMillis());
            }
        } catch (InterruptedException interrupted) {
            isClosed = true;
        }
    }

    private void follow() {
        try (KafkaConsumer<byte[], byte[]> consumer = TopicReader.consumer(config)) {
            open = consumer;
            List<TopicPartition> partitions =
                    TopicReader.partitions(consumer, config.topics().feedback());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions.stream()
                    .filter(partition -> !positions.containsKey(partition))
                    .toList());
            positions.forEach(consumer::seek);
            while (!isClosed) {
                List<RawFeedback> news = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.value() != null) {
                        news.add(new RawFeedback(record.offset(), record.value()));
                    }
                    positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                }
                problem = "";
                publish(news);
            }
        } finally {
            open = null;
        }
    }

    private void publish(List<RawFeedback> news) {
        if (news.isEmpty()) {
            return;
        }
        synchronized (lock) {
            records.addAll(news);
            subtasks.values().forEach(subtask -> send(news, subtask));
        }
    }

    private static void send(List<RawFeedback> news, SubtaskGateway subtask) {
        // If an event is lost, Flink restarts the subtask, which reads the topic again.
        FeedbackNews.of(news, MOST_BYTES).forEach(subtask::sendEvent);
    }

    @Override
    public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
        synchronized (lock) {
            subtasks.put(subtask, gateway);
            send(records, gateway);
        }
    }

    @Override
    public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {
        synchronized (lock) {
            subtasks.remove(subtask);
        }
    }

    @Override
    public void subtaskReset(int subtask, long checkpoint) {
        synchronized (lock) {
            subtasks.remove(subtask);
        }
    }

    @Override
    public void close() throws InterruptedException {
        isClosed = true;
        KafkaConsumer<byte[], byte[]> current = open;
        if (current != null) {
            current.wakeup();
        }
        thread.join(CLOSE_TIMEOUT.toMillis());
    }

    @Override
    public void checkpointCoordinator(long checkpoint, CompletableFuture<byte[]> result) {
        result.complete(new byte[0]);
    }

    @Override
    public void resetToCheckpoint(long checkpoint, byte @Nullable [] state) {}

    @Override
    public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
        throw new IllegalStateException("the operator sends no events (got " + event + ")");
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {}
}
