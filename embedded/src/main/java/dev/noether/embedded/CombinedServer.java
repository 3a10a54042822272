package dev.noether.embedded;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A broker and a controller on one metadata log, combined as in {@link KafkaRaftServer}, with two differences because
 * other code runs in the same JVM: a failed start throws an exception instead of {@code System.exit}, and the caller
 * opens the sockets.
 */
final class CombinedServer {
    private final Metrics metrics = new Metrics(Time.SYSTEM);
    private final ControllerServer controller;
    private final BrokerServer broker;
    /** Only faults of a running broker may end the JVM, because only then acknowledged data could be lost. */
    private volatile boolean isRunning;

    /**
     * Makes a server.
     *
     * @param properties settings of a combined node on a formatted directory
     * @param sockets open sockets
     */
    CombinedServer(Properties properties, Sockets sockets) {
        KafkaConfig config = new KafkaConfig(properties, false);
        Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directory = KafkaRaftServer.initializeLogDirs(
                config, LoggerFactory.getLogger(CombinedServer.class), "[embedded broker] ");
        SharedServer shared = new SharedServer(
                config,
                directory._1(),
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(Map.of(
                        BrokerProperties.NODE_ID,
                        new InetSocketAddress(BrokerProperties.HOST, sockets.controllerPort()))),
                List.of(),
                faultHandlers(),
                sockets);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directory._2());
        broker = new BrokerServer(shared);
    }

    /**
     * Starts the server and returns when clients can use it. Kafka may throw checked exceptions without declaring them.
     */
    void start() {
        controller.startup();
        broker.startup();
        isRunning = true;
    }

    void stop() {
        isRunning = false;
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
        metrics.close();
    }

    private FaultHandlerFactory faultHandlers() {
        StandardFaultHandlerFactory standardHandlers = new StandardFaultHandlerFactory();
        return (name, fatal, action) -> {
            FaultHandler standard = standardHandlers.build(name, fatal, action);
            FaultHandler logging = new LoggingFaultHandler(name, action);
            return (message, cause) -> (isRunning ? standard : logging).handleFault(message, cause);
        };
    }
}
