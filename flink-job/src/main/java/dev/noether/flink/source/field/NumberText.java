package dev.noether.flink.source.field;

import com.fasterxml.jackson.core.io.NumberInput;

/**
 * Numbers in texts: decimal digits with an optional sign, point and exponent. Java itself would also take {@code 1f},
 * {@code 0x1p3} and {@code Infinity}. A text that is no number costs no exception. Stateless.
 */
public final class NumberText {
    private static final int LONGEST = 100;
    private static final int LONGEST_INTEGER = 19;

    private NumberText() {}

    /** Returns the number that a text says, with white space around it; NaN if it says none. */
    public static double parse(String text) {
        int length = text.length();
        return length > 2 * LONGEST ? Double.NaN : parse(text.toCharArray(), 0, length);
    }

    /** Returns the number that some letters say, with white space around it; NaN if they say none. */
    public static double parse(char[] letters, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && letters[from] <= ' ') {
            from++;
        }
        while (from < to && letters[to - 1] <= ' ') {
            to--;
        }
        if (from == to || to - from > LONGEST || !isNumber(letters, from, to)) {
            return Double.NaN;
        }
        return NumberInput.parseDouble(letters, from, to - from, true);
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

    private static boolean isNumber(char[] letters, int from, int to) {
        int at = skipSign(letters, from, to);
        int whole = skipDigits(letters, at, to);
        int digits = whole - at;
        at = whole;
        if (at < to && letters[at] == '.') {
            int fraction = skipDigits(letters, at + 1, to);
            digits += fraction - at - 1;
            at = fraction;
        }
        if (digits == 0) {
            return false;
        }
        if (at < to && (letters[at] | 0x20) == 'e') {
            int exponent = skipSign(letters, at + 1, to);
            at = skipDigits(letters, exponent, to);
            return at == to && at > exponent;
        }
        return at == to;
    }

    private static int skipSign(char[] letters, int from, int to) {
        return from < to && (letters[from] == '-' || letters[from] == '+') ? from + 1 : from;
    }

    private static int skipDigits(char[] letters, int from, int to) {
        int at = from;
        while (at < to && isDigit(letters[at])) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
