package dev.noether.cli.scenario;

import dev.noether.schemas.TrainingRun;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of a {@code noether} command with the class path and the options of this JVM. */
final class CommandProcess implements AutoCloseable {
    private static final String MAIN = "dev.noether.cli.Main";

    private final Process process;
    private final Path output;

    private CommandProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts a process.
     *
     * @param folder working directory, with the output and the log of the process
     * @param arguments the command and its options
     */
    static CommandProcess start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Xmx") && !option.startsWith("-agent"))
                .forEach(command::add);
        command.addAll(List.of("-Xmx700m", "-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(List.of(arguments));
        Files.createDirectories(folder);
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new CommandProcess(process, output);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether a training is one of this process. */
    boolean runs(TrainingRun run) {
        return run.runner().startsWith("process " + pid() + " ");
    }

    /** Starts a retrainer of a detector file, or of a folder of them. */
    static CommandProcess retrainer(Path folder, Path config) throws IOException {
        return start(folder, "retrainer", "--config", config.toString());
    }

    /** Sends SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Last lines that it printed. */
    String output() throws IOException {
        return Files.readString(output).strip();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
