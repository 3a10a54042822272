package dev.noether.flink.owner;

import dev.noether.flink.config.DetectorConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The check, before a job is submitted, that no other job owns the detector. One instance makes one check. */
public final class OwnerCheck {
    /** Longer than the session of an owner: by then one that has crashed is no longer a member. */
    private static final Duration LONGEST_WAIT = OwnerClaim.SESSION.plusSeconds(2);

    /** A removed member that lives joins again after its next heartbeat. */
    private static final Duration REJOIN = OwnerClaim.HEARTBEAT.multipliedBy(2);

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final DetectorConfig config;
    private final OwnerRole role;
    private final OwnerGroup group;
    private final Consumer<String> messages;

    private OwnerCheck(DetectorConfig config, OwnerRole role, OwnerGroup group, Consumer<String> messages) {
        this.config = config;
        this.role = role;
        this.group = group;
        this.messages = messages;
    }

    /**
     * Returns if the detector has no owner. An owner on another machine may have crashed: the method then waits until
     * its session has ended.
     *
     * @param messages receiver of lines for a person, such as the reason to wait
     * @throws OwnerException if the detector has an owner, or Kafka does not allow to find out
     * @throws dev.noether.flink.kafka.TopicException if Kafka does not answer
     */
    public static void require(DetectorConfig config, Consumer<String> messages) throws InterruptedException {
        require(config, OwnerRole.SCORER, messages);
    }

    /**
     * Returns if no other job does with the detector what this one will do.
     *
     * @param role what this job will do
     * @param messages receiver of lines for a person, such as the reason to wait
     * @throws OwnerException if there is another one, or Kafka does not allow to find out
     * @throws dev.noether.flink.kafka.TopicException if Kafka does not answer
     */
    public static void require(DetectorConfig config, OwnerRole role, Consumer<String> messages)
            throws InterruptedException {
        try (OwnerGroup group = new OwnerGroup(config, role, TIMEOUT)) {
            new OwnerCheck(config, role, group, messages).run();
        }
    }

    private void run() throws InterruptedException {
        OwnerGroup.Members members = group.members();
        Optional<OwnerIdentity> owner = members.candidate();
        if (owner.isEmpty()) {
            return;
        }
        if (members.all().stream().allMatch(OwnerIdentity::hasEnded)) {
            messages.accept("Detector " + config.detector() + " was " + role.participle() + " by "
                    + owner.get().describe() + ". That process has ended; this one takes over.");
            group.removeMembers();
            refuseWithin(REJOIN);
        } else if (owner.get().isOnThisHost()) {
            throw OwnerGroup.owned(config, role, owner.get());
        } else {
            messages.accept("Detector " + config.detector() + " is " + role.participle() + " by "
                    + owner.get().describe() + ". Waiting at most " + LONGEST_WAIT.toSeconds()
                    + " s, in case that process has ended.");
            awaitEnd(owner.get());
        }
    }

    /** Watches for members that join. */
    private void refuseWithin(Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Thread.sleep(PAUSE.toMillis());
            Optional<OwnerIdentity> joined = group.members().candidate();
            if (joined.isPresent()) {
                throw OwnerGroup.owned(config, role, joined.get());
            }
        }
    }

    private void awaitEnd(OwnerIdentity first) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        Optional<OwnerIdentity> owner = Optional.of(first);
        while (owner.isPresent()) {
            if (System.nanoTime() - deadline > 0) {
                throw OwnerGroup.owned(config, role, owner.get());
            }
            Thread.sleep(PAUSE.toMillis());
            owner = group.members().candidate();
        }
    }
}
