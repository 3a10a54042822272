package dev.noether.flink.mapping;

/** What a feature is made of. */
public enum FeatureForm {
    /** The value as it is. */
    VALUE,
    /** The natural logarithm of the value; a value of 0 or below is missing. */
    LOG,
    /** The growth in a second. */
    RATE,
    /** The growth since the value before. */
    DELTA;

    /** Whether the value before is needed too. */
    public boolean isDifference() {
        return this == RATE || this == DELTA;
    }

    /** Returns the feature of a value; NaN if it has none. */
    public double of(double value) {
        if (this != LOG) {
            return value;
        }
        return value > 0 ? Math.log(value) : Double.NaN;
    }
}
