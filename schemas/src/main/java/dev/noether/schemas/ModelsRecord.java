package dev.noether.schemas;

/** A record of the models topic. Its key, see {@link ModelsRecordCodec#key}, decides what compaction keeps. */
public sealed interface ModelsRecord
        permits ModelRelease, PromotionDecision, ShadowComparison, TrainingRun, TrainingRequest {
    /** The detector's name. */
    String detector();
}
