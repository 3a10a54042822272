package dev.noether.flink.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.noether.embedded.EmbeddedBroker;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.kafka.TopicSetup;
import dev.noether.model.feature.FeatureSchema;
import dev.noether.testing.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a detector with a real broker; the owners are members without a job. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class OwnerCheckIT {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final OwnerIdentity HERE = OwnerIdentity.ofThisProcess("0123", "here");

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    private final List<String> messages = new ArrayList<>();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void anOwnerThatLeavesMakesRoom() throws Exception {
        DetectorConfig config = config("leaves");
        OwnerCheck.require(config, messages::add);
        try (OwnerClaim owner = owner(config, HERE)) {
            assertThatThrownBy(() -> OwnerCheck.require(config, messages::add))
                    .isInstanceOf(OwnerException.class)
                    .hasMessage("detector leaves is already scored by " + HERE.describe()
                            + " (Flink job 0123); stop it, or give this detector another name");
            assertThat(owner.renew(POLL)).isTrue();
        }
        OwnerCheck.require(config, messages::add);
        assertThat(messages).isEmpty();
    }

    @Test
    void theOwnerKeepsTheDetectorWhenAnotherJobJoins() throws Exception {
        DetectorConfig config = config("kept");
        OwnerIdentity other = new OwnerIdentity(HERE.host(), HERE.pid(), HERE.started(), "/other", "4567", "other");
        try (OwnerClaim owner = owner(config, HERE);
                OwnerClaim second = new OwnerClaim(config, OwnerRole.SCORER, other)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            second.renew(POLL);
                            owner.renew(POLL);
                        }
                    })
                    .isInstanceOf(OwnerException.class)
                    .hasMessageContaining("already scored by " + HERE.describe());
            second.close();
            awaitOwner(owner);
        }
    }

    @Test
    void theOwnerJoinsAgainAfterItWasRemoved() throws Exception {
        DetectorConfig config = config("removed");
        try (OwnerClaim owner = owner(config, HERE);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.removeMembersFromConsumerGroup(
                            OwnerRole.SCORER.group(config), new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
            try (OwnerGroup group = new OwnerGroup(config, OwnerRole.SCORER, Duration.ofSeconds(10))) {
                Patience.await(
                        "the owner in the group",
                        () -> owner.renew(POLL) && group.members().isOwnedBy(HERE.token()),
                        () -> group.members().all());
            }
        }
    }

    /** As a process in another container that has the host's name: it looks ended, but it joins again. */
    @Test
    void anOwnerThatOnlySeemsToHaveEndedIsNotReplaced() throws Exception {
        DetectorConfig config = config("seems");
        OwnerIdentity hidden =
                new OwnerIdentity(HERE.host(), HERE.pid(), HERE.started() - 60_000, "/hidden", "0123", "hidden");
        try (OwnerClaim owner = owner(config, hidden)) {
            Thread life = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        owner.renew(POLL);
                    } catch (RuntimeException stopped) {
                        return;
                    }
                }
            });
            life.start();
            assertThatThrownBy(() -> OwnerCheck.require(config, messages::add))
                    .isInstanceOf(OwnerException.class)
                    .hasMessageContaining("in folder /hidden");
            assertThat(messages).singleElement().asString().endsWith("That process has ended; this one takes over.");
            life.interrupt();
            life.join();
        }
    }

    @Test
    void anOwnerOnAnotherMachineIsWaitedFor() throws Exception {
        DetectorConfig config = config("remote");
        OwnerIdentity remote = new OwnerIdentity("elsewhere", 7, 1, "/remote", "0123", "remote");
        OwnerClaim owner = owner(config, remote);
        Thread check = new Thread(() -> {
            try {
                OwnerCheck.require(config, messages::add);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        check.start();
        Patience.await("the reason to wait", () -> !messages.isEmpty(), () -> messages);
        assertThat(messages).singleElement().asString().contains("process 7 on host elsewhere", "Waiting at most 12 s");
        assertThat(check.isAlive()).isTrue();
        owner.close();
        check.join();
        assertThat(messages).hasSize(1);
    }

    private static OwnerClaim owner(DetectorConfig config, OwnerIdentity identity) throws Exception {
        OwnerClaim owner = new OwnerClaim(config, OwnerRole.SCORER, identity);
        awaitOwner(owner);
        return owner;
    }

    private static void awaitOwner(OwnerClaim owner) throws Exception {
        Patience.await("ownership", () -> owner.renew(POLL), () -> "none");
    }

    private static DetectorConfig config(String detector) {
        DetectorConfig config = DetectorConfig.withDefaults(detector, new FeatureSchema(List.of("cpu")))
                .withBootstrap(broker.bootstrapServers());
        TopicSetup.create(config, 1, (short) 1);
        return config;
    }
}
