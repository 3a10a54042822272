package dev.noether.incident.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of entities, in which {@code *} stands for any characters. Immutable.
 *
 * <p>A comparison never goes back in the name, so its cost is bounded by the lengths of the name and of the pattern.
 */
public final class NamePatterns {
    private final Set<String> names = new HashSet<>();
    /** The parts of each pattern around its stars, at least two. */
    private final List<String[]> patterns = new ArrayList<>();

    /**
     * Reads the patterns.
     *
     * @param text names separated by commas; blanks around a name are ignored
     */
    public NamePatterns(String text) {
        for (String name : text.split(",", -1)) {
            String stripped = name.strip();
            if (stripped.indexOf('*') < 0) {
                names.add(stripped);
            } else {
                patterns.add(stripped.replaceAll("\\*+", "*").split("\\*", -1));
            }
        }
    }

    /** Returns whether a name is one of those. */
    public boolean matches(String name) {
        if (names.contains(name)) {
            return true;
        }
        for (String[] parts : patterns) {
            if (matches(parts, name)) {
                return true;
            }
        }
        return false;
    }

    /** The first and the last part stand at the ends of the name; each other part at its first place after the former. */
    private static boolean matches(String[] parts, String name) {
        String first = parts[0];
        String last = parts[parts.length - 1];
        int end = name.length() - last.length();
        if (end < first.length() || !name.startsWith(first) || !name.endsWith(last)) {
            return false;
        }
        int position = first.length();
        for (String part : Arrays.asList(parts).subList(1, parts.length - 1)) {
            int found = name.indexOf(part, position);
            if (found < 0) {
                return false;
            }
            position = found + part.length();
        }
        return position <= end;
    }
}
