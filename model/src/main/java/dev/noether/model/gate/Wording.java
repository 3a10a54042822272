package dev.noether.model.gate;

import java.util.Locale;

/** Numbers in the sentences of figures. */
final class Wording {
    private Wording() {}

    static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
