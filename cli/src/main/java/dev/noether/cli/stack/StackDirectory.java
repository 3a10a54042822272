package dev.noether.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a local stack keeps what it must not forget.
 *
 * @param root holds the three others
 */
public record StackDirectory(Path root) {
    public StackDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** The broker's log. */
    public Path broker() {
        return root.resolve("broker");
    }

    /** The checkpoints of the scoring job. */
    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** The model artifacts. */
    public Path models() {
        return root.resolve("models");
    }

    /** Removes the three folders; what else lies in the root stays. */
    public void delete() {
        try {
            for (Path folder : List.of(broker(), checkpoints(), models())) {
                delete(folder);
            }
        } catch (IOException exception) {
            throw new StackException("the run's folder " + root + " cannot be removed: " + exception, exception);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
