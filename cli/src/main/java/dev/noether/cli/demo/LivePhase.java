package dev.noether.cli.demo;

import dev.noether.cli.stream.RateLimiter;
import dev.noether.cli.stream.RowCursor;
import dev.noether.cli.stream.Workload;
import dev.noether.cli.verify.OutcomeAudit;
import dev.noether.flink.schedule.RetrainingScheduler;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second phase of a demonstration: it sends live rows at a steady rate while a second model is trained and loaded,
 * and waits until all rows have an outcome.
 */
final class LivePhase {
    private static final Logger LOG = LoggerFactory.getLogger(LivePhase.class);

    /**
     * The share of the live part after which the retraining starts. It is small because a model that is trained on
     * faults takes them for normal.
     */
    private static final double RETRAINING_START = 0.1;

    /** The share of the live part after which the sending pauses until the second model is loaded. */
    private static final double PAUSE_START = 0.2;

    private static final Duration OUTCOME_LIMIT = Duration.ofSeconds(45);

    private final DemoRun run;
    private final Workload workload;
    private final RetrainingScheduler scheduler;
    private final double rate;

    /**
     * Makes the phase.
     *
     * @param run state of the demonstration
     * @param workload observations with the live rows
     * @param scheduler scheduler of the retraining, not started yet
     * @param rate live rows per second
     */
    LivePhase(DemoRun run, Workload workload, RetrainingScheduler scheduler, double rate) {
        this.run = run;
        this.workload = workload;
        this.scheduler = scheduler;
        this.rate = rate;
    }

    /** Sends the rows. Pauses once until the retrained model is loaded. */
    void send() throws InterruptedException {
        long nextVersion = run.metrics().modelVersion() + 1;
        int rows = workload.liveRows();
        startRetraining(rows);
        boolean hasPaused = false;
        RateLimiter limiter = new RateLimiter(rate);
        run.beginLive();
        for (RowCursor cursor = workload.live(); cursor.next(); ) {
            limiter.await();
            if (!hasPaused && run.liveRows() >= PAUSE_START * rows) {
                hasPaused = true;
                awaitModel(nextVersion);
                limiter.restart();
            }
            run.sendLive(workload.entities().get(cursor.entity()), cursor.eventTime(), cursor.values());
            run.showProgress("live");
            if ((run.liveRows() & 0xFF) == 0) {
                run.throwIfStopped();
            }
        }
        run.flush();
    }

    private void startRetraining(int rows) {
        long millis = (long) (rows / rate * 1000);
        Duration delay = Duration.ofMillis((long) (millis * RETRAINING_START));
        run.screen.line(String.format(
                Locale.ROOT,
                "Sending %,d live observations of %d entities at %,.0f per second; retraining starts after %d s.",
                rows,
                workload.entities().size(),
                rate,
                Math.round(delay.toMillis() / 1000.0)));
        scheduler.start(delay, run.config().retraining().schedule().interval());
    }

    private void awaitModel(long version) throws InterruptedException {
        if (run.metrics().modelVersion() >= version) {
            return;
        }
        run.screen.line("Sending pauses until the retrained model is loaded.");
        int failures = scheduler.failures();
        if (failures > 0) {
            scheduler.runSoon();
        }
        if (!run.await(
                HistoryPhase.LOADING_LIMIT,
                () -> run.metrics().modelVersion() >= version || scheduler.failures() > failures,
                "waiting for the model")) {
            run.screen.line("The retrained model was not loaded within " + HistoryPhase.LOADING_LIMIT.toSeconds()
                    + " s. Sending continues.");
        }
    }

    /** Waits until every observation has an outcome, or until no outcome has arrived for 45 s. */
    void awaitOutcomes() throws InterruptedException {
        long expected = OutcomeAudit.observations(run.config());
        long outcomes = run.monitor.outcomes();
        while (outcomes < expected) {
            long before = outcomes;
            if (!run.await(OUTCOME_LIMIT, () -> run.monitor.outcomes() > before, "waiting for scores")) {
                // The audit reports which outcomes are missing.
                LOG.error(
                        "{} of {} outcomes are missing: no outcome arrived for {}.",
                        expected - before,
                        expected,
                        OUTCOME_LIMIT);
                return;
            }
            outcomes = run.monitor.outcomes();
        }
    }
}
