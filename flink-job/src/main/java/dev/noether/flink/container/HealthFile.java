package dev.noether.flink.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file whose modification time is the time until which a service counts as healthy. The health check of a container
 * compares it with the clock. Immutable.
 *
 * @param file the file; null for none
 * @param validity how long one success keeps the service healthy
 */
record HealthFile(@Nullable Path file, Duration validity) {
    static final HealthFile NONE = new HealthFile(null, Duration.ZERO);

    /** Intervals without a success after which a service is unhealthy. */
    private static final int INTERVALS = 4;

    /** Makes the file of a service that should succeed once in each interval. */
    static HealthFile of(Path file, Duration interval) {
        return new HealthFile(file, interval.multipliedBy(INTERVALS));
    }

    /**
     * Sets the time until which the service is healthy: the validity from now, and so much more.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    void extend(Duration more) {
        if (file == null) {
            return;
        }
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            Files.setLastModifiedTime(
                    file, FileTime.from(Instant.now().plus(validity).plus(more)));
        } catch (IOException exception) {
            throw new UncheckedIOException("the health file " + file + " cannot be written", exception);
        }
    }
}
