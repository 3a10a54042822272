package dev.noether.flink.renewal;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.ModelRelease;
import dev.noether.schemas.ShadowComparison;
import dev.noether.schemas.TrainingRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Learns what a retrainer does. Called on the threads of the detectors. */
public interface RetrainerListener {
    /** Learns nothing. */
    RetrainerListener NONE = new RetrainerListener() {};

    /** This process leads a detector, or leads it no more. */
    default void leads(DetectorConfig config, boolean isLeader) {}

    /** The newest training that the models topic knows; called again and again, also where another process leads. */
    default void known(DetectorConfig config, TrainingRun newest) {}

    /**
     * The comparisons of the models that score or scored in shadow, by version; called again and again, also where
     * another process leads.
     */
    default void shadows(DetectorConfig config, List<ShadowComparison> shadows) {}

    /** A training of this process has started. */
    default void started(DetectorConfig config) {}

    /**
     * A training of this process has ended.
     *
     * @param release the announced release, whatever its stage; null if there is no model
     */
    default void ended(DetectorConfig config, TrainingRun run, @Nullable ModelRelease release) {}

    /** A detector cannot be trained now; it is tried again. */
    default void failed(DetectorConfig config, String reason) {}
}
