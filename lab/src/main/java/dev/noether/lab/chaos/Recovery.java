package dev.noether.lab.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The recovery times of the faults of one kind.
 *
 * @param faults number of faults
 * @param medianSeconds the median
 * @param worstSeconds the longest
 */
public record Recovery(int faults, double medianSeconds, double worstSeconds) {
    /** Returns the recovery of each kind, of the faults whose recovery was awaited. */
    public static Map<String, Recovery> byKind(List<FaultResult> results) {
        Map<String, List<Double>> seconds = new TreeMap<>();
        for (FaultResult result : results) {
            Double recovery = result.recoverySeconds();
            if (recovery != null) {
                seconds.computeIfAbsent(result.kind(), kind -> new ArrayList<>())
                        .add(recovery);
            }
        }
        Map<String, Recovery> recoveries = new TreeMap<>();
        seconds.forEach((kind, values) -> recoveries.put(kind, of(values)));
        return recoveries;
    }

    /** Returns the recovery of several faults, at least one. */
    static Recovery of(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Recovery(sorted.size(), median, sorted.get(sorted.size() - 1));
    }
}
