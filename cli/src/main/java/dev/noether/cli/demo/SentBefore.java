package dev.noether.cli.demo;

import dev.noether.cli.console.BadUseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The note in a kept directory of what was sent into it: it goes on with that, and with nothing else. */
final class SentBefore {
    private static final String FILE = "demo.txt";

    private final Path root;

    /** @param root of the directory */
    SentBefore(Path root) {
        this.root = root;
    }

    /**
     * Whether an earlier run has sent the same; makes the directory where there is none.
     *
     * @param description of what is to be sent
     * @throws BadUseException if an earlier run has sent something else
     */
    boolean isKnown(String description) throws IOException {
        Path file = root.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(root);
            return false;
        }
        String before = Files.readString(file).strip();
        if (!before.equals(description)) {
            throw new BadUseException(
                    root + " holds " + before + "; it cannot go on with " + description + ". Choose another directory");
        }
        return true;
    }

    /** Notes what is sent. */
    void write(String description) throws IOException {
        Files.writeString(root.resolve(FILE), description);
    }
}
