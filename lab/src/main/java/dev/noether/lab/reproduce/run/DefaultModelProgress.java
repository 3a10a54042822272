package dev.noether.lab.reproduce.run;

import dev.noether.lab.series.SeriesProgress;
import java.util.function.DoubleConsumer;

/** How far a fit of the default model has come, as a share of its work that only grows. Not thread-safe. */
final class DefaultModelProgress implements SeriesProgress {
    /** About what is left once the choice is made. */
    private static final double TRAINING_SHARE = 0.2;

    private final DoubleConsumer advanced;
    private double reached;

    /**
     * Before a fit.
     *
     * @param advanced receives, after each epoch, the share that was done since the one before, at least 0; may throw
     *     to end the fit
     */
    DefaultModelProgress(DoubleConsumer advanced) {
        this.advanced = advanced;
    }

    @Override
    public void completed(Stage stage, int completed, int of, double error) {
        double ofStage = (double) completed / of;
        reach(
                stage == Stage.SELECTION
                        ? (1 - TRAINING_SHARE) * ofStage
                        : 1 - TRAINING_SHARE + TRAINING_SHARE * ofStage);
    }

    /** The fit has ended, well or not. */
    void end() {
        reach(1);
    }

    private void reach(double share) {
        double gained = Math.max(0, share - reached);
        reached += gained;
        advanced.accept(gained);
    }
}
