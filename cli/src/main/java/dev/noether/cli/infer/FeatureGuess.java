package dev.noether.cli.infer;

import dev.noether.flink.mapping.TimeForm;
import dev.noether.incident.report.ReadableQuantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What becomes of a numeric field.
 *
 * @param path path of the field
 * @param isUsed whether it is a feature
 * @param reason its range, or why it is left out
 */
record FeatureGuess(String path, boolean isUsed, String reason) {
    private static final double RISING = 0.99;
    private static final int LEAST_STEPS = 10;

    /** A total whose rates differ by less is a clock. */
    private static final double SAME_RATE = 1e-3;

    private static final String TOTAL = "a total that only grows: its increase per second is judged; ";

    /**
     * Guesses from a sample.
     *
     * @param times {@code [rows]}, time of each row
     */
    static List<FeatureGuess> of(SampleTable table, TimeGuess time, EntityGuess entity, long[] times) {
        List<FeatureGuess> guesses = new ArrayList<>();
        Map<List<Double>, String> seen = new HashMap<>();
        for (Column column : table.columns().values()) {
            if (!column.isNumeric()
                    || column.path().equals(time.path())
                    || entity.paths().contains(column.path())) {
                continue;
            }
            if (column.path().equals("time") && time.path().isEmpty()) {
                continue;
            }
            String reason = reasonToLeaveOut(column, table, entity, times, seen);
            String kind = reason.isEmpty() && column.isInteger() && rising(column, table, entity, times) >= RISING
                    ? TOTAL
                    : "";
            guesses.add(new FeatureGuess(
                    column.path(), reason.isEmpty(), reason.isEmpty() ? kind + range(column, table) : reason));
        }
        return guesses;
    }

    private static String reasonToLeaveOut(
            Column column, SampleTable table, EntityGuess entity, long[] times, Map<List<Double>, String> seen) {
        if (column.count() < table.size() / 2) {
            return "only " + percent(column.count(), table.size()) + " of the records have it";
        }
        if (column.distinct() == 1) {
            return "constant: " + column.example() + " in all records";
        }
        String other = seen.putIfAbsent(values(column, table), column.path());
        if (other != null) {
            return "the same values as " + other;
        }
        if (entity.entities() > 1 && isFixed(column, table, entity)) {
            return "a property of the entity: it has one value in all records of each";
        }
        if (isTime(column)) {
            return "times, not a measurement";
        }
        double rising = rising(column, table, entity, times);
        if (column.isInteger() && rising >= RISING) {
            if (column.distinct() >= RISING * column.count()
                    && column.name().toLowerCase(Locale.ROOT).matches(".*(id|seq|sequence|offset|number|uuid)")) {
                return "a number of the record, not a measurement";
            }
            return isEven(column, table, entity, times) ? "a total that always grows as fast, like an uptime" : "";
        }
        return "";
    }

    /** Whether the steps of a total have one rate, but for falls: it then counts time. */
    private static boolean isEven(Column column, SampleTable table, EntityGuess entity, long[] times) {
        Map<String, double[]> last = new HashMap<>();
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i : byTime(table, times)) {
            double now = FlatRecord.number(table.row(i).get(column.path()));
            double[] before = Double.isNaN(now)
                    ? null
                    : last.put(EntityGuess.name(entity.paths(), table, i), new double[] {now, times[i]});
            if (before != null && now >= before[0] && times[i] > before[1]) {
                double rate = (now - before[0]) / (times[i] - before[1]);
                least = Math.min(least, rate);
                most = Math.max(most, rate);
            }
        }
        return most - least <= SAME_RATE * most;
    }

    private static Integer[] byTime(SampleTable table, long[] times) {
        Integer[] order = new Integer[table.size()];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingLong(i -> times[i]));
        return order;
    }

    private static boolean isFixed(Column column, SampleTable table, EntityGuess entity) {
        Map<String, Object> byName = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            Object value = table.row(i).get(column.path());
            Object other = value == null ? null : byName.putIfAbsent(EntityGuess.name(entity.paths(), table, i), value);
            if (other != null && !other.equals(value)) {
                return false;
            }
        }
        return table.size() >= 2 * byName.size();
    }

    private static boolean isTime(Column column) {
        for (TimeForm form : List.of(TimeForm.MILLISECONDS, TimeForm.MICROSECONDS, TimeForm.NANOSECONDS)) {
            long low = form.toMillis(column.lowest());
            long high = form.toMillis(column.highest());
            if (column.lowest() > 1e12
                    && low > 1_400_000_000_000L
                    && high < 2_000_000_000_000L
                    && high - low < 100L * 86_400_000) {
                return true;
            }
        }
        return false;
    }

    private static List<Double> values(Column column, SampleTable table) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            values.add(FlatRecord.number(table.row(i).get(column.path())));
        }
        return values;
    }

    /** The share of steps of an entity that rise or stay, if most of the steps rise; otherwise 0. */
    private static double rising(Column column, SampleTable table, EntityGuess entity, long[] times) {
        Map<String, double[]> last = new HashMap<>();
        int steps = 0;
        int notFalling = 0;
        int up = 0;
        for (int i : byTime(table, times)) {
            double now = FlatRecord.number(table.row(i).get(column.path()));
            if (Double.isNaN(now)) {
                continue;
            }
            double[] before = last.put(EntityGuess.name(entity.paths(), table, i), new double[] {now});
            if (before != null) {
                steps++;
                notFalling += now >= before[0] ? 1 : 0;
                up += now > before[0] ? 1 : 0;
            }
        }
        return steps < LEAST_STEPS || up < steps / 2 ? 0 : (double) notFalling / steps;
    }

    private static String range(Column column, SampleTable table) {
        String range = ReadableQuantity.number(column.lowest()) + " to " + ReadableQuantity.number(column.highest());
        return column.count() == table.size()
                ? range
                : range + "; missing in " + percent(table.size() - column.count(), table.size()) + " of the records";
    }

    private static String percent(int count, int all) {
        double percent = 100.0 * count / all;
        return percent < 1 ? "less than 1 %" : Math.round(percent) + " %";
    }
}
