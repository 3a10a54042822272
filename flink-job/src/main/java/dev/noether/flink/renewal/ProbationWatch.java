package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicReader;
import dev.noether.flink.release.ModelChange;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.retrain.ScoresTail;
import dev.noether.schemas.GateFigure;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.ModelIdentity;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.Score;
import dev.noether.schemas.output.OutputCodec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the scores of the newest model for {@code retraining.probation}, and withdraws it if its alarms show that it
 * is wrong ({@link ProbationRecord}) or its scores are not finite. Reads the scores topic, also what is not committed yet, each score once; a
 * watch that starts later reads again what the model has scored. The first model is not withdrawn, because no other one
 * could take over. Not thread safe.
 */
final class ProbationWatch implements LeaderDuty {
    private static final Logger LOG = LoggerFactory.getLogger(ProbationWatch.class);

    /** Who the decision says has decided. */
    static final String DECIDED_BY = "probation";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** The leader has other duties: the rest is read the next time. */
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(2);

    private final DetectorConfig config;
    private final OutputCodec<Score> codec = OutputCodec.scores();
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable ModelRelease watched;
    private @Nullable ModelIdentity passed;
    /** Whether a score behind the end of the probation was read. */
    private boolean isOver;

    private ProbationRecord record = new ProbationRecord(0, 0, 0);

    /** Makes a watch. Does not connect to Kafka yet. */
    ProbationWatch(DetectorConfig config) {
        this.config = config;
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    /**
     * Looks at the scores since the last call.
     *
     * @return the records that withdraw the model; empty if it is not withdrawn
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    @Override
    public List<ModelsRecord> look(ModelsTopicContent known) {
        ModelChange change = new ModelChange(known, System.currentTimeMillis());
        ModelRelease newest = change.inForce(ModelRelease.NO_END - 1);
        long probation = config.retraining().schedule().probation().toMillis();
        if (newest == null || probation == 0 || newest.identity().equals(passed)) {
            return List.of();
        }
        long until = newest.effectiveFrom() + probation;
        if (!newest.equals(watched)) {
            begin(newest, until);
        }
        read(newest, until);
        GateFigure problem = record.problem();
        if (problem != null) {
            return withdraw(change, newest, problem);
        }
        if (isOver && consumer != null) {
            end(newest);
            LOG.info("Model {} of detector {} has passed its probation.", newest.version(), config.detector());
        }
        return List.of();
    }

    private List<ModelsRecord> withdraw(ModelChange change, ModelRelease newest, GateFigure problem) {
        long end = Withdrawal.end(config, record.newest());
        ModelRelease successor = change.successor(newest, end);
        if (successor == null) {
            end(newest);
            LOG.warn(
                    "Model {} of detector {} would be withdrawn, but no model before it could take over: {}",
                    newest.version(),
                    config.detector(),
                    problem.sentence());
            return List.of();
        }
        LOG.warn(
                "Model {} of detector {} is withdrawn, model {} takes over: {}",
                newest.version(),
                config.detector(),
                successor.version(),
                problem.sentence());
        return change.withdraw(
                newest, end, new ModelChange.Reason(DECIDED_BY, problem.sentence(), record.figures(problem)));
    }

    /** If the probation is over already, as after a start of the retrainer, nothing is read. */
    private void begin(ModelRelease release, long until) {
        isOver = ScoresTail.newestEventTime(config).orElse(Long.MIN_VALUE) >= until;
        watched = release;
        record = new ProbationRecord(
                1 - release.calibration().quantile(), release.effectiveFrom(), until - release.effectiveFrom());
        closeConsumer();
        if (isOver) {
            passed = release.identity();
            return;
        }
        KafkaConsumer<byte[], byte[]> opened = TopicReader.uncommittedConsumer(config);
        consumer = opened;
        List<TopicPartition> partitions =
                TopicReader.partitions(opened, config.topics().scores());
        Map<TopicPartition, Long> times = new HashMap<>();
        long begin = Math.max(0, release.effectiveFrom() - ProbationRecord.GAP_MILLIS);
        partitions.forEach(partition -> times.put(partition, begin));
        Map<TopicPartition, Long> ends = opened.endOffsets(partitions, TIMEOUT);
        Map<TopicPartition, OffsetAndTimestamp> starts = opened.offsetsForTimes(times, TIMEOUT);
        opened.assign(partitions);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = starts.get(partition);
            opened.seek(partition, start == null ? ends.getOrDefault(partition, 0L) : start.offset());
        }
    }

    private void read(ModelRelease release, long until) {
        KafkaConsumer<byte[], byte[]> open = consumer;
        if (open == null) {
            return;
        }
        Map<TopicPartition, Long> ends = open.endOffsets(open.assignment(), TIMEOUT);
        long deadline = System.nanoTime() + LONGEST_LOOK.toNanos();
        while (System.nanoTime() - deadline < 0
                && ends.entrySet().stream().anyMatch(end -> open.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> one : open.poll(POLL)) {
                add(release, until, one.value());
            }
        }
    }

    private void add(ModelRelease release, long until, byte @Nullable [] bytes) {
        if (bytes == null) {
            return;
        }
        try {
            Score score = codec.decode(bytes);
            if (!score.detector().equals(config.detector())) {
                return;
            }
            isOver |= score.eventTime() >= until;
            if (score.eventTime() < release.effectiveFrom()) {
                record.addBefore(score);
            } else if (score.modelVersion() == release.version()
                    && release.identity().shortHash().equals(score.modelHash())
                    && score.eventTime() < until) {
                record.add(score);
            }
        } catch (MalformedRecordException e) {
            // Not a score: another program writes to the topic too.
        }
    }

    @Override
    public void close() {
        closeConsumer();
    }

    private void end(ModelRelease release) {
        passed = release.identity();
        closeConsumer();
    }

    private void closeConsumer() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }
}
