package dev.noether.flink.mapping;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a label must be, in the words of Prometheus: {@code user} or {@code =user}, {@code !=idle}, {@code =~eth.*} for
 * a regular expression that the whole label matches, {@code !~lo|veth.*} for one that it does not match. A label that
 * is not there counts as empty. Immutable; thread safe.
 *
 * @param isNegated whether the label must be something else
 * @param operand text that the label is compared with
 * @param pattern the text as a regular expression; null if the texts must be equal
 */
public record LabelMatcher(
        boolean isNegated, String operand, @Nullable Pattern pattern) {
    /**
     * Reads a matcher.
     *
     * @throws IllegalArgumentException if the regular expression is none
     */
    public static LabelMatcher of(String text) {
        if (text.startsWith("=~") || text.startsWith("!~")) {
            return new LabelMatcher(text.charAt(0) == '!', text.substring(2), Pattern.compile(text.substring(2)));
        }
        if (text.startsWith("!=")) {
            return new LabelMatcher(true, text.substring(2), null);
        }
        return new LabelMatcher(false, text.startsWith("=") ? text.substring(1) : text, null);
    }

    /** Whether a label is what it must be. */
    public boolean matches(String label) {
        boolean isEqual =
                pattern == null ? operand.equals(label) : pattern.matcher(label).matches();
        return isEqual != isNegated;
    }
}
