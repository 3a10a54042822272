package dev.noether.flink.release;

import dev.noether.schemas.ModelRelease;
import java.io.Serializable;
import java.util.List;

/**
 * The releases that exist before a job reads its first row, so that a job without a checkpoint scores its first row if
 * there is a model.
 */
@FunctionalInterface
public interface KnownReleases extends Serializable {
    /** No releases. */
    KnownReleases NONE = List::of;

    /** Returns the detector's releases, one for each version. */
    List<ModelRelease> read();
}
