package dev.noether.flink.deployment;

import dev.noether.testing.deployment.ProjectFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Prometheus' programs: those that {@code .ci/install-prometheus} unpacked, or those on the PATH. */
public final class Prometheus {
    /** The reason to skip a test that needs them. */
    public static final String MISSING =
            "Prometheus is not installed; .ci/install-prometheus unpacks it into target/prometheus";

    private static final Path DEBIAN_TEMPLATES = Path.of("/usr/share/prometheus/alertmanager/default.tmpl");

    private Prometheus() {}

    static Optional<Path> promtool() {
        return program("promtool");
    }

    /** Returns the server, if it is there. */
    public static Optional<Path> server() {
        return program("prometheus");
    }

    /**
     * Returns Alertmanager, if it is there. Debian's name has a prefix, and Debian's program does not start without its
     * templates.
     */
    public static Optional<Path> alertmanager() {
        return program("prometheus-alertmanager")
                .filter(program -> Files.isReadable(DEBIAN_TEMPLATES))
                .or(() -> program("alertmanager"));
    }

    private static Optional<Path> program(String name) {
        Stream<Path> folders = Stream.concat(
                Stream.of(ProjectFiles.file("target/prometheus/usr/bin")),
                Arrays.stream(System.getenv("PATH").split(":", -1)).map(Path::of));
        return folders.map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
