package dev.noether.model.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Where the public data sets are on this machine, if they are. */
public final class RealData {
    private RealData() {}

    /**
     * The folder of the UCR sets; skips the test, and prints why, where it is missing. Looked up under the system property
     * {@code noether.data}, else the environment variable {@code NOETHER_DATA}, else the first {@code shared/data} beside or
     * above the working directory.
     */
    public static Path ucr() {
        Optional<Path> folder = root().map(root -> root.resolve("ucr")).filter(Files::isDirectory);
        if (folder.isEmpty()) {
            String reason = "skipped: no UCR sets found; say where they are with -Dnoether.data=… or NOETHER_DATA";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        return folder.orElseThrow();
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
