package dev.noether.flink.assembly;

import dev.noether.flink.assembly.AssemblyOptions.FeatureRule;
import dev.noether.flink.mapping.FeatureForm;
import java.util.List;

/** Makes the values of a row from the values of a closed interval. Not thread safe. */
final class RowMaker {
    private static final double MILLIS_OF_SECOND = 1_000;

    private final FeatureRule[] rules;
    private final double intervalSeconds;
    private int forgotten;

    RowMaker(List<FeatureRule> rules, long intervalMillis) {
        this.rules = rules.toArray(new FeatureRule[0]);
        intervalSeconds = intervalMillis / MILLIS_OF_SECOND;
    }

    /** Whether a feature is made of the changes of series. */
    boolean isDifference(int feature) {
        return rules[feature].form().isDifference();
    }

    /**
     * Adds a value to an open interval.
     *
     * @return whether there was room for it
     */
    boolean add(OpenRow row, int feature, boolean isIncrease, long series, long time, double value) {
        if (isDifference(feature)) {
            return row.samples().add(feature, isIncrease, series, time, value);
        }
        row.aggregates().add(feature, rules[feature].aggregate(), time, value);
        return true;
    }

    /**
     * Makes the values of a row, and moves the last readings of its series to the readings before the next interval.
     *
     * @param row the oldest open interval of its entity; its aggregates are those of the whole row afterwards
     * @param start start of the interval, milliseconds since 1970 UTC
     * @return {@code [features]}, NaN where there is no value
     */
    float[] close(OpenRow row, long start, PreviousReadings previous) {
        forgotten = 0;
        for (int i = 0; i < row.samples().size(); i++) {
            addDifference(row, i, start, previous);
        }
        float[] values = new float[rules.length];
        for (int i = 0; i < values.length; i++) {
            double value = row.aggregates().result(i, rules[i].aggregate());
            float rounded = (float)
                    (rules[i].form() == FeatureForm.LOG ? rules[i].form().of(value) : value);
            // A number beyond the range of a float is no value that a model could use.
            values[i] = Float.isInfinite(rounded) ? Float.NaN : rounded;
        }
        return values;
    }

    private void addDifference(OpenRow row, int at, long start, PreviousReadings previous) {
        SeriesSamples samples = row.samples();
        int feature = samples.feature(at);
        long newest = samples.newestTime(at);
        double before = Double.NaN;
        double seconds = intervalSeconds;
        if (!samples.isIncrease(at)) {
            int known = previous.find(feature, samples.series(at));
            if (known >= 0 && previous.time(known) < start) {
                before = previous.value(known);
                seconds = (newest - previous.time(known)) / MILLIS_OF_SECOND;
            }
        }
        double growth = samples.growth(at, before);
        double difference = rules[feature].form() == FeatureForm.RATE ? growth / seconds : growth;
        if (Double.isFinite(difference)) {
            row.aggregates().add(feature, rules[feature].aggregate(), newest, difference);
        }
        if (!samples.isIncrease(at)) {
            forgotten += previous.put(feature, samples.series(at), newest, samples.newestReading(at));
        }
    }

    /** Number of series that the last {@link #close} has forgotten, because the entity has too many. */
    int forgotten() {
        return forgotten;
    }
}
