package dev.noether.flink.source.field;

/**
 * Numbers in texts: decimal digits with an optional sign, point and exponent. Java itself would also take {@code 1f},
 * {@code 0x1p3} and {@code Infinity}. A text that is no number costs no exception. Stateless.
 */
public final class NumberText {
    private static final int LONGEST = 100;
    private static final int SAFE_DIGITS = 15;
    private static final int LONGEST_INTEGER = 19;

    private NumberText() {}

    /** Returns the number that a text says, with white space around it; NaN if it says none. */
    public static double parse(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) <= ' ') {
            from++;
        }
        while (from < to && text.charAt(to - 1) <= ' ') {
            to--;
        }
        if (from == to || to - from > LONGEST || !isNumber(text, from, to)) {
            return Double.NaN;
        }
        return to - from <= SAFE_DIGITS && isDigits(text, from, to)
                ? Long.parseLong(text, from, to, 10)
                : Double.parseDouble(text.substring(from, to));
    }

    /** Returns the integer that a text says, if it fits into 64 bits; the given default otherwise. */
    public static long parseInteger(String text, long otherwise) {
        boolean isNegative = text.startsWith("-");
        int from = isNegative ? 1 : 0;
        int digits = text.length() - from;
        if (digits == 0 || digits > LONGEST_INTEGER || !isDigits(text, from, text.length())) {
            return otherwise;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            // Of 19 digits, only the last step can leave the range; the sign then turns.
            value = value * 10 + text.charAt(i) - '0';
        }
        return value < 0 ? otherwise : isNegative ? -value : value;
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String text, int from, int to) {
        int at = skipSign(text, from, to);
        int whole = skipDigits(text, at, to);
        int digits = whole - at;
        at = whole;
        if (at < to && text.charAt(at) == '.') {
            int fraction = skipDigits(text, at + 1, to);
            digits += fraction - at - 1;
            at = fraction;
        }
        if (digits == 0) {
            return false;
        }
        if (at < to && (text.charAt(at) | 0x20) == 'e') {
            int exponent = skipSign(text, at + 1, to);
            at = skipDigits(text, exponent, to);
            return at == to && at > exponent;
        }
        return at == to;
    }

    private static int skipSign(String text, int from, int to) {
        return from < to && (text.charAt(from) == '-' || text.charAt(from) == '+') ? from + 1 : from;
    }

    private static int skipDigits(String text, int from, int to) {
        int at = from;
        while (at < to && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
