package dev.noether.flink.recovery;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.emit.LostTransactionHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a transaction that cannot be committed, audits the outputs in the background, and logs which observations have no
 * result. At most one audit runs in a JVM. Thread safe.
 */
public final class LostTransactionReport implements LostTransactionHandler {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LostTransactionReport.class);
    /** The first results after a lost transaction make it a gap; they are committed with the next checkpoints. */
    private static final int INTERVALS = 3;

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(2);
    /** One failure loses the transactions of all subtasks and sinks at once: they share one audit. */
    private static final Semaphore ONE_AUDIT = new Semaphore(1);

    private final DetectorConfig config;
    private final long abandonedCheckpoint;

    /**
     * Makes a report.
     *
     * @param config configuration of the detector
     * @param abandonedCheckpoint number of a checkpoint whose transactions a recovery has ended; -1 if there is none
     */
    public LostTransactionReport(DetectorConfig config, long abandonedCheckpoint) {
        this.config = config;
        this.abandonedCheckpoint = abandonedCheckpoint;
    }

    @Override
    public boolean handle(LostTransaction lost) {
        if (lost.isFirst() && abandonedCheckpoint >= 0 && lost.restoredCheckpoint() == abandonedCheckpoint) {
            LOG.info("{} The recovery has ended it and writes its records again.", lost.message());
            return false;
        }
        LOG.error(
                "{} If it was committed before, nothing is lost; otherwise its records are. The outputs are audited.",
                lost.message());
        if (ONE_AUDIT.tryAcquire()) {
            Thread audit = new Thread(this::auditAndRelease, "noether-audit");
            audit.setDaemon(true);
            // The class loader of a task ends with the task.
            audit.setContextClassLoader(LostTransactionReport.class.getClassLoader());
            audit.start();
        }
        return true;
    }

    private void auditAndRelease() {
        try {
            Duration wait = config.checkpoints().interval().multipliedBy(INTERVALS);
            Thread.sleep(Math.max(wait.toMillis(), SHORTEST_WAIT.toMillis()));
            List<String> messages = audit(wait);
            if (messages.isEmpty()) {
                LOG.warn("The audit after a transaction that could not be committed is complete: "
                        + "every observation that was read has its score or rejected record.");
            } else {
                LOG.error(
                        "Results are lost: {}. Stop the job and run `./noether recover --config FILE`, or start the "
                                + "container with NOETHER_RESUME=recover.",
                        String.join("; ", messages));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The outputs could not be audited; `./noether recover --dry-run` does the same.", e);
        } finally {
            ONE_AUDIT.release();
        }
    }

    /** Audits twice: what is missing the first time may be in a transaction that is just being committed. */
    private List<String> audit(Duration wait) throws InterruptedException {
        OutputAudit first = OutputAudit.read(config, Map.of());
        if (first.isComplete()) {
            return List.of();
        }
        Thread.sleep(Math.max(wait.toMillis(), SHORTEST_WAIT.toMillis()));
        return OutputAudit.read(config, Map.of()).stillMissing(first).messages();
    }
}
