package dev.noether.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the public data sets are on this machine, if they are. */
public final class RealData {
    private RealData() {}

    /**
     * A folder of recorded streams. Looked up under the system property {@code noether.data}, else the environment
     * variable {@code NOETHER_DATA}, else the first {@code shared/data} beside or above the working directory.
     */
    public static Optional<Path> streams(String name) {
        return root().map(root -> root.resolve("streams").resolve(name)).filter(Files::isDirectory);
    }

    /** The folder of all data sets, looked up in the same way. */
    public static Optional<Path> folder() {
        return root().filter(Files::isDirectory);
    }

    private static Optional<Path> root() {
        String configured = System.getProperty("noether.data", System.getenv("NOETHER_DATA"));
        if (configured != null) {
            return Optional.of(Path.of(configured));
        }
        return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("shared").resolve("data"))
                .filter(Files::isDirectory)
                .findFirst();
    }
}
