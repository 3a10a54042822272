package dev.noether.cli.command;

import dev.noether.cli.stack.EmbeddedScoring;
import dev.noether.cli.stack.JobMetrics;
import dev.noether.cli.stack.ScoringStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What to tell a person about a scoring job: what is new, and the progress. Not thread safe. */
final class ScoringNews {
    private final ModelNews models = new ModelNews();
    private String topics = "";
    private String source = "";

    /** Returns what was not told yet about the topics, the source and the models of the job. */
    List<String> of(EmbeddedScoring scoring) {
        List<String> news = new ArrayList<>();
        String now = scoring.metrics().topicReport();
        if (!now.equals(topics)) {
            topics = now;
            news.add(now.isEmpty() ? "All topics are as they were." : now);
        }
        String waiting = scoring.metrics().sourceProblem();
        if (!waiting.equals(source)) {
            source = waiting;
            news.add(
                    waiting.isEmpty()
                            ? "The schema registry answers again."
                            : waiting + ". Records wait for it; none is rejected.");
        }
        models.of(scoring.metrics().modelVersion(), scoring.metrics().modelProblem())
                .ifPresent(news::add);
        return news;
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

    /** Returns the progress of a job in one line. */
    static String progress(EmbeddedScoring scoring) {
        ScoringStatus status = scoring.status();
        if (!status.isRunning()) {
            return status.text();
        }
        JobMetrics metrics = scoring.metrics();
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
