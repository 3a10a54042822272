package dev.noether.console.follow;

import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.StoreException;
import dev.noether.console.store.TopicRole;
import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one topic into the store until it is closed. A topic that is missing is followed when it exists, new partitions
 * within some seconds, and a topic that was made again from its beginning. If Kafka is away, it goes on where it was.
 */
final class TopicFollower implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final long LAG_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long PARTITIONS_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long FEW = 100;

    /** Looks, one after each pause, that must find a topic too short before it is read again. */
    private static final int LOOKS_AT_SHORTER = 5;

    private final DetectorConfig config;
    private final TopicRole role;
    private final String topic;
    private final ConsoleStore store;
    private final RecordSink sink;
    private final FollowListener listener;
    private volatile FollowReport report;
    private volatile boolean isClosed;
    private Map<Integer, Long> written = new HashMap<>();
    private long nextLag;
    private long measured;
    private boolean wasClose;
    private int shorterLooks;
    private long nextDescription;

    TopicFollower(DetectorConfig config, TopicRole role, ConsoleStore store, RecordSink sink, FollowListener listener) {
        this.config = config;
        this.role = role;
        this.topic = role.topic(config.topics());
        this.store = store;
        this.sink = sink;
        this.listener = listener;
        this.report = new FollowReport(role, topic, FollowState.CATCHING_UP, 0, null, "It begins to read.");
    }

    FollowReport report() {
        return report;
    }

    void close() {
        isClosed = true;
    }

    @Override
    public void run() {
        while (!isClosed) {
            try (FollowedTopic followed = new FollowedTopic(config, topic)) {
                follow(followed);
            } catch (InterruptedException | InterruptException e) {
                return;
            } catch (KafkaException e) {
                fail(FollowState.UNREACHABLE, "Kafka at " + config.kafka().bootstrapServers() + ": " + reason(e));
            } catch (StoreException e) {
                fail(FollowState.CATCHING_UP, reason(e));
            } catch (RuntimeException | Error e) {
                // Whatever it is: a thread that ends unseen would show old incidents for ever.
                LOG.error("The topic {} is not followed for a moment.", topic, e);
                fail(FollowState.UNREACHABLE, reason(e));
            }
            if (!pause()) {
                return;
            }
        }
    }

    private void follow(FollowedTopic followed) throws InterruptedException {
        nextDescription = System.nanoTime();
        nextLag = System.nanoTime();
        written = new HashMap<>();
        while (!isClosed) {
            if (System.nanoTime() - nextDescription >= 0 && !lookAt(followed)) {
                return;
            }
            take(followed, followed.poll(POLL));
            if (System.nanoTime() - nextLag >= 0) {
                measure(followed);
            }
        }
    }

    /** Looks whether the topic is still the same, and for new partitions; returns whether it can be read on. */
    private boolean lookAt(FollowedTopic followed) throws InterruptedException {
        TopicDescription description = followed.describe();
        if (description == null) {
            fail(FollowState.MISSING, "The topic " + topic + " does not exist; ./noether topics create makes it.");
            return false;
        }
        if (store.follow(role, description.topicId().toString())) {
            listener.muchChanged();
            nextDescription = System.nanoTime();
            return false;
        }
        int partitions = description.partitions().size();
        Map<Integer, Long> stored = store.positions(role);
        if (followed.lacks(partitions) && followed.endsBefore(stored)) {
            // A broker that has just become the leader may tell an end that is too early, for a moment.
            if (++shorterLooks < LOOKS_AT_SHORTER) {
                fail(FollowState.CATCHING_UP, "The topic ends before what was read of it; it is looked at again.");
                return false;
            }
            shorterLooks = 0;
            LOG.warn(
                    "The topic {} ends before what was read of it: the brokers have lost records. It is read again.",
                    topic);
            store.forget(role);
            listener.muchChanged();
            nextDescription = System.nanoTime();
            return false;
        }
        shorterLooks = 0;
        followed.assign(partitions, stored);
        nextDescription = System.nanoTime() + PARTITIONS_NANOS;
        return true;
    }

    private void take(FollowedTopic followed, List<ConsumerRecord<byte[], byte[]>> records) {
        Map<Integer, Long> positions = followed.positions();
        if (records.isEmpty() && positions.equals(written)) {
            return;
        }
        sink.add(records, positions);
        written = positions;
        if (!records.isEmpty()) {
            FollowReport last = report;
            report = new FollowReport(
                    role, topic, last.state(), last.records() + records.size(), last.lag(), last.message());
        }
    }

    private void measure(FollowedTopic followed) {
        long lag = followed.lag();
        boolean wasBehind = report.state() != FollowState.FOLLOWING;
        // While records come all the time, the end is never reached: what came since the last look is no backlog.
        boolean isClose = lag <= Math.max(FEW, report.records() - measured);
        boolean isBehind = wasBehind ? lag > 0 && !(isClose && wasClose) : lag > FEW * FEW && !isClose;
        measured = report.records();
        wasClose = isClose;
        FollowState state = isBehind ? FollowState.CATCHING_UP : FollowState.FOLLOWING;
        if (wasBehind && !isBehind) {
            LOG.info("The topic {} is followed.", topic);
            listener.muchChanged();
        }
        report = new FollowReport(role, topic, state, report.records(), lag, null);
        nextLag = System.nanoTime() + LAG_NANOS;
    }

    private void fail(FollowState state, String message) {
        if (report.state() != state || !message.equals(report.message())) {
            LOG.warn("The topic {} is not followed: {}", topic, message);
        }
        report = new FollowReport(role, topic, state, report.records(), null, message);
    }

    private boolean pause() {
        try {
            Thread.sleep(isClosed ? 0 : PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
