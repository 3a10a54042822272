package dev.noether.flink.assembly;

import dev.noether.flink.assembly.AssemblyOptions.FeatureRule;
import dev.noether.flink.mapping.FeatureForm;
import dev.noether.flink.mapping.MetricAggregate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rows of all values at once, in the plainest way: sorted values, exact sums. */
final class BatchAssembly {
    private final AssemblyOptions options;
    private final long interval;

    BatchAssembly(AssemblyOptions options) {
        this.options = options;
        interval = options.interval().toMillis();
    }

    /** An entity and the start of an interval. */
    record Place(String entity, long start) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return Comparator.comparing(Place::entity)
                    .thenComparing(Place::start)
                    .compare(this, other);
        }
    }

    Map<Place, float[]> rows(List<TestingValue> values) {
        TreeSet<Place> places = new TreeSet<>();
        values.forEach(value -> places.add(place(value)));
        Map<List<Object>, List<TestingValue>> byFeature = values.stream()
                .sorted(Comparator.comparingLong(TestingValue::time).thenComparingDouble(TestingValue::value))
                .collect(Collectors.groupingBy(value -> List.of(value.entity(), value.feature())));
        Map<Place, float[]> rows = new TreeMap<>();
        for (Place place : places) {
            float[] row = new float[options.rules().size()];
            boolean hasValue = false;
            for (int i = 0; i < row.length; i++) {
                List<TestingValue> own = byFeature.getOrDefault(List.of(place.entity(), i), List.of());
                List<TestingValue> used = contributions(options.rules().get(i), own, place);
                hasValue |= !used.isEmpty();
                row[i] = rounded(options.rules().get(i), used);
            }
            if (hasValue) {
                rows.put(place, row);
            }
        }
        return rows;
    }

    private Place place(TestingValue value) {
        return new Place(value.entity(), Math.floorDiv(value.time(), interval) * interval);
    }

    /** The values in the interval, or what each series has grown by. */
    private List<TestingValue> contributions(FeatureRule rule, List<TestingValue> own, Place place) {
        List<TestingValue> inside =
                own.stream().filter(value -> place(value).equals(place)).toList();
        if (!rule.form().isDifference()) {
            return inside;
        }
        Map<List<Object>, List<TestingValue>> bySeries = new HashMap<>();
        inside.forEach(
                value -> bySeries.computeIfAbsent(List.of(value.series(), value.isIncrease()), key -> new ArrayList<>())
                        .add(value));
        List<TestingValue> grown = new ArrayList<>();
        for (List<TestingValue> series : bySeries.values()) {
            TestingValue last = series.get(series.size() - 1);
            double growth = 0;
            double seconds = interval / 1000.0;
            if (last.isIncrease()) {
                growth = sum(series).doubleValue();
            } else {
                List<TestingValue> before = own.stream()
                        .filter(value -> value.series() == last.series() && !value.isIncrease())
                        .filter(value -> value.time() < place.start())
                        .toList();
                if (before.isEmpty()) {
                    continue;
                }
                TestingValue previous = before.get(before.size() - 1);
                seconds = (last.time() - previous.time()) / 1000.0;
                double reading = previous.value();
                for (TestingValue value : series) {
                    growth += value.value() < reading ? value.value() : value.value() - reading;
                    reading = value.value();
                }
            }
            double result = rule.form() == FeatureForm.RATE ? growth / seconds : growth;
            grown.add(new TestingValue(last.entity(), last.feature(), last.series(), last.time(), false, result));
        }
        grown.sort(Comparator.comparingLong(TestingValue::time).thenComparingDouble(TestingValue::value));
        return grown;
    }

    private static BigDecimal sum(List<TestingValue> values) {
        return values.stream().map(value -> new BigDecimal(value.value())).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static float rounded(FeatureRule rule, List<TestingValue> values) {
        if (values.isEmpty()) {
            return rule.aggregate() == MetricAggregate.COUNT ? 0 : Float.NaN;
        }
        double result = switch (rule.aggregate()) {
            case LAST -> values.get(values.size() - 1).value();
            case SUM -> sum(values).doubleValue();
            case MEAN ->
                sum(values)
                        .divide(BigDecimal.valueOf(values.size()), MathContext.DECIMAL128)
                        .doubleValue();
            case MAX -> values.stream().mapToDouble(TestingValue::value).max().orElseThrow();
            case MIN -> values.stream().mapToDouble(TestingValue::value).min().orElseThrow();
            case COUNT -> values.size();
        };
        return (float) (rule.form() == FeatureForm.LOG ? rule.form().of(result) : result);
    }
}
