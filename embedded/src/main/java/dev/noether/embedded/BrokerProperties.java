package dev.noether.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The settings of a single broker: all that differ from Kafka's defaults, with the reason. */
final class BrokerProperties {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final String CLIENT_LISTENER = "BROKER";
    static final String HOST = "127.0.0.1";

    private BrokerProperties() {}

    /** Settings that are lists of listeners: further ones stand beside the broker's own. */
    private static final Set<String> LISTENERS =
            Set.of("listeners", "advertised.listeners", "listener.security.protocol.map");

    /** Adds settings of the caller; they replace those of the same name, but for lists of listeners. */
    static void add(Properties properties, Map<String, String> settings) {
        settings.forEach((name, value) -> properties.setProperty(
                name, LISTENERS.contains(name) ? properties.getProperty(name) + "," + value : value));
    }

    static Properties of(Path logDirectory, int port, int controllerPort, Duration startTimeout) {
        Properties properties = new Properties();
        addNode(properties, logDirectory, port, controllerPort);
        properties.setProperty("server.max.startup.time.ms", Long.toString(startTimeout.toMillis()));
        addSingleReplica(properties);
        addFastRestart(properties);
        addRetention(properties);
        addSmallFootprint(properties);
        return properties;
    }

    private static void addNode(Properties properties, Path logDirectory, int port, int controllerPort) {
        properties.setProperty("node.id", Integer.toString(NODE_ID));
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("log.dirs", logDirectory.toString());
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        properties.setProperty(
                "listeners",
                "BROKER://" + HOST + ":" + port + "," + CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort);
        properties.setProperty("advertised.listeners", "BROKER://" + HOST + ":" + port);
        properties.setProperty("inter.broker.listener.name", "BROKER");
        properties.setProperty("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
    }

    private static void addSingleReplica(Properties properties) {
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("min.insync.replicas", "1");
        for (String internalTopic :
                new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            properties.setProperty(internalTopic + ".replication.factor", "1");
            // Kafka's default is 50 partitions; each costs files and a leader election at every start.
            properties.setProperty(internalTopic + ".num.partitions", "4");
        }
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    }

    private static void addFastRestart(Properties properties) {
        properties.setProperty("controlled.shutdown.enable", "true");
        // Kafka's default. A shorter session lets the controller fence the only broker when the machine is busy for
        // that long; a producer that writes just then may wait for its whole delivery timeout. The price: after
        // kill -9 the controller accepts no broker with this node's id until the old session has expired.
        properties.setProperty("broker.session.timeout.ms", "9000");
        properties.setProperty("broker.heartbeat.interval.ms", "500");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
    }

    private static void addRetention(Properties properties) {
        properties.setProperty("auto.create.topics.enable", "false");
        properties.setProperty("message.max.bytes", Integer.toString(2 * 1024 * 1024));
        properties.setProperty("replica.fetch.max.bytes", Integer.toString(2 * 1024 * 1024));
        properties.setProperty(
                "transaction.max.timeout.ms", Long.toString(Duration.ofDays(7).toMillis()));
        properties.setProperty(
                "transactional.id.expiration.ms",
                Long.toString(Duration.ofDays(24).toMillis()));
        // Record timestamps are event time. A replay writes records that are months old, which the defaults would
        // delete after a week. The limit of timestamps that are ahead is a setting of each topic.
        properties.setProperty("log.retention.ms", "-1");
    }

    private static void addSmallFootprint(Properties properties) {
        properties.setProperty("num.network.threads", "2");
        properties.setProperty("num.io.threads", "4");
        // Kafka's default is 128 MB of heap, allocated at the start.
        properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
    }
}
