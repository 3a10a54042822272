package dev.noether.cli.tail;

import dev.noether.schemas.Rejected;
import java.time.Instant;

/** A rejected record as one line: time, place, reason, key and bytes. Stateless; thread safe. */
final class RejectedLine {
    private RejectedLine() {}

    /**
     * Returns the line.
     *
     * @param written time at which it was rejected, milliseconds since 1970 UTC
     * @param width characters of the original bytes to show at most
     */
    static String of(Rejected rejected, long written, int width, Paint paint) {
        byte[] key = rejected.key();
        byte[] value = rejected.value();
        return Instant.ofEpochMilli(written) + "  " + paint.yellow(String.valueOf(rejected.reason())) + "  "
                + Printable.text(rejected.topic()) + " partition " + rejected.partition() + " offset "
                + rejected.offset() + ": " + Printable.text(rejected.error())
                + (key == null ? "" : "; key " + Printable.bytes(key, width))
                + (value == null
                        ? "; no value"
                        : "; value of " + rejected.valueBytes() + " bytes: " + Printable.bytes(value, width));
    }
}
