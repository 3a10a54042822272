package dev.noether.flink.owner;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's place among the retrainers of a detector, at most one of which leads. A thread of its own keeps the place.
 * If the leader ends, or Kafka has no heartbeat of it for ten seconds, another one leads. Thread safe.
 */
public final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1_500);

    private final DetectorConfig config;
    private final OwnerIdentity identity;
    private final Runnable onLost;
    private final Thread thread;

    private volatile boolean isClosed;
    private volatile boolean isLeader;
    private volatile long renewedAt;
    private volatile @Nullable OwnerClaim claim;
    private volatile @Nullable OwnerException denial;

    private Leadership(DetectorConfig config, OwnerIdentity identity, Runnable onLost) {
        this.config = config;
        this.identity = identity;
        this.onLost = onLost;
        this.thread = new Thread(this::run, "noether-retrainer-" + config.detector());
        thread.setDaemon(true);
    }

    /**
     * Joins the retrainers of a detector.
     *
     * @param identity this process, with a token that no other member has
     * @param onLost called, on another thread, when this member leads no more
     */
    public static Leadership join(DetectorConfig config, OwnerIdentity identity, Runnable onLost) {
        Leadership leadership = new Leadership(config, identity, onLost);
        leadership.thread.start();
        return leadership;
    }

    /**
     * Whether this member leads now. A process that was paused for longer than the session does not, even before it has
     * noticed.
     *
     * @throws OwnerException if Kafka denies access to the group
     */
    public boolean isLeader() {
        OwnerException denied = denial;
        if (denied != null) {
            throw denied;
        }
        return isLeader && System.nanoTime() - renewedAt < OwnerClaim.SESSION.toNanos();
    }

    /**
     * Returns the leader, as Kafka knows it; empty if nobody leads now.
     *
     * @throws OwnerException if Kafka denies access to the group
     * @throws TopicException if Kafka does not answer
     */
    public Optional<OwnerIdentity> leader() {
        try (OwnerGroup group = new OwnerGroup(config, OwnerRole.RETRAINER, TIMEOUT)) {
            return group.members().owner();
        }
    }

    private void run() {
        while (!isClosed) {
            try (OwnerClaim current = new OwnerClaim(config, OwnerRole.RETRAINER, identity)) {
                claim = current;
                while (!isClosed) {
                    set(current.renew(POLL));
                }
            } catch (WakeupException closed) {
                // The loop ends.
            } catch (OwnerException denied) {
                denial = denied;
                return;
            } catch (KafkaException | TopicException e) {
                LOG.warn("Kafka does not answer the retrainer of detector {}: {}", config.detector(), e.toString());
                pause();
            } finally {
                set(false);
            }
        }
    }

    private void set(boolean leads) {
        boolean isLost = isLeader && !leads;
        renewedAt = System.nanoTime();
        isLeader = leads;
        if (isLost && !isClosed) {
            onLost.run();
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException interrupted) {
            isClosed = true;
        }
    }

    /** Leaves, so that another one can lead at once. */
    @Override
    public void close() {
        isClosed = true;
        OwnerClaim current = claim;
        if (current != null) {
            current.wakeUp();
        }
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
