package dev.noether.model.training;

import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds episodes of a history whose scores are extreme. It compares means over pieces of 128 to 512 consecutive rows:
 * single high scores and short bursts are part of normal operation, and they alone calibrate the alarms, so they must
 * stay. Long pieces find incidents that a single row hardly shows.
 *
 * <p>A piece is extreme if one history in {@value #HISTORIES} has such a piece by chance, when the upper half of the
 * means is taken to be exponential with the distance from their median to their upper quartile. Pieces of one length are
 * compared with each other, so the usual variation over that time is known: a nightly job makes all long pieces vary. Incidents of up to a quarter of the rows do not
 * change the reference. Pieces next to an extreme one that are a third of the way there belong to the episode.
 *
 * <p>An episode that lasts until the end of the history is not returned: it may be the new normal behaviour.
 */
final class ExtremeEpisodes {
    private static final List<Integer> PIECE_ROWS = List.of(128, 256, 512);
    private static final int HISTORIES = 100;
    private static final int FEWEST_PIECES = 50;

    /** Rows that a model flagged are left out before; the rows around them still are one piece. */
    private static final int LONGEST_GAP_ROWS = 64;

    /** Part of the history at its end; what lasts until there lasts until the end. */
    private static final double END_SHARE = 0.05;

    private final List<EntityHistory> histories;

    /**
     * Judged rows of an entity without a long gap.
     *
     * @param from index of the first row among all rows of the entity
     * @param to index after the last row
     * @param mean mean of the scores
     * @param follows whether there is no long gap after the piece before it
     */
    private record Piece(int from, int to, double mean, boolean follows) {}

    /** Makes a search in histories. */
    ExtremeEpisodes(List<EntityHistory> histories) {
        this.histories = histories;
    }

    /**
     * Searches. The models of the folds were fitted to different numbers of rows, so scores of one fold are compared
     * with the median of that fold.
     *
     * @param folds folds of the history, each with its own model
     * @param scores for each history, the scores of its judged rows; changed
     * @param rows for each history, the ascending indices of these rows among all its rows
     * @return for each history, which of its rows belong to an extreme episode
     */
    List<boolean[]> find(List<Fold> folds, List<float[]> scores, List<int[]> rows) {
        folds.forEach(fold -> subtractMedian(fold, scores, rows));
        List<boolean[]> extreme = new ArrayList<>();
        for (EntityHistory history : histories) {
            extreme.add(new boolean[history.count()]);
        }
        long end = end();
        long gap = LONGEST_GAP_ROWS * RowInterval.median(histories).toMillis();
        for (int length : PIECE_ROWS) {
            List<List<Piece>> pieces = new ArrayList<>();
            for (int e = 0; e < histories.size(); e++) {
                pieces.add(pieces(scores.get(e), rows.get(e), times(histories.get(e)), length, gap));
            }
            mark(extreme, pieces, end);
        }
        return extreme;
    }

    private void mark(List<boolean[]> extreme, List<List<Piece>> pieces, long end) {
        double[] means = pieces.stream()
                .flatMap(List::stream)
                .mapToDouble(Piece::mean)
                .sorted()
                .toArray();
        if (means.length < FEWEST_PIECES) {
            return;
        }
        double median = means[means.length / 2];
        double spread = means[3 * means.length / 4] - median;
        double limit = spread * Math.log((double) means.length * HISTORIES / 2) / Math.log(2);
        for (int e = 0; e < histories.size(); e++) {
            mark(extreme.get(e), pieces.get(e), times(histories.get(e)), end, median + limit / 3, median + limit);
        }
    }

    private void subtractMedian(Fold fold, List<float[]> scores, List<int[]> rows) {
        float[] inFold = new float[scores.stream().mapToInt(own -> own.length).sum()];
        int count = 0;
        for (int e = 0; e < histories.size(); e++) {
            long[] times = times(histories.get(e));
            for (int i = 0; i < scores.get(e).length; i++) {
                if (fold.contains(times[rows.get(e)[i]])) {
                    inFold[count++] = scores.get(e)[i];
                }
            }
        }
        Arrays.sort(inFold, 0, count);
        float median = count == 0 ? 0 : inFold[count / 2];
        for (int e = 0; e < histories.size(); e++) {
            long[] times = times(histories.get(e));
            for (int i = 0; i < scores.get(e).length; i++) {
                scores.get(e)[i] -= fold.contains(times[rows.get(e)[i]]) ? median : 0;
            }
        }
    }

    private static List<Piece> pieces(float[] scores, int[] rows, long[] times, int length, long gap) {
        List<Piece> found = new ArrayList<>();
        int start = 0;
        while (start < rows.length) {
            int end = start + 1;
            while (end < rows.length && end - start < length && times[rows[end]] - times[rows[end - 1]] <= gap) {
                end++;
            }
            if (end - start >= length / 2) {
                double sum = 0;
                for (int i = start; i < end; i++) {
                    sum += scores[i];
                }
                boolean follows = !found.isEmpty()
                        && found.get(found.size() - 1).to > rows[start - 1]
                        && times[rows[start]] - times[rows[start - 1]] <= gap;
                found.add(new Piece(rows[start], rows[end - 1] + 1, sum / (end - start), follows));
            }
            start = end;
        }
        return found;
    }

    /** Marks each group of consecutive pieces above the lower limit that has one above the upper limit. */
    private static void mark(boolean[] rows, List<Piece> own, long[] times, long end, double lower, double upper) {
        int start = 0;
        while (start < own.size()) {
            int next = start;
            double highest = Double.NEGATIVE_INFINITY;
            while (next < own.size() && own.get(next).mean > lower && (next == start || own.get(next).follows)) {
                highest = Math.max(highest, own.get(next).mean);
                next++;
            }
            if (highest > upper && times[own.get(next - 1).to - 1] < end) {
                Arrays.fill(rows, own.get(start).from, own.get(next - 1).to, true);
            }
            start = Math.max(next, start + 1);
        }
    }

    private static long[] times(EntityHistory history) {
        return history.runs().stream()
                .flatMapToLong(run -> Arrays.stream(run.times()))
                .toArray();
    }

    private long end() {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (EntityHistory history : histories) {
            for (Run run : history.runs()) {
                first = Math.min(first, run.times()[0]);
                last = Math.max(last, run.times()[run.count() - 1]);
            }
        }
        return last - (long) (END_SHARE * (last - first));
    }
}
