package dev.noether.cli.compare;

import dev.noether.schemas.Score;
import dev.noether.schemas.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the scores of two detectors by partition and offset of the observation. All scores of the first come first,
 * then those of the second. Not thread safe.
 */
final class ScoreAgreement {
    private final Map<Integer, ScoreTable> first = new HashMap<>();
    private final Map<Integer, ScoreTable> second = new HashMap<>();
    private long firstAlarms;
    private long secondAlarms;
    private long both;
    private long equal;
    private double largest = -1;
    private @Nullable Score largestAt;

    /** Takes a score of the first detector. */
    void first(Score score) {
        if (add(first, score)) {
            firstAlarms += isAlarm(score) ? 1 : 0;
        }
    }

    /** Takes a score of the second detector, after all of the first. */
    void second(Score score) {
        if (!add(second, score)) {
            return;
        }
        secondAlarms += isAlarm(score) ? 1 : 0;
        ScoreTable table = first.get(score.sourcePartition());
        int slot = table == null ? -1 : table.find(score.sourceOffset());
        if (table == null || slot < 0) {
            return;
        }
        both++;
        equal += table.verdict(slot) == score.verdict() ? 1 : 0;
        double difference = Math.abs(table.pValue(slot) - score.pValue());
        if (difference > largest || (difference == largest && isBefore(score, largestAt))) {
            largest = difference;
            largestAt = score;
        }
    }

    /** Of equal differences that of the smaller offset is told: partitions are read in any order. */
    private static boolean isBefore(Score score, @Nullable Score other) {
        return other == null
                || score.sourceOffset() < other.sourceOffset()
                || (score.sourceOffset() == other.sourceOffset() && score.sourcePartition() < other.sourcePartition());
    }

    /** Whether it is the first score of its observation: a restart without exactly-once may repeat some. */
    private static boolean add(Map<Integer, ScoreTable> tables, Score score) {
        ScoreTable table = tables.computeIfAbsent(score.sourcePartition(), partition -> new ScoreTable());
        if (table.find(score.sourceOffset()) >= 0) {
            return false;
        }
        table.put(score.sourceOffset(), score.verdict(), score.pValue());
        return true;
    }

    private static boolean isAlarm(Score score) {
        return score.verdict() == Verdict.ANOMALOUS && score.suppressed() == null;
    }

    ComparisonReport.Scores report() {
        Score at = largestAt;
        return new ComparisonReport.Scores(
                count(first),
                count(second),
                both,
                equal,
                firstAlarms,
                secondAlarms,
                at == null
                        ? null
                        : new ComparisonReport.Difference(
                                largest, at.entity(), at.windowEnd() - 1, at.sourcePartition(), at.sourceOffset()));
    }

    private static long count(Map<Integer, ScoreTable> tables) {
        return tables.values().stream().mapToLong(ScoreTable::size).sum();
    }
}
