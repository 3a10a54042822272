package dev.noether.lab.reproduce.page;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts of numbers in tables and sentences. */
final class NumberText {
    private NumberText() {}

    /** A number with decimals by its size: one from 100 on, two from 1, four below. */
    static String number(double value) {
        double size = Math.abs(value);
        String form = size >= 100 ? "%.1f" : size >= 1 || size == 0 ? "%.2f" : size >= 0.001 ? "%.4f" : "%.2e";
        return String.format(Locale.ROOT, form, value);
    }

    /** A mean and its standard deviation, both with the decimals of the mean. */
    static String spread(double mean, double deviation) {
        String text = number(mean);
        int point = text.indexOf('.');
        return text.contains("e")
                ? text + " ± " + number(deviation)
                : text + " ± " + String.format(Locale.ROOT, "%." + (text.length() - point - 1) + "f", deviation);
    }

    /** A whole number with separators between thousands. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A number, or a dash if it is unknown. */
    static String orDash(@Nullable Double value) {
        return value == null ? "–" : number(value);
    }

    /** The values as an array. */
    static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
