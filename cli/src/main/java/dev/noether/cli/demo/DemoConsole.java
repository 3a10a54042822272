package dev.noether.cli.demo;

import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.StackDirectory;
import dev.noether.console.Console;
import dev.noether.console.http.ServerStartException;
import dev.noether.flink.config.ConsoleSection;
import dev.noether.flink.config.DetectorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console of a demonstration, at its usual port or at a free one. Thread safe. */
final class DemoConsole implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemoConsole.class);
    private static final int TOKEN_BYTES = 16;

    /** Only this user may read the token. */
    private static final FileAttribute<?> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Console console;
    private final Screen screen;

    private DemoConsole(Console console, Screen screen) {
        this.console = console;
        this.screen = screen;
    }

    /** Starts a console and says where it is. */
    static DemoConsole start(DetectorConfig detector, StackDirectory directory, Screen screen) {
        Path token = token(directory);
        DetectorConfig config = detector.with(
                        ConsoleSection.DIRECTORY, directory.console().toUri())
                .with(ConsoleSection.TOKEN_FILE, token.toString());
        Console console = start(config);
        screen.line("Watch it at " + console.url() + " (the token for judging incidents is in " + token + ").");
        return new DemoConsole(console, screen);
    }

    private static Console start(DetectorConfig config) {
        try {
            return Console.start(config);
        } catch (ServerStartException e) {
            LOG.info("The usual port of the console is taken: {}", e.getMessage());
            return Console.start(config.with(ConsoleSection.PORT, 0));
        }
    }

    private static Path token(StackDirectory directory) {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        Path file = directory.console().resolve("token");
        try {
            Files.createDirectories(directory.console());
            Files.deleteIfExists(file);
            Files.createFile(file, OWN);
            return Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    /** Stays open until the user stops the program. */
    void stay() {
        screen.line("The console stays open at " + console.url() + " until Ctrl-C.");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            screen.line("Stopped.");
        }
    }

    @Override
    public void close() {
        console.close();
    }
}
