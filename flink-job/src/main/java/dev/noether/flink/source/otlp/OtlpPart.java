package dev.noether.flink.source.otlp;

import dev.noether.flink.source.field.NumberText;
import org.jspecify.annotations.Nullable;

/**
 * A number in a data point. A gauge and a sum have one, a histogram and a summary have several. Immutable.
 *
 * @param kind which number
 * @param quantile the quantile, from 0 to 1, if the kind is {@link Kind#QUANTILE}
 */
public record OtlpPart(Kind kind, double quantile) {
    /** The number of a gauge or a sum. */
    public static final OtlpPart VALUE = new OtlpPart(Kind.VALUE, 0);

    /** The kinds of numbers. */
    public enum Kind {
        /** The value of a gauge or a sum. */
        VALUE,
        /** The number of measurements in a histogram or summary. */
        COUNT,
        /** Their sum. */
        SUM,
        /** The smallest. */
        MIN,
        /** The largest. */
        MAX,
        /** The value that a share of them does not exceed. */
        QUANTILE;

        /** Whether it grows with each measurement, so that its change is what counts. */
        public boolean isAdditive() {
            return this == VALUE || this == COUNT || this == SUM;
        }
    }

    /** Returns the part of a suffix: {@code count}, {@code sum}, {@code min}, {@code max}, {@code p99} and {@code p99.9}. */
    public static @Nullable OtlpPart ofSuffix(String suffix) {
        return switch (suffix) {
            case "count" -> new OtlpPart(Kind.COUNT, 0);
            case "sum" -> new OtlpPart(Kind.SUM, 0);
            case "min" -> new OtlpPart(Kind.MIN, 0);
            case "max" -> new OtlpPart(Kind.MAX, 0);
            default -> {
                double percent = suffix.startsWith("p") ? NumberText.parse(suffix.substring(1)) : Double.NaN;
                yield percent >= 0 && percent <= 100 ? new OtlpPart(Kind.QUANTILE, percent / 100) : null;
            }
        };
    }
}
