package dev.noether.flink.ingest;

/** Receives the values that a record has, by the names of features. */
@FunctionalInterface
public interface ValueReceiver {
    /**
     * Receives a value.
     *
     * @param name name of a feature, perhaps not one of the detector
     * @param value its value; NaN if it is missing
     */
    void value(String name, float value);
}
