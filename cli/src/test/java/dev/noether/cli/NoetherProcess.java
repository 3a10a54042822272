package dev.noether.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A {@code noether} process with the class path and the options of this JVM. */
final class NoetherProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Process process;
    private final Path output;

    private NoetherProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static NoetherProcess start(Path workingDirectory, String... arguments) throws IOException {
        return startWithState(workingDirectory, workingDirectory.resolve("state"), arguments);
    }

    /** Starts a process whose default folders lie in the given one. */
    static NoetherProcess startWithState(Path workingDirectory, Path state, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The JVM of the tests has the options that Flink needs.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("--add-") || option.startsWith("-Dorg.bytedeco"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Xmx1500m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        Path logging = Path.of("").toAbsolutePath().resolveSibling("deploy").resolve("log4j2.xml");
        command.add("-Dlog4j2.configurationFile=" + logging);
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(workingDirectory, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("XDG_STATE_HOME", state.toString());
        return new NoetherProcess(builder.start(), output);
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Waits until a regular expression matches a part of the output. */
    void awaitOutput(String regex) throws InterruptedException {
        Pattern pattern = Pattern.compile(regex);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!pattern.matcher(output()).find()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("no `" + regex + "` in:\n" + output());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Sends SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Sends SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for the end of the process and returns its exit code. */
    int waitFor() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE + ":\n" + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
