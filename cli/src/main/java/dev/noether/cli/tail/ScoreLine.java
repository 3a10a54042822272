package dev.noether.cli.tail;

import dev.noether.incident.report.ReadableQuantity;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.time.Instant;
import java.util.Locale;

/** A score as one line: time, verdict, entity, score and threshold, the leading feature. Stateless; thread safe. */
final class ScoreLine {
    private ScoreLine() {}

    static String of(Score score, Paint paint) {
        String verdict = String.format("%-9s", score.verdict());
        boolean isAlert = score.verdict() == Verdict.ANOMALOUS && score.suppressed() == null;
        return Instant.ofEpochMilli(score.eventTime()) + "  " + (isAlert ? paint.red(verdict) : paint.faint(verdict))
                + "  " + Printable.text(score.entity()) + ": "
                + (score.verdict() == Verdict.UNSCORED ? unscored(score) : scored(score))
                + (score.stuck().isEmpty()
                        ? ""
                        : "; " + Printable.text(score.stuck().get(0).feature()) + " no longer changes")
                + (score.suppressed() == null ? "" : "; no alert: " + Printable.text(score.suppressed()));
    }

    private static String unscored(Score score) {
        return "no score, reason "
                + String.valueOf(score.unscoredReason())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ');
    }

    private static String scored(Score score) {
        boolean isAbove = score.verdict() == Verdict.ANOMALOUS;
        return "score " + ReadableQuantity.number(score.alarm()) + (isAbove ? " above" : ", not above") + " threshold "
                + ReadableQuantity.number(score.threshold())
                + (Double.isNaN(score.pValue()) ? "" : ", p-value " + ReadableQuantity.number(score.pValue()))
                + (score.contributions().isEmpty()
                        ? ""
                        : "; " + leading(score.contributions().get(0)))
                + "; model " + score.modelVersion();
    }

    private static String leading(Contribution first) {
        return Printable.text(first.feature()) + " is " + ReadableQuantity.number(first.observed()) + ", expected "
                + ReadableQuantity.number(first.expected())
                + (first.usualLow() < first.usualHigh()
                        ? " (usual range " + ReadableQuantity.number(first.usualLow()) + " to "
                                + ReadableQuantity.number(first.usualHigh()) + ")"
                        : "")
                + String.format(Locale.ROOT, ", %.0f %% of the score", 100 * first.share());
    }
}
