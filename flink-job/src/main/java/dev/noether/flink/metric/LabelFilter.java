package dev.noether.flink.metric;

import dev.noether.flink.mapping.LabelMatcher;
import dev.noether.flink.source.field.FieldValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the labels of a feature's values must be. It remembers what a regular expression says of a text. Not thread safe.
 */
final class LabelFilter {
    private static final int MAX_REMEMBERED = 10_000;

    private final int[] slots;
    private final LabelMatcher[] matchers;
    private final List<Map<String, Boolean>> remembered;

    /**
     * Makes a filter.
     *
     * @param labels what each label must be, see {@link LabelMatcher}
     * @param slotOf slot of each label
     */
    LabelFilter(Map<String, String> labels, Map<String, Integer> slotOf) {
        slots = labels.keySet().stream().mapToInt(slotOf::get).toArray();
        matchers = labels.values().stream().map(LabelMatcher::of).toArray(LabelMatcher[]::new);
        remembered = labels.keySet().stream()
                .<Map<String, Boolean>>map(label -> new HashMap<>())
                .toList();
    }

    /** Whether all labels are what they must be. */
    boolean matches(FieldValues values) {
        for (int i = 0; i < slots.length; i++) {
            String label = values.name(slots[i]);
            if (!matches(i, label == null ? "" : label)) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(int i, String label) {
        LabelMatcher matcher = matchers[i];
        if (matcher.pattern() == null) {
            return matcher.matches(label);
        }
        Map<String, Boolean> known = remembered.get(i);
        Boolean is = known.get(label);
        if (is == null) {
            if (known.size() >= MAX_REMEMBERED) {
                known.clear();
            }
            is = matcher.matches(label);
            known.put(label, is);
        }
        return is;
    }
}
