package dev.noether.model.shape;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The shape view of a model.
 *
 * @param feature index of the judged feature
 * @param groups at least one group of entities; an entity that is in none is judged by the one that
 *     its first full window resembles most
 * @param entities the entities of the training history
 * @param memory windows of an entity's own past that serve as further prototypes; 0 for none
 */
public record ShapeModel(int feature, List<ShapeGroup> groups, SortedMap<String, Member> entities, int memory) {
    /** The most rows of an entity that a shape view needs. */
    public static final int MOST_ROWS = ShapeWindow.LONGEST;

    /** The most windows of an entity's own past. */
    public static final int MOST_MEMORY = ShapeMemory.MOST_WINDOWS;

    /**
     * An entity of the training history.
     *
     * @param group index of its group
     * @param level its level
     */
    public record Member(int group, SignalLevel level) {}

    /** Checks the parts. */
    public ShapeModel {
        groups = List.copyOf(groups);
        entities = Collections.unmodifiableSortedMap(new TreeMap<>(entities));
        if (feature < 0 || groups.isEmpty()) {
            throw new IllegalArgumentException("a shape view must have a feature and a group (got " + feature + " and "
                    + groups.size() + " groups)");
        }
        int windows = memory;
        if (!groups.stream().allMatch(group -> ShapeMemory.canHold(group, windows))) {
            throw new IllegalArgumentException("`memory` must be in [0, " + MOST_MEMORY + "], and less for periods of"
                    + " more than 1024 rows (got " + memory + ")");
        }
        int size = groups.size();
        entities.forEach((name, member) -> {
            if (member.group < 0 || member.group >= size) {
                throw new IllegalArgumentException(
                        "the group of " + name + " must be in [0, " + size + ") (got " + member.group + ")");
            }
        });
    }

    /** Makes a shape view without a memory of an entity's own past. */
    public ShapeModel(int feature, List<ShapeGroup> groups, SortedMap<String, Member> entities) {
        this(feature, groups, entities, 0);
    }

    /** The most bytes of the memory of an entity's own past. */
    public long memoryBytes() {
        return memory == 0
                ? 0
                : groups.stream()
                        .mapToLong(group -> ShapeMemory.bytes(group, memory))
                        .max()
                        .orElse(0);
    }

    /** Rows of the longest window of all groups. */
    public int rows() {
        return groups.stream().mapToInt(ShapeGroup::longestWindow).max().orElse(1);
    }

    /**
     * Says how the newest rows of an entity differ from normal ones.
     *
     * @param state state of the entity for this view
     * @return the window that deviates most; null if no window deviates more than usual
     */
    public @Nullable ShapeMismatch mismatch(ShapeState state) {
        return groups.get(state.group()).mismatch(feature, state);
    }

    /** The same view with other groups. */
    public ShapeModel withGroups(List<ShapeGroup> others) {
        return new ShapeModel(feature, others, entities, memory);
    }

    /** The same view with another memory of an entity's own past. */
    public ShapeModel withMemory(int windows) {
        return new ShapeModel(feature, groups, entities, windows);
    }
}
