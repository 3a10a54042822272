package dev.noether.cli.command;

import dev.noether.cli.stack.JobMetrics;
import dev.noether.cli.stack.RunningJob;
import dev.noether.cli.stack.ScoringStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What to tell a person about a scoring job: what is new, and the progress. Not thread safe. */
final class ScoringNews extends JobNews {
    private final ModelNews models = new ModelNews();

    ScoringNews() {
        super("the scoring job", "NOT SCORING");
    }

    @Override
    void addOthers(RunningJob job, List<String> news) {
        models.of(job.metrics().modelVersion(), job.metrics().modelProblem()).ifPresent(news::add);
    }

    /** Returns how many rows have no score, and why, such as {@code 1,204 (1,200 before the first model, 4 late)}. */
    static String unscored(Map<String, Long> reasons) {
        long all = reasons.values().stream().mapToLong(Long::longValue).sum();
        String why = reasons.entrySet().stream()
                .map(reason -> String.format("%,d %s", reason.getValue(), words(reason.getKey())))
                .collect(Collectors.joining(", "));
        return String.format("%,d", all) + (why.isEmpty() ? "" : " (" + why + ")");
    }

    private static String words(String reason) {
        return switch (reason) {
            case "COLD_START" -> "before the first model";
            case "WARM_UP" -> "without a full window";
            case "LATE" -> "late";
            default -> reason;
        };
    }

    @Override
    String progress(RunningJob job) {
        ScoringStatus status = job.status();
        if (!status.isRunning()) {
            return status.text();
        }
        JobMetrics metrics = job.metrics();
        String failures = status.text().isEmpty() ? "" : "   " + status.text();
        if (metrics.observationsLost() > 0) {
            failures += String.format("   removed unread %,d", metrics.observationsLost());
        }
        if (metrics.failedCommittables() > 0) {
            failures += String.format(
                    "   uncommitted transactions %,d: the log says whether a score is missing",
                    metrics.failedCommittables());
        }
        return String.format(
                        "scored %,d   unscored %s   anomalous %,d   model %s",
                        metrics.scored(),
                        unscored(metrics.unscoredReasons()),
                        metrics.anomalous(),
                        ModelNews.name(metrics.modelVersion()))
                + failures;
    }
}
