package dev.noether.cli.demo;

import dev.noether.cli.console.BadUseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file in a kept directory that names the workload of earlier runs. A later run must use the same workload. */
final class WorkloadMarker {
    private static final String FILE = "demo.txt";

    private final Path root;

    /** @param root kept directory */
    WorkloadMarker(Path root) {
        this.root = root;
    }

    /**
     * Whether an earlier run used the same workload. Creates the directory if there was no earlier run.
     *
     * @param description description of the workload of this run
     * @throws BadUseException if an earlier run used another workload
     */
    boolean isPresent(String description) throws IOException {
        Path file = root.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(root);
            return false;
        }
        String earlier = Files.readString(file).strip();
        if (!earlier.equals(description)) {
            throw new BadUseException("the directory " + root + " contains a demonstration with " + earlier
                    + "; it cannot continue with " + description + "; choose another directory");
        }
        return true;
    }

    /** Writes the description of the workload. */
    void write(String description) throws IOException {
        Files.writeString(root.resolve(FILE), description);
    }
}
