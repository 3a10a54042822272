package dev.noether.model.training;

import dev.noether.model.repeat.RepeatCounts;
import dev.noether.model.repeat.RepeatLaw;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts how often each feature has the same value in consecutive rows, over all entities of a history. A missing value
 * is skipped: it neither continues nor ends a run of equal values.
 */
final class RepeatFit {
    private RepeatFit() {}

    /**
     * Counts.
     *
     * @param histories histories with NaN for missing values
     * @param features values in a row
     */
    static RepeatLaw fit(List<EntityHistory> histories, int features) {
        List<RepeatCounts> counts = new ArrayList<>(features);
        for (int j = 0; j < features; j++) {
            counts.add(counts(histories, features, j));
        }
        return new RepeatLaw(counts);
    }

    private static RepeatCounts counts(List<EntityHistory> histories, int features, int feature) {
        int moves = 0;
        int repeats = 0;
        int laterMoves = 0;
        int laterRepeats = 0;
        int longest = 0;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                int length = 0;
                double last = Double.NaN;
                for (int i = 0; i < run.count(); i++) {
                    double value = run.rows()[i * features + feature];
                    if (Double.isNaN(value)) {
                        continue;
                    }
                    boolean same = value == last;
                    last = value;
                    if (length == 0) {
                        length = 1;
                        continue;
                    }
                    if (length == 1) {
                        moves++;
                        repeats += same ? 1 : 0;
                    } else {
                        laterMoves++;
                        laterRepeats += same ? 1 : 0;
                    }
                    length = same ? length + 1 : 1;
                    longest = Math.max(longest, length);
                }
            }
        }
        return new RepeatCounts(moves, repeats, laterMoves, laterRepeats, longest);
    }
}
