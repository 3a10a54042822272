package dev.noether.flink.wire;

import static java.util.Objects.requireNonNull;

import dev.noether.schemas.Rejected;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of one Kafka record: a row, or a rejected record. Exactly one of the two is there. */
public final class Ingested {
    private final @Nullable ObservationRow row;
    private final @Nullable Rejected rejected;

    private Ingested(@Nullable ObservationRow row, @Nullable Rejected rejected) {
        this.row = row;
        this.rejected = rejected;
    }

    /** A record that was understood. */
    public static Ingested of(ObservationRow row) {
        return new Ingested(requireNonNull(row, "row"), null);
    }

    /** A record that was not. */
    public static Ingested of(Rejected rejected) {
        return new Ingested(null, requireNonNull(rejected, "rejected"));
    }

    /** The row, or null if the record was rejected. */
    public @Nullable ObservationRow row() {
        return row;
    }

    /** The rejected record, or null if there is a row. */
    public @Nullable Rejected rejected() {
        return rejected;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ingested that
                && Objects.equals(row, that.row)
                && Objects.equals(rejected, that.rejected);
    }

    @Override
    public int hashCode() {
        return Objects.hash(row, rejected);
    }

    @Override
    public String toString() {
        return String.valueOf(row == null ? rejected : row);
    }
}
