package dev.noether.console.store;

import dev.noether.schemas.BreakShape;
import dev.noether.schemas.IncidentKind;
import dev.noether.schemas.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents are asked for.
 *
 * @param isOpen whether only open ones or only resolved ones; null for both
 * @param from first event time of the range that they touch; null for no limit
 * @param to first event time after it; null for no limit
 * @param severities their severities; empty for all
 * @param kinds their kinds; empty for all
 * @param shapes their shapes; empty for all
 * @param entity name of their entity; null for all
 * @param group id of the group that they belong to; null for all
 * @param feedback what was said of them; null for all
 * @param text part of the entity's name, of the sentence, or the beginning of the id; null for all
 */
public record IncidentFilter(
        @Nullable Boolean isOpen,
        @Nullable Long from,
        @Nullable Long to,
        Set<Severity> severities,
        Set<IncidentKind> kinds,
        Set<BreakShape> shapes,
        @Nullable String entity,
        @Nullable String group,
        @Nullable FeedbackState feedback,
        @Nullable String text) {
    /** All incidents. */
    public static final IncidentFilter ALL =
            new IncidentFilter(null, null, null, Set.of(), Set.of(), Set.of(), null, null, null, null);

    /** What was said of an incident. The ordinals are stored. */
    public enum FeedbackState {
        NONE,
        CONFIRMED,
        DISMISSED
    }

    /** Returns the filter of an entity's incidents in a range. */
    public static IncidentFilter ofEntity(String entity, @Nullable Long from, @Nullable Long to) {
        return new IncidentFilter(null, from, to, Set.of(), Set.of(), Set.of(), entity, null, null, null);
    }

    /** Returns the filter of a text. */
    public static IncidentFilter ofText(String text) {
        return new IncidentFilter(null, null, null, Set.of(), Set.of(), Set.of(), null, null, null, text);
    }

    /** Returns the filter of the members of a group. */
    public static IncidentFilter ofGroup(String group) {
        return new IncidentFilter(null, null, null, Set.of(), Set.of(), Set.of(), null, group, null, null);
    }

    /** The condition of a query, and the parameters of its question marks. */
    record Condition(String sql, List<Object> parameters) {}

    Condition condition() {
        List<String> parts = new ArrayList<>(List.of("1"));
        List<Object> parameters = new ArrayList<>();
        add("is_open = ?", isOpen == null ? null : isOpen ? 1 : 0, parts, parameters);
        add("end > ?", from, parts, parameters);
        add("start < ?", to, parts, parameters);
        add("severity", severities, parts);
        add("kind", kinds, parts);
        add("shape", shapes, parts);
        add("entity = (SELECT id FROM entity WHERE name = ?)", entity, parts, parameters);
        add("grp = ?", group, parts, parameters);
        add("feedback = ?", feedback == null ? null : feedback.ordinal(), parts, parameters);
        if (text != null) {
            parts.add("(entity IN (SELECT id FROM entity WHERE name LIKE ? ESCAPE '!')"
                    + " OR description LIKE ? ESCAPE '!' OR id LIKE ? ESCAPE '!')");
            String pattern = escaped(text);
            parameters.addAll(List.of("%" + pattern + "%", "%" + pattern + "%", pattern + "%"));
        }
        return new Condition(String.join(" AND ", parts), parameters);
    }

    /** Returns a text as a part of a pattern of LIKE with the escape character !. */
    static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static void add(String sql, @Nullable Object value, List<String> parts, List<Object> parameters) {
        if (value != null) {
            parts.add(sql);
            parameters.add(value);
        }
    }

    /** Adds a condition on ordinals, which are numbers of this program. */
    private static void add(String column, Collection<? extends Enum<?>> values, List<String> parts) {
        if (!values.isEmpty()) {
            parts.add(column + " IN ("
                    + values.stream().map(one -> String.valueOf(one.ordinal())).collect(Collectors.joining(", "))
                    + ")");
        }
    }
}
