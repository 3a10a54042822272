package dev.noether.lab.chaos.soak;

import java.util.Arrays;
import java.util.List;

/**
 * The course of one resource in the second half of a soak.
 *
 * @param owner the service that owns the resource
 * @param resource name and unit
 * @param samples number of samples in the second half
 * @param first median of the first quarter of all samples
 * @param last median of the last quarter
 * @param perHour slope in the second half, in the unit for each hour (Theil and Sen's median of all slopes)
 * @param allowedPerHour slope up to which the resource counts as flat
 */
public record Trend(
        String owner, String resource, int samples, double first, double last, double perHour, double allowedPerHour) {
    private static final int FEWEST = 4;

    /** Computes the trend of samples of one resource in the order of time. */
    static Trend of(List<ResourceSample> samples) {
        List<ResourceSample> usable =
                samples.stream().filter(sample -> !Double.isNaN(sample.value())).toList();
        List<ResourceSample> half = usable.subList(usable.size() / 2, usable.size());
        int quarter = Math.max(1, usable.size() / 4);
        double last = median(values(usable.subList(usable.size() - quarter, usable.size())));
        ResourceSample any = usable.get(0);
        return new Trend(
                any.owner(),
                any.kind().title(),
                half.size(),
                median(values(usable.subList(0, quarter))),
                last,
                slopePerHour(half),
                any.kind().allowedPerHour(last));
    }

    /** Whether the resource does not grow. */
    public boolean isFlat() {
        return perHour <= allowedPerHour;
    }

    /** The median slope over all pairs of samples; 0 for too few samples. */
    static double slopePerHour(List<ResourceSample> samples) {
        if (samples.size() < FEWEST) {
            return 0;
        }
        double[] slopes = new double[samples.size() * (samples.size() - 1) / 2];
        int next = 0;
        for (int later = 1; later < samples.size(); later++) {
            for (int earlier = 0; earlier < later; earlier++) {
                double hours =
                        (samples.get(later).seconds() - samples.get(earlier).seconds()) / 3600;
                slopes[next++] = hours == 0
                        ? 0
                        : (samples.get(later).value() - samples.get(earlier).value()) / hours;
            }
        }
        return median(slopes);
    }

    private static double[] values(List<ResourceSample> samples) {
        return samples.stream().mapToDouble(ResourceSample::value).toArray();
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
