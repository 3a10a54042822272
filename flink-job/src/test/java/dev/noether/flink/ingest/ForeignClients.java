package dev.noether.flink.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.noether.testing.deployment.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of {@code docs/examples} and kcat with the clients that {@code .ci/install-clients} has unpacked. */
final class ForeignClients {
    private static final Path CLIENTS = ProjectFiles.file("target/clients");
    private static final String PYTHON_PACKAGES =
            CLIENTS.resolve("usr/lib/python3/dist-packages").toString();
    private static final String LIBRARIES =
            CLIENTS.resolve("usr/lib/x86_64-linux-gnu").toString();
    private static final String MISSING =
            "skipped: %s is missing; .ci/install-clients unpacks the clients into target/clients";
    private static final int SECONDS = 90;

    private ForeignClients() {}

    /** Runs a program of an example; skips the test if its language or its client is not there. */
    static String run(String file, Path folder, String... arguments) throws Exception {
        Path program = ProjectFiles.file("docs/examples").resolve(file);
        List<String> command = new ArrayList<>(
                switch (file.substring(file.lastIndexOf('.'))) {
                    case ".js" -> node();
                    case ".py" -> python();
                    case ".java" -> java();
                    default -> throw new IllegalArgumentException("no language runs " + file);
                });
        command.add(program.toString());
        command.addAll(List.of(arguments));
        return run(command, folder);
    }

    /** Runs kcat; skips the test if it is not there. */
    static String kcat(Path folder, String... arguments) throws Exception {
        Path program = CLIENTS.resolve("usr/bin/kcat");
        assume(Files.isExecutable(program), "kcat");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return run(command, folder);
    }

    private static List<String> node() {
        assume(isOnPath("node"), "Node.js");
        assume(Files.isDirectory(CLIENTS.resolve("node_modules/kafkajs")), "kafkajs");
        assume(Files.isDirectory(CLIENTS.resolve("node_modules/avsc")), "avsc");
        return List.of("node");
    }

    private static List<String> python() throws Exception {
        assume(isOnPath("python3"), "Python");
        Process check =
                start(List.of("python3", "-c", "import confluent_kafka"), Files.createTempFile("python", ".txt"));
        assume(check.waitFor(SECONDS, TimeUnit.SECONDS) && check.exitValue() == 0, "confluent_kafka for this Python");
        return List.of("python3");
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"));
    }

    private static String run(List<String> command, Path folder) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = start(command, output);
        boolean hasEnded = process.waitFor(SECONDS, TimeUnit.SECONDS);
        if (!hasEnded) {
            process.destroyForcibly().waitFor();
        }
        String text = Files.readString(output);
        assertThat(hasEnded && process.exitValue() == 0)
                .as("%s\n%s", command, text)
                .isTrue();
        return text;
    }

    private static Process start(List<String> command, Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "NODE_PATH",
                        CLIENTS.resolve("node_modules").toString(),
                        "PYTHONPATH",
                        PYTHON_PACKAGES,
                        "LD_LIBRARY_PATH",
                        LIBRARIES));
        return builder.start();
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void assume(boolean isThere, String what) {
        String reason = MISSING.formatted(what);
        if (!isThere) {
            System.out.println(reason);
        }
        assumeTrue(isThere, reason);
    }
}
