package dev.noether.console.api;

import dev.noether.console.http.JsonText;
import dev.noether.console.store.FeatureValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows as columns of equal length, thinned to as many points as a chart can show. */
final class SeriesColumns {
    private static final int MOST_FEATURES = 64;

    private final List<SeriesRows.Row> rows;
    private final List<String> features;
    private final boolean isThinned;

    private SeriesColumns(List<SeriesRows.Row> rows, List<String> features, boolean isThinned) {
        this.rows = rows;
        this.features = features;
        this.isThinned = isThinned;
    }

    /**
     * Makes the columns. Of the rows that fall on one point the one with the highest alarm score stays, an anomalous one
     * before all others.
     *
     * @param rows rows, oldest first
     * @param schema names of the detector's features
     * @param points number of points
     */
    static SeriesColumns of(List<SeriesRows.Row> rows, List<String> schema, EventRange range, int points) {
        boolean isThinned = rows.size() > points;
        List<SeriesRows.Row> shown = isThinned ? thinned(rows, range, points) : rows;
        return new SeriesColumns(shown, features(shown, schema), isThinned);
    }

    private static List<SeriesRows.Row> thinned(List<SeriesRows.Row> rows, EventRange range, int points) {
        SeriesRows.Row[] best = new SeriesRows.Row[points];
        long from = Math.max(range.from(), rows.get(0).time);
        long length = Math.max(1, Math.min(range.to(), rows.get(rows.size() - 1).time + 1) - from);
        for (SeriesRows.Row row : rows) {
            int point = (int) Math.min(points - 1, (row.time - from) * (double) points / length);
            if (best[point] == null || row.outranks(best[point])) {
                best[point] = row;
            }
        }
        List<SeriesRows.Row> shown = new ArrayList<>();
        for (SeriesRows.Row row : best) {
            if (row != null) {
                shown.add(row);
            }
        }
        return shown;
    }

    /** The detector's features in their order, those with an expected value first if they are too many. */
    private static List<String> features(List<SeriesRows.Row> rows, List<String> schema) {
        Map<String, Integer> counts = new HashMap<>();
        for (SeriesRows.Row row : rows) {
            for (FeatureValue value : row.features.values()) {
                counts.merge(value.name(), Float.isNaN(value.expected()) ? 0 : 1, Integer::sum);
            }
        }
        Set<String> known = new LinkedHashSet<>(schema);
        known.addAll(counts.keySet());
        known.retainAll(counts.keySet());
        List<String> names = new ArrayList<>(known);
        if (names.size() > MOST_FEATURES) {
            names.sort((first, second) -> counts.getOrDefault(second, 0) - counts.getOrDefault(first, 0));
        }
        return names.subList(0, Math.min(MOST_FEATURES, names.size()));
    }

    boolean isThinned() {
        return isThinned;
    }

    void write(JsonText json) throws IOException {
        int count = rows.size();
        long[] times = new long[count];
        double[] score = new double[count];
        double[] alarm = new double[count];
        double[] threshold = new double[count];
        StringBuilder verdict = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            SeriesRows.Row row = rows.get(i);
            times[i] = row.time;
            score[i] = row.score;
            alarm[i] = row.alarm;
            threshold[i] = row.threshold;
            verdict.append(row.verdict);
        }
        json.integers("time", times, count)
                .numbers("score", score)
                .numbers("alarmScore", alarm)
                .numbers("threshold", threshold)
                .text("verdict", verdict.toString())
                .objects("features", features, this::feature);
    }

    private void feature(JsonText json, String name) throws IOException {
        int count = rows.size();
        float[] observed = new float[count];
        float[] expected = new float[count];
        float[] low = new float[count];
        float[] high = new float[count];
        for (int i = 0; i < count; i++) {
            FeatureValue value = rows.get(i).features.get(name);
            observed[i] = value == null ? Float.NaN : value.observed();
            expected[i] = value == null ? Float.NaN : value.expected();
            low[i] = value == null ? Float.NaN : value.usualLow();
            high[i] = value == null ? Float.NaN : value.usualHigh();
        }
        json.text("name", name)
                .singles("observed", observed)
                .singles("expected", expected)
                .singles("usualLow", low)
                .singles("usualHigh", high);
    }
}
