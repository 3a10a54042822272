package dev.noether.flink.clock;

import java.util.Locale;

/** A unit in which event times are often sent by mistake instead of milliseconds. */
enum TimeUnitGuess {
    SECONDS("multiply by 1,000") {
        @Override
        long toMillis(long time) {
            return Math.abs(time) > Long.MAX_VALUE / 1_000 ? Long.MAX_VALUE : time * 1_000;
        }
    },
    MICROSECONDS("divide by 1,000") {
        @Override
        long toMillis(long time) {
            return time / 1_000;
        }
    },
    NANOSECONDS("divide by 1,000,000") {
        @Override
        long toMillis(long time) {
            return time / 1_000_000;
        }
    };

    private final String correction;

    TimeUnitGuess(String correction) {
        this.correction = correction;
    }

    /** Returns the milliseconds of a time in this unit; the largest number if they do not fit into 64 bits. */
    abstract long toMillis(long time);

    /** Returns the name of the unit, for a message. */
    String plural() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns how to get milliseconds. */
    String correction() {
        return correction;
    }
}
