package dev.noether.lab.evaluate.measure;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a detector got, by measure; NaN where a measure makes no sense. Immutable. */
public final class Figures {
    private final Map<Measure, Double> values;

    private Figures(Map<Measure, Double> values) {
        this.values = values;
    }

    /** Copies. */
    public static Figures of(Map<Measure, Double> values) {
        return new Figures(new EnumMap<>(values));
    }

    /** One number; NaN where there is none. */
    public double get(Measure measure) {
        return values.getOrDefault(measure, Double.NaN);
    }

    /** The mean of each measure over those that have it: a delay is known only where something was found. */
    public static Figures mean(List<Figures> all) {
        Map<Measure, Double> means = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            double mean = all.stream()
                    .mapToDouble(figures -> figures.get(measure))
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN);
            means.put(measure, mean);
        }
        return new Figures(means);
    }
}
