package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.release.AnnouncementException;
import dev.noether.flink.release.Announcer;
import dev.noether.flink.release.ModelCard;
import dev.noether.flink.release.ModelPublication;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.release.ModelsTopicFollower;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ModelsRecord;
import dev.noether.schemas.PromotionDecision;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models topic, as the leader of a detector reads and writes it. A command such as {@code models rollback} also
 * announces, and so fences the leader off: then the leader opens its announcer again, reads what was written, and
 * decides anew what it has to write. Thread safe.
 */
final class LeaderTopic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderTopic.class);
    private static final int ATTEMPTS = 5;

    private final DetectorConfig config;
    private final BooleanSupplier isLeader;
    private final ModelsTopicFollower follower;
    private Announcer announcer;

    private LeaderTopic(DetectorConfig config, BooleanSupplier isLeader, Announcer announcer) {
        this.config = config;
        this.isLeader = isLeader;
        this.announcer = announcer;
        this.follower = new ModelsTopicFollower(config);
    }

    /**
     * Opens the topic. Fences off the leader before, so what is read afterwards contains all that it has written.
     *
     * @param isLeader whether this process leads the detector now
     */
    static LeaderTopic open(DetectorConfig config, BooleanSupplier isLeader) throws AnnouncementException {
        return new LeaderTopic(config, isLeader, Announcer.open(config));
    }

    /** Returns what the topic says now. */
    synchronized ModelsTopicContent read() {
        return follower.read();
    }

    /**
     * Writes records that depend on what the topic says. They become visible together. Then writes the cards of the
     * models among them again, with what was decided.
     *
     * @param decide returns the records for the present content, an empty list to write nothing; it may be called
     *     several times
     * @throws AnnouncementException if this process leads no more, or Kafka does not take the records
     */
    void write(Function<ModelsTopicContent, List<ModelsRecord>> decide) throws AnnouncementException {
        List<ModelsRecord> written = announce(decide);
        if (written.stream().anyMatch(ModelRelease.class::isInstance)) {
            writeCards(written, read().decisions());
        }
    }

    /** A card says what was decided on its model since. The store may be slow, so nobody waits for it. */
    private void writeCards(List<ModelsRecord> written, List<PromotionDecision> decisions) {
        for (ModelsRecord record : written) {
            if (record instanceof ModelRelease release) {
                ModelPublication.writeCard(config, release, ModelCard.on(release, decisions));
            }
        }
    }

    /** Returns what was written. */
    private synchronized List<ModelsRecord> announce(Function<ModelsTopicContent, List<ModelsRecord>> decide)
            throws AnnouncementException {
        for (int attempt = 1; ; attempt++) {
            List<ModelsRecord> records = decide.apply(read());
            if (records.isEmpty()) {
                return records;
            }
            requireLeaderWithoutTransactions();
            try {
                announcer.announce(records);
                return records;
            } catch (AnnouncementException e) {
                if (attempt == ATTEMPTS || !isLeader.getAsBoolean()) {
                    throw e;
                }
                LOG.info("The announcer of detector {} is opened again: {}", config.detector(), e.getMessage());
                reopen();
            }
        }
    }

    /** With transactions Kafka refuses what a former leader writes. */
    private void requireLeaderWithoutTransactions() throws AnnouncementException {
        if (!config.exactlyOnce() && !isLeader.getAsBoolean()) {
            throw new AnnouncementException(
                    "nothing is written to the topic " + config.topics().models() + ": this process leads detector "
                            + config.detector() + " no more",
                    null);
        }
    }

    private void reopen() throws AnnouncementException {
        announcer.close();
        announcer = Announcer.open(config);
    }

    @Override
    public synchronized void close() {
        announcer.close();
        follower.close();
    }
}
