package dev.noether.console.api;

import dev.noether.console.store.FeatureValue;
import dev.noether.console.store.ScoreQueries.StoredScore;
import dev.noether.schemas.Contribution;
import dev.noether.schemas.Score;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one entity, put together from the store and the topics: one of each event time. If they become too many,
 * only the one of most worth of each part of the time stays, so a long range takes no more memory than a short one.
 * Not thread safe.
 */
final class SeriesRows {
    private final TreeMap<Long, Row> rows = new TreeMap<>();
    private final int most;
    private boolean isReduced;
    private @Nullable StoredScore first;
    private @Nullable StoredScore last;

    /**
     * Makes rows.
     *
     * @param most number of rows above which half as many stay
     */
    SeriesRows(int most) {
        this.most = most;
    }

    /** A row; what is not known is NaN. */
    static final class Row {
        final long time;
        double score = Double.NaN;
        double alarm = Double.NaN;
        double threshold = Double.NaN;
        /** N, A or U as the first letters of the verdicts; a hyphen if the score is not known. */
        char verdict = '-';
        /** Values by feature. */
        final Map<String, FeatureValue> features = new HashMap<>();

        Row(long time) {
            this.time = time;
        }

        /** Whether the row is more worth to be shown than another one. */
        boolean outranks(Row other) {
            boolean isAnomalous = verdict == 'A';
            if (isAnomalous != (other.verdict == 'A')) {
                return isAnomalous;
            }
            return !Double.isNaN(alarm) && !(alarm <= other.alarm);
        }
    }

    /** Adds a score of the store. */
    void add(StoredScore score) {
        first = first == null ? score : first;
        last = score;
        Row row = row(score.time());
        row.score = score.score();
        row.alarm = score.alarm();
        row.threshold = score.threshold();
        row.verdict = score.verdict().name().charAt(0);
        for (FeatureValue value : score.features()) {
            row.features.put(value.name(), value);
        }
    }

    /** Adds a score of the topic. */
    void add(Score score) {
        Row row = row(score.eventTime());
        row.score = score.score();
        row.alarm = score.alarm();
        row.threshold = score.threshold();
        row.verdict = score.verdict().name().charAt(0);
        for (Contribution one : score.contributions()) {
            row.features.put(
                    one.feature(),
                    new FeatureValue(one.feature(), one.observed(), one.expected(), one.usualLow(), one.usualHigh()));
        }
    }

    /** Adds the observed values of a row. */
    void add(long time, List<String> names, double[] values) {
        Row row = row(time);
        for (int i = 0; i < values.length; i++) {
            String name = names.get(i);
            FeatureValue known = row.features.get(name);
            float observed = (float) values[i];
            if (known == null) {
                row.features.put(name, new FeatureValue(name, observed, Float.NaN, Float.NaN, Float.NaN));
            } else if (Float.isNaN(known.observed())) {
                row.features.put(
                        name, new FeatureValue(name, observed, known.expected(), known.usualLow(), known.usualHigh()));
            }
        }
    }

    private Row row(long time) {
        Row known = rows.get(time);
        if (known != null) {
            return known;
        }
        if (rows.size() >= most) {
            reduce();
        }
        Row row = new Row(time);
        rows.put(time, row);
        return row;
    }

    private void reduce() {
        isReduced = true;
        int bins = most / 2;
        long from = rows.firstKey();
        double length = rows.lastKey() - from + 1.0;
        List<Row> all = list();
        rows.clear();
        Row best = null;
        long bestBin = -1;
        for (Row row : all) {
            long bin = (long) ((row.time - from) / length * bins);
            if (bin != bestBin || best == null || row.outranks(best)) {
                if (bin == bestBin && best != null) {
                    rows.remove(best.time);
                }
                rows.put(row.time, row);
                best = row;
                bestBin = bin;
            }
        }
    }

    /** Whether rows were left out. */
    boolean isReduced() {
        return isReduced;
    }

    /** Returns the first score of the store; null if there is none. */
    @Nullable
    StoredScore first() {
        return first;
    }

    /** Returns the last score of the store; null if there is none. */
    @Nullable
    StoredScore last() {
        return last;
    }

    int size() {
        return rows.size();
    }

    /** Returns the rows, oldest first. */
    List<Row> list() {
        return new ArrayList<>(rows.values());
    }
}
