package dev.noether.lab.peers;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * A detector of windows, run on the one continuous feature of a series, with windows of one period of its training
 * rows. Features with at most two distinct values, such as commands, are left out. Other series are refused.
 *
 * <p>The score of a row is that of the window that ends with it. The mean over all windows that contain a row, with
 * which the methods are often published, needs a period of later rows: it is the score at the {@link #rankDelay}.
 *
 * @param ofWindow makes the detector for a window of so many rows
 */
record PeriodicPeer(IntFunction<PeerDetector> ofWindow) implements PeerDetector {
    private static final String REFUSAL = "it needs exactly one feature with more than two distinct training values";

    @Override
    public float[] score(Observations train, Observations test) {
        if (train.width() != test.width()) {
            throw new IllegalArgumentException("`train` and `test` must be of the same width (got " + train.width()
                    + " and " + test.width() + ")");
        }
        int feature =
                ContinuousFeature.of(train).orElseThrow(() -> new IllegalArgumentException("refused: " + REFUSAL));
        float[] history = train.column(feature);
        return ofWindow.apply(TrainingPeriod.of(history))
                .score(new Observations(history, 1), new Observations(test.column(feature), 1));
    }

    @Override
    public Optional<String> refusal(Observations train) {
        return ContinuousFeature.of(train).isPresent() ? Optional.empty() : Optional.of(REFUSAL);
    }

    @Override
    public OptionalInt rankDelay(Observations train) {
        OptionalInt feature = ContinuousFeature.of(train);
        return feature.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(TrainingPeriod.of(train.column(feature.getAsInt())));
    }
}
