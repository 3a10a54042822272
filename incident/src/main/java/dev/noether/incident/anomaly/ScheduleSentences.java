package dev.noether.incident.anomaly;

import static dev.noether.incident.report.ReadableQuantity.duration;

import dev.noether.schemas.ScheduleDifference;
import dev.noether.schemas.ScheduleFinding;

/** Describes a job that did not come or does not end, in half a sentence. */
final class ScheduleSentences {
    private ScheduleSentences() {}

    /**
     * The words; empty if there is nothing to say of a kind that is unknown.
     *
     * @param end first event time after the newest anomalous score, milliseconds
     */
    static String describe(ScheduleFinding finding, long end) {
        if (finding.kind() == ScheduleDifference.ABSENT) {
            return "the job of " + finding.clock() + " did not come";
        }
        if (finding.kind() != ScheduleDifference.LONG) {
            return "";
        }
        return "the job of " + finding.clock() + " has lasted "
                + duration(Math.max(finding.longestMillis(), end - finding.start())) + ", usually " + usual(finding);
    }

    private static String usual(ScheduleFinding finding) {
        String longest = duration(finding.longestMillis());
        return finding.shortestMillis() < finding.longestMillis()
                ? duration(finding.shortestMillis()) + " to " + longest
                : longest;
    }
}
