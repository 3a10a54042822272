package dev.noether.cli.demo;

import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.JobMetrics;
import dev.noether.cli.stack.LocalStack;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.verify.DeliveryLog;
import dev.noether.cli.verify.OutcomeMonitor;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.model.schedule.ScheduleStatement;
import dev.noether.model.shape.ShapeStatement;
import dev.noether.schemas.ModelRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * The state of a demonstration that all of its phases use: the local stack, the publisher of the observations, the
 * monitor of the outcomes, and the number of rows sent so far. Not thread-safe.
 */
final class DemoRun {
    private static final Duration POLL = Duration.ofMillis(50);

    final LocalStack stack;
    final Screen screen;
    /** The row number and the send time of each live row. */
    final DeliveryLog deliveries;

    final OutcomeMonitor monitor;
    private final ObservationPublisher publisher;
    private long sentRows;
    private int liveRows;
    private long liveStartNanos;

    /**
     * Begins a run. The caller closes the arguments.
     *
     * @param stack stack that scores the observations
     * @param screen output to the user
     * @param deliveries delivery log of the monitor
     * @param monitor reader of the outcomes
     * @param publisher sender of the observations
     */
    DemoRun(
            LocalStack stack,
            Screen screen,
            DeliveryLog deliveries,
            OutcomeMonitor monitor,
            ObservationPublisher publisher) {
        this.stack = stack;
        this.screen = screen;
        this.deliveries = deliveries;
        this.monitor = monitor;
        this.publisher = publisher;
    }

    DetectorConfig config() {
        return stack.config();
    }

    JobMetrics metrics() {
        return stack.scoring().metrics();
    }

    /** The number of rows sent, history and live. */
    long sentRows() {
        return sentRows;
    }

    /** The number of live rows sent. */
    int liveRows() {
        return liveRows;
    }

    /** The start of the live part, as {@link System#nanoTime}; 0 before it. */
    long liveStartNanos() {
        return liveStartNanos;
    }

    /** Sends a row of the history. */
    void send(String entity, long eventTime, float[] values) {
        publisher.send(entity, eventTime, values, ObservationPublisher.DeliveryListener.NONE);
        sentRows++;
    }

    /** Begins the live part. */
    void beginLive() {
        liveStartNanos = System.nanoTime();
    }

    /** Sends a live row and records its send time. */
    void sendLive(String entity, long eventTime, float[] values) {
        int row = liveRows;
        long now = System.nanoTime();
        publisher.send(entity, eventTime, values, (partition, offset) -> deliveries.add(partition, offset, row, now));
        sentRows++;
        liveRows++;
    }

    /** Waits until Kafka has acknowledged all rows. */
    void flush() {
        publisher.flush();
    }

    /**
     * Waits for a condition and shows progress meanwhile.
     *
     * @param limit longest time to wait
     * @param condition condition to wait for
     * @param phase name of the phase in the progress line
     * @return whether the condition became true in time
     * @throws InterruptedException as {@link #throwIfStopped} does
     */
    boolean await(Duration limit, BooleanSupplier condition, String phase) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            throwIfStopped();
            showProgress(phase);
            Thread.sleep(POLL.toMillis());
        }
        return true;
    }

    /**
     * Ends the run if it cannot continue.
     *
     * @throws InterruptedException if the thread is interrupted
     * @throws dev.noether.cli.stack.StackException if the scoring job has ended
     * @throws DemoFailedException if the scores cannot be read
     */
    void throwIfStopped() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped");
        }
        stack.scoring().check();
        Exception failure = monitor.failure();
        if (failure != null) {
            throw new DemoFailedException("the scores cannot be read: " + failure.getMessage());
        }
    }

    /** Shows the numbers of the run in the progress line, if the line is due. */
    void showProgress(String phase) {
        JobMetrics metrics = metrics();
        screen.progress(() -> {
            double seconds = (System.nanoTime() - liveStartNanos) / 1e9;
            return String.format(
                    Locale.ROOT,
                    "%-22s sent %,9d   scored %,9d   unscored %,9d   %,7.0f records/s   anomalous %,6d   model %s",
                    phase,
                    sentRows,
                    metrics.scored(),
                    metrics.unscored(),
                    liveStartNanos == 0 ? 0 : monitor.deliveredRows() / seconds,
                    metrics.anomalous(),
                    metrics.modelVersion() < 0 ? "–" : String.valueOf(metrics.modelVersion()));
        });
    }

    /** Shows that a model was released. */
    void announce(ModelRelease release) {
        screen.line(String.format(
                Locale.ROOT,
                "Model %d is trained and released: alarm threshold %.3f, effective from event time %s.",
                release.version(),
                release.calibration().threshold(),
                Instant.ofEpochMilli(release.effectiveFrom())));
        String shape = ShapeStatement.of(release.provenance());
        if (!shape.isEmpty()) {
            screen.line("Model " + release.version() + ": " + shape + ".");
        }
        String schedule = ScheduleStatement.of(release.provenance());
        if (!schedule.isEmpty()) {
            screen.line("Model " + release.version() + ": " + schedule + ".");
        }
    }
}
