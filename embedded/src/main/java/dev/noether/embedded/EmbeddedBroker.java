package dev.noether.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker with its own KRaft controller in this JVM, on the loopback interface only.
 *
 * <p>It runs the code of a Kafka cluster with one node: transactions, consumer groups and compaction work as usual. All
 * data are in one directory, so a broker that starts on the same directory continues with the data of the last one.
 * After a kill the start takes up to nine seconds, until the old session has expired. Topics keep all records and accept all
 * record timestamps, because timestamps are event time.
 *
 * <p>Thread safe. The caller configures Kafka's logging. If Kafka cannot write its directory any more (a full disk), it
 * halts the JVM to protect the data.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** The longest time that {@link #start(Path, int)} waits. */
    public static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(60);

    private static final String META_PROPERTIES = "meta.properties";

    private final CombinedServer server;
    private final FileChannel lock;
    private final int port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(CombinedServer server, FileChannel lock, int port) {
        this.server = server;
        this.lock = lock;
        this.port = port;
    }

    /**
     * Starts a broker and returns when clients can use it, within {@link #DEFAULT_START_TIMEOUT}.
     *
     * @see #start(Path, int, Duration)
     */
    public static EmbeddedBroker start(Path directory, int port) {
        return start(directory, port, DEFAULT_START_TIMEOUT);
    }

    /**
     * Starts a broker and returns when clients can use it.
     *
     * @param directory directory of the data; created and formatted if necessary
     * @param port TCP port for clients, or 0 for a free one
     * @param timeout longest waiting time, positive
     * @throws PortInUseException if another process uses the port
     * @throws BrokerStartException if the directory belongs to a running broker, is no broker directory or cannot be
     *     written, or if the broker is not ready in time
     */
    public static EmbeddedBroker start(Path directory, int port, Duration timeout) {
        return start(directory, port, timeout, Map.of());
    }

    /**
     * Starts a broker with other settings and returns when clients can use it.
     *
     * @param settings Kafka settings by name; they replace those of the same name, except that {@code listeners},
     *     {@code advertised.listeners} and {@code listener.security.protocol.map} are added to the broker's own
     * @see #start(Path, int, Duration)
     */
    public static EmbeddedBroker start(Path directory, int port, Duration timeout, Map<String, String> settings) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("`port` must be in [0, 65535] (got " + port + ")");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("`timeout` must be positive (got " + timeout + ")");
        }
        Path logDirectory = directory.toAbsolutePath().normalize().resolve("log");
        Sockets sockets = Sockets.bind(port);
        try {
            FileChannel lock = lock(logDirectory.resolveSibling("broker.lock"));
            try {
                format(logDirectory);
                return new EmbeddedBroker(
                        startServer(logDirectory, sockets, timeout, settings), lock, sockets.clientPort());
            } catch (RuntimeException exception) {
                closeQuietly(lock, exception);
                throw exception;
            }
        } catch (RuntimeException exception) {
            sockets.close();
            throw exception;
        }
    }

    /** Returns the address for clients, {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return BrokerProperties.HOST + ":" + port;
    }

    /** Returns the TCP port for clients. */
    public int port() {
        return port;
    }

    /**
     * Creates the topics that do not exist yet, and returns when clients can see them. Existing topics are not changed.
     *
     * @throws IllegalStateException if Kafka refuses or does not answer in time
     */
    public void createTopics(Topic... topics) {
        TopicCreator.createIfAbsent(bootstrapServers(), topics);
    }

    /** Stops the broker and waits for its end, about a second. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try (lock) {
            server.stop();
        } catch (IOException exception) {
            throw new UncheckedIOException("the lock of the broker directory was not released", exception);
        }
    }

    /** Locks the directory. Without the lock, two brokers on one directory would make Kafka halt the JVM. */
    private static FileChannel lock(Path file) {
        try {
            Files.createDirectories(file.resolveSibling("log"));
            FileChannel channel = FileChannel.open(file, CREATE, WRITE);
            try {
                if (channel.tryLock() != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException inThisProcess) {
                // This process has the lock; the message is the same as for another process.
            }
            channel.close();
        } catch (IOException exception) {
            throw new BrokerStartException(
                    "the broker directory " + file.getParent() + " cannot be written: " + exception, exception);
        }
        throw new BrokerStartException("the broker directory " + file.getParent()
                + " belongs to a running broker; stop that one or choose another directory");
    }

    /** Formats the directory, if it has no {@code meta.properties}, the last file that formatting writes. */
    private static void format(Path logDirectory) {
        if (Files.exists(logDirectory.resolve(META_PROPERTIES))) {
            return;
        }
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setMetadataLogDirectory(logDirectory.toString())
                    .addDirectory(logDirectory.toString())
                    .run();
        } catch (Exception exception) {
            throw new BrokerStartException(
                    "the broker directory " + logDirectory + " cannot be formatted: " + exception, exception);
        }
    }

    /**
     * Catches all exceptions, because Kafka is written in Scala and throws checked exceptions without declaring them.
     */
    private static CombinedServer startServer(
            Path logDirectory, Sockets sockets, Duration timeout, Map<String, String> settings) {
        Properties properties =
                BrokerProperties.of(logDirectory, sockets.clientPort(), sockets.controllerPort(), timeout);
        BrokerProperties.add(properties, settings);
        CombinedServer server;
        try {
            server = new CombinedServer(properties, sockets);
        } catch (Exception exception) {
            throw failure(logDirectory, timeout, exception);
        }
        try {
            server.start();
            return server;
        } catch (Exception exception) {
            BrokerStartException failure = failure(logDirectory, timeout, exception);
            try {
                server.stop();
            } catch (Exception afterFailure) {
                failure.addSuppressed(afterFailure);
            }
            throw failure;
        }
    }

    private static BrokerStartException failure(Path logDirectory, Duration timeout, Exception exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return new BrokerStartException(
                        "the broker was not ready within " + timeout.toMillis() + " ms", exception);
            }
        }
        return new BrokerStartException(
                "the broker did not start on " + logDirectory + ": " + exception.getMessage(), exception);
    }

    private static void closeQuietly(FileChannel channel, Exception reason) {
        try {
            channel.close();
        } catch (IOException exception) {
            reason.addSuppressed(exception);
        }
    }
}
