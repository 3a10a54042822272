package dev.noether.cli.demo;

import dev.noether.cli.console.Screen;
import dev.noether.cli.stack.JobMetrics;
import dev.noether.cli.stack.LocalStack;
import dev.noether.cli.stream.ObservationPublisher;
import dev.noether.cli.verify.Ledger;
import dev.noether.cli.verify.OutcomeTail;
import dev.noether.flink.config.DetectorConfig;
import dev.noether.schemas.ModelRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * What the parts of a running demonstration share: the stack, what is sent into it and seen to come out, and how one waits for
 * something meanwhile. Not thread-safe.
 */
final class DemoRun {
    private static final Duration POLL = Duration.ofMillis(50);

    final LocalStack stack;
    final Screen screen;
    /** The live rows and when each was sent. */
    final Ledger ledger;

    final OutcomeTail tail;
    private final ObservationPublisher publisher;
    private long sent;
    private int liveRows;
    private long liveStartNanos;

    /**
     * Begins a run; the caller closes what it opened.
     *
     * @param ledger of the tail
     * @param tail reads what comes out of the stack
     * @param publisher sends into it
     */
    DemoRun(LocalStack stack, Screen screen, Ledger ledger, OutcomeTail tail, ObservationPublisher publisher) {
        this.stack = stack;
        this.screen = screen;
        this.ledger = ledger;
        this.tail = tail;
        this.publisher = publisher;
    }

    DetectorConfig config() {
        return stack.config();
    }

    JobMetrics metrics() {
        return stack.scoring().metrics();
    }

    /** Observations sent. */
    long sent() {
        return sent;
    }

    /** Those of them that are live. */
    int liveRows() {
        return liveRows;
    }

    /** When the live part began, as {@link System#nanoTime}; 0 before. */
    long liveStartNanos() {
        return liveStartNanos;
    }

    /** Sends a row of the history. */
    void send(String entity, long eventTime, float[] values) {
        publisher.send(entity, eventTime, values, ObservationPublisher.Delivery.IGNORED);
        sent++;
    }

    /** From here on rows are live. */
    void beginLive() {
        liveStartNanos = System.nanoTime();
    }

    /** Sends a live row, and takes the time. */
    void sendLive(String entity, long eventTime, float[] values) {
        int row = liveRows;
        long now = System.nanoTime();
        publisher.send(entity, eventTime, values, (partition, offset) -> ledger.put(partition, offset, row, now));
        sent++;
        liveRows++;
    }

    /** Waits until Kafka has all that was sent. */
    void flush() throws InterruptedException {
        publisher.flush();
    }

    /** Whether it became true in time; meanwhile progress is shown, and it ends early if the job or the reading does. */
    boolean await(Duration patience, BooleanSupplier condition, String phase) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            throwIfStopped();
            progress(phase);
            Thread.sleep(POLL.toMillis());
        }
        return true;
    }

    /**
     * Ends the run where it has nothing to wait for any more.
     *
     * @throws InterruptedException if it is to stop
     * @throws DemoFailedException if the scores cannot be read
     */
    void throwIfStopped() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("stopped");
        }
        stack.scoring().check();
        Exception failure = tail.failure();
        if (failure != null) {
            throw new DemoFailedException("the scores cannot be read: " + failure.getMessage());
        }
    }

    /** Shows how far it is, now and then. */
    void progress(String phase) {
        JobMetrics metrics = metrics();
        screen.progress(() -> {
            double seconds = (System.nanoTime() - liveStartNanos) / 1e9;
            return String.format(
                    Locale.ROOT,
                    "%-22s sent %,9d   scored %,9d   unscored %,9d   %,7.0f records/s   anomalous %,6d   model %s",
                    phase,
                    sent,
                    metrics.scored(),
                    metrics.unscored(),
                    liveStartNanos == 0 ? 0 : tail.ledgerRows() / seconds,
                    metrics.anomalous(),
                    metrics.modelVersion() < 0 ? "–" : String.valueOf(metrics.modelVersion()));
        });
    }

    /** Says that there is a new model. */
    void announce(ModelRelease release) {
        screen.line(String.format(
                Locale.ROOT,
                "Model %d is trained and announced: threshold %.3f, in force from event time %s on.",
                release.version(),
                release.calibration().threshold(),
                Instant.ofEpochMilli(release.effectiveFrom())));
    }
}
