package dev.noether.cli.demo;

import dev.noether.cli.stack.RetrainingScheduler;
import dev.noether.cli.stream.Pace;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.cli.verify.OutcomeAudit;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The live part of a demonstration: rows at a steady pace, a model trained anew and swapped meanwhile, until all is scored. */
final class LivePart {
    private static final Logger LOG = LoggerFactory.getLogger(LivePart.class);

    /**
     * Where in the live part the retraining starts, and where the rows wait until the new model is loaded. Early: a model
     * trained on incidents that nobody has taken out takes them for normal.
     */
    private static final double RETRAINING_AT = 0.1;

    private static final double NEW_MODEL_AT = 0.2;
    private static final Duration SCORE_PATIENCE = Duration.ofSeconds(45);

    private final DemoRun run;
    private final Workload workload;
    private final RetrainingScheduler scheduler;
    private final double rate;

    /**
     * Makes the part.
     *
     * @param scheduler trains anew; not started yet
     * @param rate rows in a second
     */
    LivePart(DemoRun run, Workload workload, RetrainingScheduler scheduler, double rate) {
        this.run = run;
        this.workload = workload;
        this.scheduler = scheduler;
        this.rate = rate;
    }

    /** Sends the rows; waits once for the model that is trained meanwhile. */
    void send() throws InterruptedException {
        long wanted = run.metrics().modelVersion() + 1;
        int rows = workload.liveRows();
        long millis = (long) (rows / rate * 1000);
        Duration retraining = Duration.ofMillis((long) (millis * RETRAINING_AT));
        run.screen.line(String.format(
                Locale.ROOT,
                "Sending %,d live observations of %d entities, %,.0f in a second; retraining after %d s.",
                rows,
                workload.entities().size(),
                rate,
                Math.round(retraining.toMillis() / 1000.0)));
        scheduler.start(retraining, run.config().retraining().interval());
        boolean waited = false;
        Pace pace = new Pace(rate);
        run.beginLive();
        for (RowCursor cursor = workload.live(); cursor.next(); ) {
            pace.await();
            if (!waited && run.liveRows() >= NEW_MODEL_AT * rows) {
                waited = true;
                awaitModel(wanted);
                pace.restart();
            }
            run.sendLive(workload.entities().get(cursor.entity()), cursor.eventTime(), cursor.values());
            run.progress("live");
            if ((run.liveRows() & 0xFF) == 0) {
                run.throwIfStopped();
            }
        }
        run.flush();
    }

    private void awaitModel(long wanted) throws InterruptedException {
        if (run.metrics().modelVersion() >= wanted) {
            return;
        }
        run.screen.line("The producer waits until the retrained model is loaded.");
        int failures = scheduler.failures();
        if (failures > 0) {
            scheduler.runSoon();
        }
        if (!run.await(
                HistoryPart.MODEL_PATIENCE,
                () -> run.metrics().modelVersion() >= wanted || scheduler.failures() > failures,
                "waiting for the model")) {
            run.screen.line(
                    "It was not within " + HistoryPart.MODEL_PATIENCE.toSeconds() + " s; the producer goes on.");
        }
    }

    /** Waits until what was sent has come out, or nothing more comes. */
    void awaitOutcomes() throws InterruptedException {
        long expected = OutcomeAudit.observations(run.config());
        long seen = -1;
        while (run.tail.outcomes() < expected) {
            long before = seen;
            seen = run.tail.outcomes();
            long now = seen;
            if (before == now || !run.await(SCORE_PATIENCE, () -> run.tail.outcomes() > now, "scoring what was sent")) {
                // The audit says what is missing.
                LOG.error("Only {} of {} outcomes came; waited {} for the next one.", seen, expected, SCORE_PATIENCE);
                return;
            }
        }
    }
}
