package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.ModelCard;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duties of the leader of a detector, each at its interval, on a thread of their own: a training may last long. A
 * duty that fails stops no other.
 */
final class DutyRound implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DutyRound.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final DetectorConfig config;
    private final List<LeaderDuty> duties;
    private final LeaderTopic topic;
    private final long[] next;
    private final Thread thread;
    private volatile boolean isClosed;

    private DutyRound(DetectorConfig config, List<LeaderDuty> duties, LeaderTopic topic) {
        this.config = config;
        this.duties = duties;
        this.topic = topic;
        this.next = new long[duties.size()];
        Arrays.fill(next, System.nanoTime());
        this.thread = new Thread(this::run, "duties-" + config.detector());
        thread.setDaemon(true);
    }

    /** Starts the duties. They end, and are closed, with {@link #close}. */
    static DutyRound start(DetectorConfig config, List<LeaderDuty> duties, LeaderTopic topic) {
        DutyRound round = new DutyRound(config, duties, topic);
        if (!duties.isEmpty()) {
            round.thread.start();
        }
        return round;
    }

    private void run() {
        try {
            while (!isClosed) {
                for (int i = 0; i < next.length; i++) {
                    if (System.nanoTime() - next[i] >= 0) {
                        next[i] = System.nanoTime() + duties.get(i).interval().toNanos();
                        fulfil(duties.get(i));
                    }
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException closed) {
            LOG.debug("The duties of detector {} end.", config.detector());
        } finally {
            // Kafka's clients do not close well on an interrupted thread.
            Thread.interrupted();
            duties.forEach(this::close);
        }
    }

    private void close(LeaderDuty duty) {
        try {
            duty.close();
        } catch (RuntimeException e) {
            LOG.warn(
                    "Detector {}: {} does not close: {}",
                    config.detector(),
                    duty.getClass().getSimpleName(),
                    e.toString());
        }
    }

    private void fulfil(LeaderDuty duty) {
        List<ModelsRecord> written = new ArrayList<>();
        try {
            topic.write(known -> look(duty, known, written));
            written.forEach(record -> LOG.info("Detector {}: announced {}.", config.detector(), brief(record)));
        } catch (AnnouncementException | RuntimeException e) {
            if (!isClosed) {
                LOG.warn(
                        "Detector {}: {} fails and is tried again in {}: {}",
                        config.detector(),
                        duty.getClass().getSimpleName(),
                        duty.interval(),
                        e.toString(),
                        e instanceof KafkaException ? null : e);
            }
        }
    }

    /** A release has its whole provenance and configuration, which is not for the log. */
    private static String brief(ModelsRecord record) {
        if (record instanceof ModelRelease release) {
            return "model " + release.identity() + ", stage " + release.stage() + ", event times "
                    + ModelCard.times(release);
        }
        return record.toString();
    }

    private static List<ModelsRecord> look(LeaderDuty duty, ModelsTopicContent known, List<ModelsRecord> written) {
        written.clear();
        written.addAll(duty.look(known));
        return List.copyOf(written);
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
