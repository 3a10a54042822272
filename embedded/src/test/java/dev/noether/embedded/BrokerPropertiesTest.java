package dev.noether.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be checked without a running broker: its settings, its sockets and refusals to start. */
final class BrokerPropertiesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(7);

    @TempDir
    private Path directory;

    private Properties properties() {
        return BrokerProperties.of(directory, 19_092, 19_093, TIMEOUT);
    }

    @Test
    void kafkaAcceptsAndKnowsEachSetting() {
        KafkaConfig config = new KafkaConfig(properties(), false);
        for (String name : properties().stringPropertyNames()) {
            assertThat(KafkaConfig.configNames().contains(name)).as(name).isTrue();
        }
        assertThat(config.nodeId()).isEqualTo(BrokerProperties.NODE_ID);
    }

    @Test
    void theBrokerListensOnTheLoopbackInterfaceOnly() {
        for (String name : List.of("listeners", "advertised.listeners", "controller.quorum.voters")) {
            for (String address : properties().getProperty(name).split(",")) {
                assertThat(address).as(name).containsPattern("(//|@)127\\.0\\.0\\.1:1909[23]$");
            }
        }
        assertThat(properties().getProperty("advertised.listeners")).isEqualTo("BROKER://127.0.0.1:19092");
    }

    @Test
    void recordsOfAnyAgeAreKeptAndTimesAheadAreLimitedByTopic() {
        assertThat(properties())
                .containsEntry("log.retention.ms", "-1")
                .doesNotContainKey("log.message.timestamp.after.max.ms")
                .doesNotContainKey("log.message.timestamp.before.max.ms");
    }

    @Test
    void eachInternalTopicNeedsOneReplicaOnly() {
        Properties properties = properties();
        assertThat(properties.stringPropertyNames())
                .filteredOn(name -> name.endsWith("replication.factor") || name.endsWith("min.isr"))
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(name ->
                        assertThat(properties.getProperty(name)).as(name).isEqualTo("1"));
        assertThat(properties).containsEntry("min.insync.replicas", "1");
    }

    @Test
    void aMisspeltTopicIsNotCreatedAndTheTimeLimitIsPassedOn() {
        assertThat(properties())
                .containsEntry("auto.create.topics.enable", "false")
                .containsEntry("server.max.startup.time.ms", "7000");
    }

    /** A follower that may fetch less than a producer may send would stop at the first large record. */
    @Test
    void whatMayBeWrittenMayBeFetched() {
        assertThat(properties().getProperty("replica.fetch.max.bytes"))
                .isEqualTo(properties().getProperty("message.max.bytes"));
    }

    @Test
    void twoBrokersNeverGetTheSameFreePorts() {
        try (Sockets first = Sockets.bind(0);
                Sockets second = Sockets.bind(0)) {
            assertThat(List.of(
                            first.clientPort(), first.controllerPort(), second.clientPort(), second.controllerPort()))
                    .doesNotHaveDuplicates()
                    .allMatch(port -> port > 0);
        }
    }

    @Test
    void closedSocketsFreeTheirPorts() throws IOException {
        Sockets sockets = Sockets.bind(0);
        int port = sockets.clientPort();
        assertThatThrownBy(() -> Sockets.bind(port)).isInstanceOf(PortInUseException.class);
        sockets.close();
        assertThatCode(sockets::close).doesNotThrowAnyException();
        try (ServerSocket free = new ServerSocket()) {
            free.setReuseAddress(true);
            free.bind(new InetSocketAddress(InetAddress.getByName(BrokerProperties.HOST), port));
            assertThat(free.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void eachListenerGetsItsOwnSocket() throws IOException {
        try (Sockets sockets = Sockets.bind(0)) {
            InetSocketAddress ignored = InetSocketAddress.createUnresolved("ignored", 1);
            ServerSocketChannel client = sockets.openServerSocket("BROKER", ignored, -1, -1);
            ServerSocketChannel controller =
                    sockets.openServerSocket(BrokerProperties.CONTROLLER_LISTENER, ignored, -1, -1);
            assertThat(client.socket().getLocalPort()).isEqualTo(sockets.clientPort());
            assertThat(controller.socket().getLocalPort()).isEqualTo(sockets.controllerPort());
            assertThat(client.socket().getInetAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void aPortInUseIsReportedWithItsNumberAndLeavesTheDirectoryAlone() throws IOException {
        Path untouched = directory.resolve("broker");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(BrokerProperties.HOST))) {
            assertThatThrownBy(() -> EmbeddedBroker.start(untouched, taken.getLocalPort()))
                    .isInstanceOfSatisfying(
                            PortInUseException.class,
                            exception -> assertThat(exception.port()).isEqualTo(taken.getLocalPort()));
        }
        assertThat(untouched).doesNotExist();
    }

    @Test
    void aLockedDirectoryIsNamedAndItsPortIsFreeAgain() throws IOException {
        Path locked = Files.createDirectories(directory.resolve("broker"));
        int port;
        try (Sockets sockets = Sockets.bind(0)) {
            port = sockets.clientPort();
        }
        try (FileChannel channel = FileChannel.open(
                        locked.resolve("broker.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            for (int i = 0; i < 2; i++) {
                // The second attempt would find the port in use if the first had not closed its sockets.
                assertThatThrownBy(() -> EmbeddedBroker.start(locked, port))
                        .isExactlyInstanceOf(BrokerStartException.class)
                        .hasMessage("the broker directory " + locked
                                + " belongs to a running broker; stop that one or choose another directory");
            }
        }
    }

    @Test
    void wrongArgumentsAreRefusedBeforeAnythingIsCreated() {
        Path untouched = directory.resolve("broker");
        for (int port : new int[] {-1, 65_536, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> EmbeddedBroker.start(untouched, port))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("`port` must be in [0, 65535] (got " + port + ")");
        }
        assertThatThrownBy(() -> EmbeddedBroker.start(untouched, 0, Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("`timeout` must be positive (got PT-0.001S)");
        assertThat(untouched).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNoBrokerDirectoryIsNamed() throws IOException {
        Path log = Files.createDirectories(directory.resolve("log"));
        Files.writeString(log.resolve("meta.properties"), "version=1\nnode.id=99\ncluster.id=x\n");
        assertThatThrownBy(() -> EmbeddedBroker.start(directory, 0, Duration.ofSeconds(20)))
                .isExactlyInstanceOf(BrokerStartException.class)
                .hasMessageStartingWith("the broker did not start on " + log);
    }

    @Test
    void aTopicNeedsANameAndARetention() {
        assertThatThrownBy(() -> Topic.plain(null, 1)).hasMessage("`name` must not be null");
        assertThatThrownBy(() -> new Topic("scores", 1, null)).hasMessage("`retention` must not be null");
        assertThatThrownBy(() -> Topic.compacted("models", -1)).hasMessage("`partitions` must be at least 1 (got -1)");
    }
}
