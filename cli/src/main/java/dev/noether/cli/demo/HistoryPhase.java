package dev.noether.cli.demo;

import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.flink.retrain.RetrainingException;
import dev.noether.flink.schedule.EmbeddedRetraining;
import dev.noether.schemas.ModelRelease;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The first phase of a demonstration: it sends a history and trains the first model on it. */
final class HistoryPhase {
    /** The longest time from the release of a model until the scoring job has loaded it. */
    static final Duration LOADING_LIMIT = Duration.ofMinutes(3);

    private final DemoRun run;

    HistoryPhase(DemoRun run) {
        this.run = run;
    }

    /**
     * Sends the history, or the rest of it after an interrupted run.
     *
     * @param newest newest event time in Kafka; empty if there are no observations
     */
    void send(Workload workload, OptionalLong newest) throws InterruptedException {
        long sentUpTo = newest.orElse(Long.MIN_VALUE);
        List<String> entities = workload.entities();
        for (RowCursor rows = workload.history(); rows.next(); ) {
            if (rows.eventTime() > sentUpTo) {
                run.send(entities.get(rows.entity()), rows.eventTime(), rows.values());
                if ((run.sentRows() & 0xFFF) == 0) {
                    run.showProgress("history");
                    run.throwIfStopped();
                }
            }
        }
        run.flush();
    }

    /**
     * Trains the first model and waits until the scoring job has loaded it. Uses the newest model of an earlier run
     * instead if there is one.
     *
     * @throws RetrainingException if the training makes no model
     */
    void loadFirstModel() throws InterruptedException, RetrainingException {
        long earlier = new ReleaseTopic(run.config())
                .read().stream().mapToLong(ModelRelease::version).max().orElse(-1);
        if (earlier >= 1 && isLoaded(earlier, "loading the models")) {
            run.screen.line("Model " + earlier + " of the earlier run is loaded.");
            return;
        }
        run.screen.line(
                String.format(Locale.ROOT, "Training model 1 on a history of %,d observations …", run.sentRows()));
        ModelRelease release;
        try (EmbeddedRetraining retraining = new EmbeddedRetraining(run.config(), HistoryRange.all())) {
            release = retraining.run();
        }
        run.announce(release);
        if (!isLoaded(release.version(), "loading the model")) {
            throw new DemoFailedException("the scoring job did not load model " + release.version() + " within "
                    + LOADING_LIMIT.toSeconds() + " s after its release");
        }
    }

    private boolean isLoaded(long version, String phase) throws InterruptedException {
        return run.await(LOADING_LIMIT, () -> run.metrics().modelVersion() >= version, phase);
    }
}
