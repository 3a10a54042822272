package dev.noether.flink.source.field;

/** Receives the numbers that a record has, by their paths. */
@FunctionalInterface
public interface NumberReceiver {
    /** Receives a number. */
    void number(String path, double value);
}
