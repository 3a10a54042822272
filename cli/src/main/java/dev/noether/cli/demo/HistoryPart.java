package dev.noether.cli.demo;

import dev.noether.cli.stack.EmbeddedRetraining;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.flink.job.RetrainingException;
import dev.noether.flink.release.ReleaseTopic;
import dev.noether.flink.retrain.HistoryRange;
import dev.noether.schemas.ModelRelease;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The part of a demonstration before anything is live: a history is sent, and a first model trained on it. */
final class HistoryPart {
    /** How long a model that was announced may take to be loaded. */
    static final Duration MODEL_PATIENCE = Duration.ofMinutes(3);

    private final DemoRun run;

    HistoryPart(DemoRun run) {
        this.run = run;
    }

    /**
     * Sends the history, or what an interrupted run has left of it.
     *
     * @param newest event time that Kafka has already
     */
    void send(Workload workload, OptionalLong newest) throws InterruptedException {
        long sentUpTo = newest.orElse(Long.MIN_VALUE);
        List<String> entities = workload.entities();
        for (RowCursor rows = workload.history(); rows.next(); ) {
            if (rows.eventTime() > sentUpTo) {
                run.send(entities.get(rows.entity()), rows.eventTime(), rows.values());
                if ((run.sent() & 0xFFF) == 0) {
                    run.progress("history");
                    run.throwIfStopped();
                }
            }
        }
        run.flush();
    }

    /**
     * Trains the first model and waits until it scores; where an earlier run has left one, that is the first.
     *
     * @throws RetrainingException if there is no model
     */
    void firstModel() throws InterruptedException, RetrainingException {
        long known = new ReleaseTopic(run.config())
                .read().stream().mapToLong(ModelRelease::version).max().orElse(-1);
        if (known >= 1 && isLoaded(known, "loading the models")) {
            run.screen.line("Model " + known + " of the earlier run scores.");
            return;
        }
        run.screen.line(
                String.format(Locale.ROOT, "Training model 1 on the history of %,d observations …", run.sent()));
        ModelRelease release = new EmbeddedRetraining(run.config(), HistoryRange.all()).run();
        run.announce(release);
        if (!isLoaded(release.version(), "loading the model")) {
            throw new DemoFailedException("model " + release.version() + " was announced and not loaded within "
                    + MODEL_PATIENCE.toSeconds() + " s");
        }
    }

    private boolean isLoaded(long version, String phase) throws InterruptedException {
        return run.await(MODEL_PATIENCE, () -> run.metrics().modelVersion() >= version, phase);
    }
}
