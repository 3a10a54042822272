package dev.noether.lab.evaluate.ablate;

import dev.noether.lab.evaluate.measure.DetectionMetric;
import dev.noether.lab.evaluate.measure.MetricValues;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ablation on one series.
 *
 * @param name of the series
 * @param metrics by variant; empty if the shape view is not used
 * @param view figures of the shape view and of the networks
 * @param reason why the shape view is not used; empty if it is
 */
public record AblationSeries(String name, Map<AblationVariant, MetricValues> metrics, View view, String reason) {
    /**
     * Figures of the shape view and of the networks.
     *
     * @param period in rows
     * @param codeSize chosen width of the code of the networks
     * @param seconds duration of all trainings and scorings
     */
    public record View(int period, int codeSize, double seconds) {}

    /** Copies the map. */
    public AblationSeries {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** A metric of a variant; NaN if there is none. */
    public double value(AblationVariant variant, DetectionMetric measure) {
        MetricValues figures = metrics.get(variant);
        return figures == null ? Double.NaN : figures.get(measure);
    }

    /** A series without a shape view. */
    public static AblationSeries without(String name, String reason) {
        return new AblationSeries(name, Map.of(), new View(0, 0, 0), reason);
    }
}
