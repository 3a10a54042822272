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
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker with its own KRaft controller in this JVM, on the loopback interface only.
 *
 * <p>It is the same code that a cluster of one runs: transactions, consumer groups and compaction work as they do there.
 * All data stay in the directory given, so that a start on the same directory goes on where the last one ended, after
 * {@link #close()} at once, after a kill with a few seconds of waiting for the old session to run out. Topics keep
 * everything and accept any record timestamp, because timestamps are event time here.
 *
 * <p>Thread-safe. What Kafka logs is the caller's business. Kafka halts the JVM where it can no longer write its
 * directory (a full disk); that is Kafka's own protection of the data and is left as it is.
 */
public final class EmbeddedBroker implements AutoCloseable {
    /** How long {@link #start(Path, int)} waits. */
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
     * @param directory where the data live; created and formatted where that has not happened yet
     * @param port TCP port for clients, or 0 for a free one
     * @param timeout how long to wait for the broker, positive
     * @throws PortInUseException if the port is taken
     * @throws BrokerStartException if the directory belongs to a running broker, is no broker directory, cannot be
     *     written, or if the broker is not ready in time
     */
    public static EmbeddedBroker start(Path directory, int port, Duration timeout) {
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
                return new EmbeddedBroker(startServer(logDirectory, sockets, timeout), lock, sockets.clientPort());
            } catch (RuntimeException exception) {
                closeQuietly(lock, exception);
                throw exception;
            }
        } catch (RuntimeException exception) {
            sockets.close();
            throw exception;
        }
    }

    /** The address for clients, {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return BrokerProperties.HOST + ":" + port;
    }

    /** The TCP port for clients. */
    public int port() {
        return port;
    }

    /**
     * Creates the topics that do not exist yet and returns when clients can see them; an existing one is left as it is.
     *
     * @throws IllegalStateException if Kafka refuses or does not answer in time
     */
    public void createTopics(Topic... topics) {
        TopicCreator.createIfAbsent(bootstrapServers(), topics);
    }

    /** Stops the broker in order and waits for it, a second or so; a second call does nothing. */
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

    /** Two starts on one directory would otherwise meet inside Kafka, which then halts the JVM. */
    private static FileChannel lock(Path file) {
        try {
            Files.createDirectories(file.resolveSibling("log"));
            FileChannel channel = FileChannel.open(file, CREATE, WRITE);
            try {
                if (channel.tryLock() != null) {
                    return channel;
                }
            } catch (OverlappingFileLockException inThisProcess) {
                // The same answer as for another process.
            }
            channel.close();
        } catch (IOException exception) {
            throw new BrokerStartException(
                    "the broker directory " + file.getParent() + " cannot be written: " + exception, exception);
        }
        throw new BrokerStartException("the broker directory " + file.getParent()
                + " belongs to a running broker; stop that one or choose another directory");
    }

    /** {@code meta.properties} is the last file that formatting writes: without it the work was never finished. */
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

    /** Kafka is written in Scala and throws checked exceptions without declaring them, so everything is caught. */
    private static CombinedServer startServer(Path logDirectory, Sockets sockets, Duration timeout) {
        Properties properties =
                BrokerProperties.of(logDirectory, sockets.clientPort(), sockets.controllerPort(), timeout);
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
