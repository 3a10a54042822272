package dev.noether.lab.series;

/** Counts the epochs of a stage and reports them to the progress listener. Not thread-safe. */
final class EpochCounter {
    private final SeriesProgress.Stage stage;
    private final int planned;
    private final SeriesProgress progress;
    private int completed;

    EpochCounter(SeriesProgress.Stage stage, int planned, SeriesProgress progress) {
        this.stage = stage;
        this.planned = planned;
        this.progress = progress;
    }

    void completed(double error) {
        completed++;
        progress.completed(stage, completed, planned, error);
    }

    /** Counts planned epochs that are not needed as completed. */
    void skipped(int epochs) {
        completed += epochs;
    }
}
