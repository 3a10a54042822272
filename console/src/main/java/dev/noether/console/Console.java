package dev.noether.console;

import dev.noether.console.api.ConsoleApi;
import dev.noether.console.follow.TopicFollowers;
import dev.noether.console.http.ConsoleServer;
import dev.noether.console.http.ServerAddress;
import dev.noether.console.store.ConsoleStore;
import dev.noether.console.store.StoreException;
import dev.noether.console.store.StoreRetention;
import dev.noether.flink.config.ConfigurationException;
import dev.noether.flink.config.ConsoleAccessOptions;
import dev.noether.flink.config.DetectorConfig;
import java.io.IOException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running console of one detector: the store, the followers of the topics, and the server. Thread safe. */
public final class Console implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final int STATUS_SECONDS = 2;
    private static final int KEEP_ALIVE_SECONDS = 15;
    private static final int FLINK_SECONDS = 5;
    private static final int RETENTION_SECONDS = 60;
    private static final int LEAST_TOKEN = 16;

    private final ConsoleStore store;
    private final TopicFollowers followers;
    private final ConsoleServer server;
    private final ConsoleApi api;
    private final ScheduledExecutorService timer;

    private Console(
            ConsoleStore store,
            TopicFollowers followers,
            ConsoleServer server,
            ConsoleApi api,
            ScheduledExecutorService timer) {
        this.store = store;
        this.followers = followers;
        this.server = server;
        this.api = api;
        this.timer = timer;
    }

    /**
     * Starts a console. It does not wait for Kafka.
     *
     * @throws ConfigurationException if a file that the configuration names cannot be used
     * @throws StoreException if the store cannot be opened
     * @throws dev.noether.console.http.ServerStartException if the server cannot listen
     */
    public static Console start(DetectorConfig config) {
        Path token = tokenFile(config.console().access());
        ServerAddress address = new ServerAddress(
                config.console().bind(),
                config.console().port(),
                config.console().access().hosts(),
                keys(config.console().access()));
        ConsoleStore store = ConsoleStore.open(directory(config), config.detector());
        ConsoleApi api = new ConsoleApi(config, store, token);
        TopicFollowers followers = TopicFollowers.start(config, store, api);
        try {
            api.begin(followers);
            ConsoleServer server = ConsoleServer.start(address, api.routes(), api.streams());
            Console console = new Console(store, followers, server, api, timer());
            console.schedule(config);
            return console;
        } catch (RuntimeException e) {
            followers.close();
            store.close();
            throw e;
        }
    }

    private static Path directory(DetectorConfig config) {
        try {
            return Path.of(config.console().store().directory());
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new ConfigurationException(
                    "configuration",
                    List.of("`console.directory` must be on this machine (got "
                            + config.console().store().directory() + ")"));
        }
    }

    private static @Nullable Path tokenFile(ConsoleAccessOptions access) {
        if (access.tokenFile().isEmpty()) {
            return null;
        }
        Path file = Path.of(access.tokenFile());
        String token = read("console.tokenFile", file);
        if (token.length() < LEAST_TOKEN) {
            throw new ConfigurationException(
                    "configuration",
                    List.of("the token in the file of `console.tokenFile` must have at least " + LEAST_TOKEN
                            + " characters (got " + token.length() + ")"));
        }
        return file;
    }

    private static ServerAddress.@Nullable KeyStore keys(ConsoleAccessOptions access) {
        if (access.keyStoreFile().isEmpty()) {
            return null;
        }
        String password = access.keyStorePasswordFile().isEmpty()
                ? ""
                : read("console.keyStorePasswordFile", Path.of(access.keyStorePasswordFile()));
        Path file = Path.of(access.keyStoreFile());
        if (!Files.isReadable(file)) {
            throw new ConfigurationException(
                    "configuration", List.of("`console.keyStoreFile` cannot be read (got " + file + ")"));
        }
        return new ServerAddress.KeyStore(file, password);
    }

    private static String read(String key, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "configuration", List.of("the file of `" + key + "` cannot be read (got " + file + ")"));
        }
    }

    private static ScheduledExecutorService timer() {
        return Executors.newScheduledThreadPool(2, task -> {
            Thread thread = new Thread(task, "console-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    private void schedule(DetectorConfig config) {
        StoreRetention retention = new StoreRetention(
                store,
                config.console().store().retention(),
                config.console().store().storeBytes());
        every(STATUS_SECONDS, api::tick);
        every(KEEP_ALIVE_SECONDS, api.streams()::keepAlive);
        every(RETENTION_SECONDS, () -> retention.run(System.currentTimeMillis()));
        every(FLINK_SECONDS, api::askFlink);
    }

    /** Work that may be interrupted. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private void every(int seconds, Work work) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException | Error e) {
                        // An error must not end the work for ever.
                        LOG.warn("A task of the console failed and is repeated.", e);
                    }
                },
                seconds,
                seconds,
                TimeUnit.SECONDS);
    }

    /** Returns the address that a browser on this machine takes. */
    public String url() {
        return server.url();
    }

    /** Returns what anybody who reaches the port can do, one line each; empty if only this machine reaches it. */
    public static List<String> warnings(DetectorConfig config) {
        List<String> warnings = new ArrayList<>();
        if (!ConsoleServer.isLoopback(config.console().bind())) {
            boolean hasKeys = !config.console().access().keyStoreFile().isEmpty();
            warnings.add("Whoever reaches this port sees all entities, values and incidents of the detector"
                    + (hasKeys ? "." : ", and the traffic is not encrypted (console.keyStoreFile)."));
        }
        return warnings;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        api.streams().close();
        server.close();
        api.close();
        followers.close();
        store.close();
    }
}
