package dev.noether.lab.reproduce.page;

import java.util.Locale;

/** Numbers as they are read. */
final class Numbers {
    private Numbers() {}

    /** A number with as many decimals as its size deserves. */
    static String number(double value) {
        double size = Math.abs(value);
        String form = size >= 100 ? "%.1f" : size >= 1 || size == 0 ? "%.2f" : size >= 0.001 ? "%.4f" : "%.2e";
        return String.format(Locale.ROOT, form, value);
    }

    /** A mean with its deviation, both with the decimals of the mean. */
    static String spread(double mean, double deviation) {
        String text = number(mean);
        int point = text.indexOf('.');
        return text.contains("e")
                ? text + " ± " + number(deviation)
                : text + " ± " + String.format(Locale.ROOT, "%." + (text.length() - point - 1) + "f", deviation);
    }

    /** A whole number with its thousands apart. */
    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
