package dev.noether.flink.source.field;

/** Is told of each row of a record, once its fields are set. */
@FunctionalInterface
public interface RowReceiver {
    /** Receives a row. */
    void row();
}
