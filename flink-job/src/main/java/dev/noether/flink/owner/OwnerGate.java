package dev.noether.flink.owner;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.WriteGate;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a sink write when its own job owns the detector. Immutable.
 *
 * @param config configuration of the detector
 * @param role what the job does
 * @param token text that the job's coordinator has in its identity
 */
public record OwnerGate(DetectorConfig config, OwnerRole role, String token) implements WriteGate {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerGate.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    /** The coordinator ends the job if it cannot become the owner, so this is for a coordinator without Kafka. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    @Override
    public void await() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        try (OwnerGroup group = new OwnerGroup(config, role, TIMEOUT)) {
            OwnerGroup.Members members = group.members();
            while (!members.isOwnedBy(token)) {
                if (System.nanoTime() - deadline > 0) {
                    throw notOwned(members.candidate());
                }
                Thread.sleep(PAUSE.toMillis());
                members = group.members();
            }
        }
        LOG.debug("This job owns detector {}; the sink writes.", config.detector());
    }

    private IllegalStateException notOwned(Optional<OwnerIdentity> owner) {
        String reason = owner.map(one -> "the owner is " + one.describe())
                .orElse("its job manager has not joined the consumer group " + role.group(config));
        return new IllegalStateException("no output is written, because this job does not own detector "
                + config.detector() + " after " + LONGEST_WAIT.toSeconds() + " s: " + reason);
    }
}
