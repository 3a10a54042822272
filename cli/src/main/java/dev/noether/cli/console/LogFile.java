package dev.noether.cli.console;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/** Where the log goes: a file, so that the console stays readable. Must be said before the first logger is made. */
public final class LogFile {
    private static final String PROPERTY = "noether.log";
    private static final Path DEFAULT = Path.of(".noether", "noether.log");

    private LogFile() {}

    /** Starts logging, into {@code noether.log} in a folder, which is created where it is missing. */
    public static Path in(Path folder) {
        OutputPath.make("", folder);
        Path file = folder.resolve("noether.log");
        System.setProperty(PROPERTY, file.toString());
        // Written at once, so that nothing is left to do at the end; and a hook cannot be set once Ctrl-C was pressed.
        System.setProperty("log4j2.shutdownHookEnabled", "false");
        // Where nobody interrupts it: Ctrl-C amid its start would leave no logging, and a stack trace on the console.
        CompletableFuture.runAsync(() -> LoggerFactory.getLogger(LogFile.class)).join();
        return file;
    }

    /** Where the log goes. */
    public static Path current() {
        return Path.of(System.getProperty(PROPERTY, DEFAULT.toString()));
    }
}
