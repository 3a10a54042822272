package dev.noether.flink.config;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Search for the known key that is most like an unknown one. */
public final class NearestKey {
    /** A longer key resembles no known one. */
    private static final int LONGEST = 100;

    private NearestKey() {}

    /** Returns what is wrong with an unknown key, with the nearest known one. */
    static String unknown(String key) {
        return key.length() > LONGEST ? "is not known" : "is not known; the nearest known key is `" + to(key) + "`";
    }

    /**
     * Returns the candidate that a mistyped name probably means: that with the smallest edit distance, if it differs in
     * at most two letters or a third of them.
     */
    public static Optional<String> similar(Stream<String> candidates, String name) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        return candidates
                .min(Comparator.comparingInt((String candidate) -> editDistance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(nearest -> editDistance(name, nearest) <= Math.max(2, name.length() / 3));
    }

    /** Returns the known key or section with the smallest edit distance; the name counts more than the section. */
    static String to(String key) {
        return Stream.concat(OptionRegistry.ALL.stream().map(Option::key), OptionRegistry.sections().stream())
                .min(Comparator.comparingInt((String candidate) -> distance(key, candidate)))
                .orElseThrow();
    }

    /** A correct name in a wrong section is nearer than a wrong name in the correct section. */
    private static int distance(String key, String candidate) {
        return 3 * editDistance(last(key), last(candidate)) + editDistance(section(key), section(candidate));
    }

    private static String section(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf('.')));
    }

    private static String last(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    /** Levenshtein distance, ignoring case. */
    public static int editDistance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
