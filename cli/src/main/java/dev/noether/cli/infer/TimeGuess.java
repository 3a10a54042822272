package dev.noether.cli.infer;

import dev.noether.flink.mapping.TimeForm;
import dev.noether.flink.source.field.IsoTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which field holds the time, and in which unit.
 *
 * @param path path of the field; empty for the record's timestamp in Kafka, or the time of the line
 * @param form how the time is written
 * @param reason why, in a few words
 */
record TimeGuess(String path, TimeForm form, String reason) {
    private static final List<String> NAMES =
            List.of("@timestamp", "timestamp", "time", "ts", "event_time", "eventtime", "datetime", "date", "t", "at");

    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").toEpochMilli();
    private static final long A_DAY = 86_400_000;

    /** One possible field. */
    private record Candidate(String path, TimeForm form, int rank, long distance) {}

    /** Whether a path looks like that of a time. */
    static boolean isLikely(String path) {
        return NAMES.contains(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** Guesses from a sample. */
    static TimeGuess of(SampleTable table, RecordForm form, long now) {
        if (form == RecordForm.INFLUX) {
            return new TimeGuess("", TimeForm.AUTO, "the time of the line, or else the record's timestamp in Kafka");
        }
        Optional<Candidate> best = table.columns().values().stream()
                .filter(table::isEverywhere)
                .flatMap(column -> candidate(column, table, now).stream())
                .min(Comparator.comparingInt(Candidate::rank).thenComparingLong(Candidate::distance));
        if (best.isEmpty()) {
            return new TimeGuess(
                    "", TimeForm.AUTO, "no field has plausible times, so it is the record's timestamp in Kafka");
        }
        Candidate field = best.get();
        Object example = table.row(table.size() - 1).get(field.path());
        return new TimeGuess(
                field.path(),
                field.form(),
                "the newest record has " + example + reading(millis(example, field.form()), example) + " as "
                        + field.form().words());
    }

    /** What a time means, unless it is written in the same way. */
    private static String reading(long millis, @Nullable Object example) {
        Instant time = Instant.ofEpochMilli(millis);
        return time.toString().equals(example) ? "" : ", which is " + time;
    }

    private static Optional<Candidate> candidate(Column column, SampleTable table, long now) {
        for (TimeForm form : forms(column)) {
            long distance = 0;
            for (int i = 0; i < table.size(); i += Math.max(1, table.size() / 200)) {
                long time = millis(table.row(i).get(column.path()), form);
                if (time < EARLIEST || time > now + 2 * A_DAY) {
                    distance = -1;
                    break;
                }
                distance += Math.abs(time - table.kafkaTime(i)) / 1000;
            }
            if (distance >= 0) {
                int rank = NAMES.indexOf(column.name().toLowerCase(Locale.ROOT));
                return Optional.of(new Candidate(column.path(), form, rank < 0 ? NAMES.size() : rank, distance));
            }
        }
        return Optional.empty();
    }

    private static List<TimeForm> forms(Column column) {
        if (column.isNumeric() && column.highest() > 1e8) {
            return List.of(TimeForm.SECONDS, TimeForm.MILLISECONDS, TimeForm.MICROSECONDS, TimeForm.NANOSECONDS);
        }
        return column.isText() ? List.of(TimeForm.ISO) : List.of();
    }

    /** Returns the time that a value says, milliseconds since 1970; -1 if it says none. */
    static long millis(@Nullable Object value, TimeForm form) {
        if (form == TimeForm.ISO) {
            long time = value instanceof String text ? IsoTime.parse(text) : IsoTime.NONE;
            return time == IsoTime.NONE ? -1 : time;
        }
        if (value instanceof Long integer) {
            return form.toMillis((long) integer);
        }
        double number = FlatRecord.number(value);
        return Double.isNaN(number) ? -1 : form.toMillis(number);
    }

    /** Returns the time of each row, {@code [rows]}, milliseconds since 1970. */
    long[] times(SampleTable table) {
        return Stream.iterate(0, i -> i + 1)
                .limit(table.size())
                .mapToLong(i -> path.isEmpty()
                        ? lineTime(table, i)
                        : millis(table.row(i).get(path), form))
                .toArray();
    }

    private static long lineTime(SampleTable table, int row) {
        Object nanos = table.row(row).get("time");
        return nanos instanceof Long time ? TimeForm.NANOSECONDS.toMillis((long) time) : table.kafkaTime(row);
    }
}
