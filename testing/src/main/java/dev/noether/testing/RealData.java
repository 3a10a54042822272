package dev.noether.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of the public data sets, if this machine has them. It is given by the system property {@code
 * noether.data}, else the environment variable {@code NOETHER_DATA}, else the first {@code shared/data} beside or above
 * the working directory.
 */
public final class RealData {
    private RealData() {}

    /** Returns a folder of the data, for example {@code find("streams", "smd")}; empty if it is missing. */
    public static Optional<Path> find(String... folder) {
        return root().map(root -> root.resolve(Path.of("", folder))).filter(Files::isDirectory);
    }

    /** Returns the same folder. If it is missing, the test is skipped and prints the reason. */
    public static Path require(String... folder) {
        Optional<Path> found = find(folder);
        if (found.isEmpty()) {
            String reason = "skipped: no data set `" + String.join("/", folder)
                    + "` found; set -Dnoether.data or NOETHER_DATA to the folder of the data sets";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        return found.orElseThrow();
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
