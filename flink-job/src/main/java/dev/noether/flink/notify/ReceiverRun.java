package dev.noether.flink.notify;

import dev.noether.flink.config.ConfigurationException;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.Incident;
import dev.noether.schemas.IncidentState;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.output.OutputCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the incidents of one detector to one receiver, in the order of the topic, until it is closed. A notice that is
 * not taken holds up the later ones: a receiver must not learn that an incident is over before it learns that it began.
 */
final class ReceiverRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiverRun.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration POLL_WHILE_WAITING = Duration.ofMillis(100);

    /** Kafka must hear from this member more often than its `max.poll.interval.ms`. */
    private static final Duration TELL_AT_MOST = Duration.ofSeconds(20);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final DetectorConfig config;
    private final Receiver receiver;
    private final NotifyListener listener;
    private final Backoff kafkaPauses;
    private final Backoff pauses;
    private final OutputCodec<Incident> codec = OutputCodec.incidents();
    private volatile boolean isClosed;

    private ToldIncidents told;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private boolean isFollowing;
    private long nextAttempt;
    private long nextRepetition;

    /**
     * One record that is not done yet.
     *
     * @param record the record; null for an incident that was open at the first start
     * @param notice what the receiver must be told; null for nothing
     * @param since time at which it was read, {@link System#nanoTime}
     * @param endsHistory whether the history is done with it
     */
    private record Waiting(
            @Nullable ConsumerRecord<byte[], byte[]> record,
            @Nullable Notice notice,
            long since,
            boolean endsHistory) {}

    ReceiverRun(DetectorConfig config, Receiver receiver, NotifyListener listener) {
        this.config = config;
        this.receiver = receiver;
        this.listener = listener;
        this.told = new ToldIncidents(config.notifying().leastSeverity());
        RandomGenerator random = RandomGenerator.getDefault();
        this.kafkaPauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
        this.pauses = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, random);
    }

    /** Ends the run soon. */
    void close() {
        isClosed = true;
    }

    @Override
    public void run() {
        while (!isClosed) {
            try (ReceiverTopic topic = new ReceiverTopic(config, receiver.name());
                    Undelivered undelivered = new Undelivered(config)) {
                startAgain();
                while (!isClosed) {
                    step(topic, undelivered);
                }
            } catch (InterruptedException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                // Whatever it is: a thread that ends unseen would tell nobody for ever.
                if (!(e instanceof KafkaException || e instanceof ConfigurationException)) {
                    LOG.error("Detector {}: {} fails and begins again.", config.detector(), receiver.name(), e);
                }
                long pause = kafkaPauses.nextMillis();
                failed(reason(e), pause);
                if (!sleep(pause)) {
                    return;
                }
            }
        }
    }

    private void startAgain() {
        told = new ToldIncidents(config.notifying().leastSeverity());
        waiting.clear();
        isFollowing = false;
        nextAttempt = System.nanoTime();
        nextRepetition = System.nanoTime();
    }

    private void step(ReceiverTopic topic, Undelivered undelivered) throws InterruptedException {
        Iterable<ConsumerRecord<byte[], byte[]>> records = topic.poll(waiting.isEmpty() ? POLL : POLL_WHILE_WAITING);
        if (topic.hasChanged()) {
            startAgain();
            return;
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            take(record, topic, undelivered);
        }
        if (!isFollowing && topic.hasPartitions() && topic.isAtNews()) {
            follow(topic);
        }
        tellDue(topic, undelivered);
        topic.commit();
        if (waiting.isEmpty()) {
            repeatDue();
            topic.resume();
        } else {
            topic.pause();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record, ReceiverTopic topic, Undelivered undelivered)
            throws InterruptedException {
        boolean isNews = topic.isNews(record);
        if (isNews && !isFollowing) {
            follow(topic);
        }
        Notice notice = null;
        try {
            // A record without a value deletes one from a compacted topic; there is nothing to tell.
            notice = record.value() == null ? null : told.add(codec.decode(record.value()));
        } catch (MalformedRecordException e) {
            if (isNews) {
                String where = record.topic() + ", partition " + record.partition() + ", offset " + record.offset();
                undelivered.write(record.key(), record.value(), receiver.name(), "no incident: " + e.getMessage());
                listener.unreadable(config.detector(), receiver.name(), where + ": " + e.getMessage());
            }
        }
        if (isNews) {
            waiting.add(new Waiting(record, notice, System.nanoTime(), false));
        }
    }

    /** The history is read. At the first start nobody was told of the incidents that are open. */
    private void follow(ReceiverTopic topic) {
        isFollowing = true;
        kafkaPauses.reset();
        listener.follows(config.detector(), receiver.name(), told.open().size());
        if (topic.isFirstStart()) {
            long now = System.nanoTime();
            for (Incident incident : told.open()) {
                waiting.add(new Waiting(null, new Notice(incident, IncidentState.OPENED, null), now, false));
            }
            waiting.add(new Waiting(null, null, now, true));
        }
    }

    private void tellDue(ReceiverTopic topic, Undelivered undelivered) throws InterruptedException {
        long start = System.nanoTime();
        while (!waiting.isEmpty() && !isClosed && System.nanoTime() - start < TELL_AT_MOST.toNanos()) {
            Waiting first = waiting.element();
            if (first.notice() != null && !tell(first, first.notice(), undelivered)) {
                return;
            }
            waiting.remove();
            if (first.record() != null) {
                topic.done(first.record());
            }
            if (first.endsHistory()) {
                topic.historyDone();
            }
        }
    }

    /** Tells the first notice if it is due; returns whether it is done. */
    private boolean tell(Waiting first, Notice notice, Undelivered undelivered) throws InterruptedException {
        if (nextAttempt - System.nanoTime() > 0) {
            return false;
        }
        Answer answer = receiver.tell(notice);
        if (answer instanceof Answer.Delivered) {
            pauses.reset();
            listener.told(config.detector(), receiver.name(), notice.incident(), notice.change());
            return true;
        }
        if (answer instanceof Answer.Refused refused) {
            return giveUp(first, notice, refused.reason(), undelivered);
        }
        Answer.Failed failed = (Answer.Failed) answer;
        long waited = System.nanoTime() - first.since();
        if (waited >= config.notifying().giveUpAfter().toNanos()) {
            return giveUp(first, notice, failed.reason(), undelivered);
        }
        long pause = Math.max(pauses.nextMillis(), failed.notBefore().toMillis());
        nextAttempt = System.nanoTime() + Duration.ofMillis(pause).toNanos();
        failed(failed.reason(), pause);
        return false;
    }

    private boolean giveUp(Waiting first, Notice notice, String reason, Undelivered undelivered)
            throws InterruptedException {
        ConsumerRecord<byte[], byte[]> record = first.record();
        byte[] key = notice.incident().id().getBytes(StandardCharsets.UTF_8);
        byte[] value = record == null ? codec.encode(notice.incident()) : record.value();
        undelivered.write(record == null ? key : record.key(), value, receiver.name(), reason);
        listener.gaveUp(config.detector(), receiver.name(), notice.incident(), reason);
        return true;
    }

    private void repeatDue() throws InterruptedException {
        Duration interval = receiver.repeatEvery();
        if (interval.isZero() || !isFollowing || told.open().isEmpty() || nextRepetition - System.nanoTime() > 0) {
            return;
        }
        Answer answer = receiver.repeat(told.open());
        Duration pause = interval;
        if (answer instanceof Answer.Delivered) {
            pauses.reset();
            listener.recovered(config.detector(), receiver.name());
        } else {
            pause = Duration.ofMillis(pauses.nextMillis());
            String reason =
                    answer instanceof Answer.Failed failed ? failed.reason() : ((Answer.Refused) answer).reason();
            failed("the open incidents cannot be repeated: " + reason, pause.toMillis());
        }
        nextRepetition = System.nanoTime() + pause.toNanos();
    }

    private void failed(String reason, long retryMillis) {
        listener.failed(config.detector(), receiver.name(), reason, retryMillis);
    }

    private static String reason(RuntimeException e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }

    private boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
