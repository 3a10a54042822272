package dev.noether.flink.renewal;

import dev.noether.flink.release.Candidate;
import dev.noether.flink.release.ModelsTopicContent;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;

/** Trains models of one detector. One thread uses it at a time. */
@FunctionalInterface
public interface ModelTrainer extends AutoCloseable {
    /**
     * Trains a model and stores its artifact; announces nothing. If the thread is interrupted, the training has ended
     * when this method throws, and the thread is still interrupted.
     *
     * @param range event times to train on
     * @param known what the models topic says
     * @throws RetrainingException if training failed
     * @throws dev.noether.model.training.TrainingRefusedException if no model can be made of the observations
     */
    Candidate train(HistoryRange range, ModelsTopicContent known) throws RetrainingException;

    /** Ends the use; no training may be running. */
    @Override
    default void close() {}
}
