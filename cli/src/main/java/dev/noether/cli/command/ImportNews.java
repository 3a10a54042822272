package dev.noether.cli.command;

import dev.noether.cli.stack.JobMetrics;
import dev.noether.cli.stack.RunningJob;
import dev.noether.cli.stack.ScoringStatus;
import java.time.Duration;
import java.util.ArrayDeque;

/** What to tell a person about an import: what is new, and the progress. Not thread safe. */
final class ImportNews extends JobNews {
    /** Time over which the rate is taken. */
    private static final long SPAN_NANOS = Duration.ofSeconds(30).toNanos();

    private final ArrayDeque<Look> looks = new ArrayDeque<>();

    private record Look(long nanos, long rows) {}

    ImportNews() {
        super("the import", "NOT IMPORTING");
    }

    @Override
    String progress(RunningJob job) {
        ScoringStatus status = job.status();
        String problems = status.text(name(), absence());
        if (!status.isRunning()) {
            looks.clear();
            return problems;
        }
        JobMetrics metrics = job.metrics();
        long rows = metrics.sum("rowsAssembled");
        StringBuilder line = new StringBuilder(String.format(
                "values %,d   rows %,d (%,.1f/s)   incomplete %,d   late values %,d   unused records %,d   rejected %,d",
                metrics.sum("metricsRead"),
                rows,
                rate(System.nanoTime(), rows),
                metrics.sum("rowsIncomplete"),
                metrics.sum("metricsLate"),
                metrics.sum("metricsUnused"),
                metrics.sum("rejected")));
        add(line, "no numbers", metrics.sum("metricsNotNumbers"));
        add(line, "refused values", metrics.sum("metricsRefused"));
        add(line, "intervals closed early", metrics.sum("intervalsEvicted"));
        add(line, "values without room", metrics.sum("metricsDropped"));
        add(line, "forgotten series", metrics.sum("seriesEvicted"));
        add(line, "forgotten entities", metrics.sum("entitiesEvicted"));
        add(line, "uncommitted transactions", metrics.failedCommittables());
        return problems.isEmpty() ? line.toString() : line + "   " + problems;
    }

    private static void add(StringBuilder line, String name, long count) {
        if (count > 0) {
            line.append(String.format("   %s %,d", name, count));
        }
    }

    /** Rows a second since the oldest look that is at most half a minute old. */
    private double rate(long nanos, long rows) {
        // A restart sets the counters to 0.
        if (!looks.isEmpty() && looks.getLast().rows() > rows) {
            looks.clear();
        }
        while (!looks.isEmpty() && nanos - looks.getFirst().nanos() > SPAN_NANOS) {
            looks.removeFirst();
        }
        looks.addLast(new Look(nanos, rows));
        Look first = looks.getFirst();
        double seconds = (nanos - first.nanos()) / 1e9;
        return seconds > 0 ? (rows - first.rows()) / seconds : 0;
    }
}
