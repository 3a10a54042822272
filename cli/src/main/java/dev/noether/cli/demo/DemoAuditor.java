package dev.noether.cli.demo;

import dev.noether.cli.stream.Workload;
import dev.noether.cli.verify.IncidentTopic;
import dev.noether.cli.verify.OutcomeAudit;
import dev.noether.cli.verify.OutcomeMonitor;
import dev.noether.flink.schedule.RetrainingScheduler;
import dev.noether.schemas.Incident;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the report of a demonstration: reads all topics again from the beginning and counts the records. */
final class DemoAuditor {
    /** The definition of the latency in the report. */
    static final String LATENCY =
            "from the send of an observation until a read_committed consumer sees its score; live part only";

    private DemoAuditor() {}

    /**
     * Reads the topics and makes the report.
     *
     * @param run demonstration whose scoring job has ended
     * @param workload observations that were sent
     * @param scheduler scheduler of the retrainings
     * @param swaps models that the job loaded while it ran
     * @param refused releases that the job refused
     */
    static DemoReport report(DemoRun run, Workload workload, RetrainingScheduler scheduler, long swaps, long refused) {
        LiveScores live = new LiveScores(run.deliveries, run.liveRows());
        OutcomeAudit.Result audit = OutcomeAudit.run(run.config(), live::add);
        List<Incident> incidents = IncidentTopic.latestStates(run.config());
        DetectionReport detection = DetectionReport.of(
                workload, live, incidents, run.config().window().rows());
        return new DemoReport(
                workload.description(),
                run.stack
                        .scoring()
                        .resumedFrom()
                        .map(path -> String.valueOf(path.getFileName()))
                        .orElse(null),
                OutcomeCounts.of(audit),
                new ModelUse(
                        List.copyOf(audit.scoresByModelVersion().keySet()),
                        audit.scoresByModelVersion(),
                        swaps,
                        refused,
                        scheduler.releases(),
                        scheduler.failures()),
                speed(run),
                detection,
                ExampleIncident.of(incidents, workload),
                ReportedIncident.of(incidents, workload),
                Machine.current(run.config()));
    }

    private static RunSpeed speed(DemoRun run) {
        OutcomeMonitor monitor = run.monitor;
        double seconds = (monitor.lastDeliveryNanos() - run.liveStartNanos()) / 1e9;
        return new RunSpeed(
                run.liveRows(),
                seconds > 0 ? Math.round(monitor.deliveredRows() / seconds * 10) / 10.0 : 0,
                new RunSpeed.Latency(millis(monitor.latencyMillis(0.5)), millis(monitor.latencyMillis(0.99))),
                LATENCY,
                startupSeconds(monitor),
                Math.round(ManagementFactory.getRuntimeMXBean().getUptime() / 100.0) / 10.0);
    }

    private static @Nullable Double millis(double value) {
        return Double.isNaN(value) ? null : Math.round(value * 10) / 10.0;
    }

    private static double startupSeconds(OutcomeMonitor monitor) {
        long firstScore = monitor.firstScoreNanos();
        if (firstScore == 0) {
            return 0;
        }
        double ago = (System.nanoTime() - firstScore) / 1e9;
        return Math.round((ManagementFactory.getRuntimeMXBean().getUptime() / 1e3 - ago) * 10) / 10.0;
    }
}
