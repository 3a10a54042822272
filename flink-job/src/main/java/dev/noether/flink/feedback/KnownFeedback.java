package dev.noether.flink.feedback;

import java.io.Serializable;
import java.util.List;

/** The judgements that exist before a job reads its first row: they count from its first row on. */
@FunctionalInterface
public interface KnownFeedback extends Serializable {
    /** No judgements. */
    KnownFeedback NONE = List::of;

    /** Returns all judgements of the detector, in the order of the topic. */
    List<PlacedFeedback> records();
}
