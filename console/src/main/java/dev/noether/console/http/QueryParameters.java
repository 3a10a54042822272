package dev.noether.console.http;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** The parameters of a request's address. Each is read with a check; a wrong one is a {@link HttpProblem} 400. */
public final class QueryParameters {
    private static final int LONGEST = 2_000;

    private final Fields fields;

    QueryParameters(Fields fields) {
        this.fields = fields;
    }

    /** Returns a text; null if it is missing or empty. */
    public @Nullable String text(String name) {
        String value = fields.getValue(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > LONGEST) {
            throw new HttpProblem(
                    400, "`" + name + "` must have at most " + LONGEST + " characters (got " + value.length() + ").");
        }
        return value;
    }

    /** Returns a text that must be there. */
    public String required(String name) {
        String value = text(name);
        if (value == null) {
            throw new HttpProblem(400, "`" + name + "` is missing.");
        }
        return value;
    }

    /** Returns a time, milliseconds since 1970 UTC; null if it is missing. */
    public @Nullable Long time(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            long time = Long.parseLong(value);
            // Far beyond any event time, and far enough from overflow.
            if (Math.abs(time) <= 1L << 53) {
                return time;
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number that is too large.
        }
        throw new HttpProblem(400, "`" + name + "` must be milliseconds since 1970 UTC (got " + value + ").");
    }

    /** Returns an integer in a range, or another one if it is missing. */
    public int integer(String name, int least, int most, int otherwise) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The same answer as for a number out of range.
        }
        throw new HttpProblem(
                400, "`" + name + "` must be an integer from " + least + " to " + most + " (got " + value + ").");
    }

    /** Returns a constant by its name in either case, or another one if it is missing. */
    public <E extends Enum<E>> E constant(String name, Class<E> kind, E otherwise) {
        String value = text(name);
        return value == null ? otherwise : parse(name, value, kind);
    }

    /** Returns a constant by its name in either case; null if it is missing. */
    public <E extends Enum<E>> @Nullable E constantOrNull(String name, Class<E> kind) {
        String value = text(name);
        return value == null ? null : parse(name, value, kind);
    }

    /** Returns constants with commas between; empty if the parameter is missing. */
    public <E extends Enum<E>> Set<E> constants(String name, Class<E> kind) {
        Set<E> constants = EnumSet.noneOf(kind);
        String value = text(name);
        if (value != null) {
            for (String one : List.of(value.split(","))) {
                constants.add(parse(name, one.strip(), kind));
            }
        }
        return constants;
    }

    private static <E extends Enum<E>> E parse(String name, String value, Class<E> kind) {
        for (E constant : kind.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value)) {
                return constant;
            }
        }
        String known = Stream.of(kind.getEnumConstants())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw new HttpProblem(400, "`" + name + "` must be one of " + known + " (got " + value + ").");
    }
}
