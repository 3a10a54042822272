package dev.noether.testing.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process with its output in a file. {@link #close} ends it, gently first. */
public final class ChildProcess implements AutoCloseable {
    private static final int TAIL_LINES = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a process.
     *
     * @param name name for messages
     * @param command words of the command line
     * @param environment variables in addition to those of this JVM
     * @param folder working directory
     * @param log file that the output is appended to
     */
    public static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path folder, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The own JVM's options are none of its children's.
        builder.environment().keySet().removeIf(key -> key.startsWith("MAVEN") || key.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name + ": " + command, e);
        }
    }

    /** Whether the process runs, or is stopped by a signal. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Waits for the process to end by itself and returns its exit code. */
    public int awaitExit(Duration timeout) {
        if (!waitFor(timeout)) {
            throw failure("did not end within " + timeout);
        }
        return process.exitValue();
    }

    /** Ends it as kill -9 does. */
    public void kill() {
        process.destroyForcibly();
        if (!waitFor(PATIENCE)) {
            throw failure("survived kill -9");
        }
    }

    /** Ends it as {@code docker stop} does: a request, and force where it is not heard. */
    @Override
    public void close() {
        process.destroy();
        if (!waitFor(PATIENCE)) {
            kill();
        }
    }

    /** Ends it as kill -9 does, and does not wait. */
    public void destroyNow() {
        process.destroyForcibly();
    }

    /** The file with its output. */
    public Path log() {
        return log;
    }

    /** Its whole output so far. */
    public String output() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /** An exception that names the process, its state, what it did not do, and the end of its log. */
    public ProcessFailedException failure(String what) {
        return new ProcessFailedException(name + " (process " + pid() + ", "
                + (isAlive() ? "running" : "ended with " + process.exitValue()) + ") " + what
                + "; the end of its log:\n"
                + tail());
    }

    private String tail() {
        List<String> lines = output().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    private boolean waitFor(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }
}
