package dev.noether.cli.console;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/** The log file of a command. The console shows no log lines. */
public final class LogFile {
    private static final String PROPERTY = "noether.log";
    private static final Path DEFAULT = Path.of(".noether", "noether.log");

    private LogFile() {}

    /**
     * Starts logging into {@code noether.log} in a folder. Must be called before the first logger is made.
     *
     * @param folder folder of the log file; created if it is missing
     * @return the log file
     */
    public static Path in(Path folder) {
        OutputPath.make("", folder);
        Path file = folder.resolve("noether.log");
        System.setProperty(PROPERTY, file.toString());
        // Log lines are written at once, so no shutdown hook is needed. A hook cannot be added after Ctrl-C.
        System.setProperty("log4j2.shutdownHookEnabled", "false");
        // In another thread: an interrupt during the start of Log4j would disable logging and print a stack trace.
        CompletableFuture.runAsync(() -> LoggerFactory.getLogger(LogFile.class)).join();
        return file;
    }

    /** The current log file. */
    public static Path current() {
        return Path.of(System.getProperty(PROPERTY, DEFAULT.toString()));
    }
}
