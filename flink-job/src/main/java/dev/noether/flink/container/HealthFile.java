package dev.noether.flink.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file whose modification time is the time until which a service counts as healthy. The health check of a container
 * compares it with the clock. Immutable.
 *
 * @param file the file; null for none
 */
record HealthFile(@Nullable Path file) {
    static final HealthFile NONE = new HealthFile(null);

    /**
     * Sets the time until which the service is healthy.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    void set(Instant until) {
        if (file == null) {
            return;
        }
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            Files.setLastModifiedTime(file, FileTime.from(until));
        } catch (IOException exception) {
            throw new UncheckedIOException("the health file " + file + " cannot be written", exception);
        }
    }
}
