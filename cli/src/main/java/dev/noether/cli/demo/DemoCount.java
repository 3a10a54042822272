package dev.noether.cli.demo;

import dev.noether.cli.stack.RetrainingScheduler;
import dev.noether.cli.stream.Workload;
import dev.noether.cli.verify.OutcomeAudit;
import dev.noether.cli.verify.OutcomeTail;
import dev.noether.cli.verify.ToldIncidents;
import dev.noether.flink.config.DetectorConfig;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a demonstration: the topics are read again from their beginning, and everything is counted. */
final class DemoCount {
    private DemoCount() {}

    /**
     * Counts.
     *
     * @param run whose job has ended
     * @param swaps models that took over while the job ran
     * @param refused models that the job refused
     */
    static DemoReport of(DemoRun run, Workload workload, RetrainingScheduler scheduler, long swaps, long refused) {
        int liveRows = run.liveRows();
        OutcomeTail tail = run.tail;
        LiveScores live = new LiveScores(run.ledger, liveRows);
        OutcomeAudit.Result audit = OutcomeAudit.run(run.config(), live::add);
        Detection detection = Detection.of(
                workload,
                live,
                ToldIncidents.read(run.config()),
                run.config().window().rows());
        double seconds = (tail.lastLedgerNanos() - run.liveStartNanos()) / 1e9;
        return new DemoReport(
                workload.description(),
                run.stack
                        .scoring()
                        .resumedFrom()
                        .map(path -> String.valueOf(path.getFileName()))
                        .orElse(null),
                audit.observations(),
                audit.scores(),
                audit.unscored(),
                audit.unscoredReasons(),
                audit.rejected(),
                audit.missing(),
                audit.duplicated(),
                audit.unexpected(),
                audit.anomalous(),
                List.copyOf(audit.scoresByModelVersion().keySet()),
                audit.scoresByModelVersion(),
                swaps,
                refused,
                scheduler.releases(),
                scheduler.failures(),
                liveRows,
                seconds > 0 ? Math.round(tail.ledgerRows() / seconds * 10) / 10.0 : 0,
                new DemoReport.Latency(millis(tail.latencyMillis(0.5)), millis(tail.latencyMillis(0.99))),
                "from the send of an observation until a read_committed consumer sees its score; live part only",
                startupSeconds(tail),
                Math.round(ManagementFactory.getRuntimeMXBean().getUptime() / 100.0) / 10.0,
                detection,
                machine(run.config()));
    }

    private static @Nullable Double millis(double value) {
        return Double.isNaN(value) ? null : Math.round(value * 10) / 10.0;
    }

    private static double startupSeconds(OutcomeTail tail) {
        long firstScored = tail.firstScoredNanos();
        if (firstScored == 0) {
            return 0;
        }
        double ago = (System.nanoTime() - firstScored) / 1e9;
        return Math.round((ManagementFactory.getRuntimeMXBean().getUptime() / 1e3 - ago) * 10) / 10.0;
    }

    private static DemoReport.Machine machine(DetectorConfig config) {
        String coreType = System.getenv("OPENBLAS_CORETYPE");
        return new DemoReport.Machine(
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20,
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                coreType == null ? "unset" : coreType,
                config.model().engine().open().name(),
                config.parallelism());
    }
}
