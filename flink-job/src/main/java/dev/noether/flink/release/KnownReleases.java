package dev.noether.flink.release;

import dev.noether.schemas.ModelRelease;
import java.io.Serializable;
import java.util.List;

/**
 * The releases that are known before a job's first row, so that a job that starts without a checkpoint scores from its first
 * row on where models exist.
 */
@FunctionalInterface
public interface KnownReleases extends Serializable {
    /** Knows none. */
    KnownReleases NONE = List::of;

    /** Reads the detector's releases, one for each version. */
    List<ModelRelease> read();
}
