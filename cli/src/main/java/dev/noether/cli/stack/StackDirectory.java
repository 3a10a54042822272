package dev.noether.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders in which a local stack keeps its data between runs.
 *
 * @param root folder that contains the broker log, the checkpoints, the models and the console's store
 */
public record StackDirectory(Path root) {
    public StackDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** Folder of the broker's log. */
    public Path broker() {
        return root.resolve("broker");
    }

    /** Folder of the scoring job's checkpoints. */
    public Path checkpoints() {
        return root.resolve("checkpoints");
    }

    /** Folder of the model artifacts. */
    public Path models() {
        return root.resolve("models");
    }

    /** Folder of the console's store. */
    public Path console() {
        return root.resolve("console");
    }

    /** Deletes the folders. Other files in the root are kept. */
    public void delete() {
        try {
            for (Path folder : List.of(broker(), checkpoints(), models(), console())) {
                delete(folder);
            }
        } catch (IOException exception) {
            throw new StackException("the run's folder " + root + " cannot be deleted: " + exception, exception);
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
