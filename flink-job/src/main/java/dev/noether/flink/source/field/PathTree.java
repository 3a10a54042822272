package dev.noether.flink.source.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paths of the wanted fields as a tree of names, which a reader follows while it reads a record. A dot in a path
 * leads into a nested field, and also stands for a dot in a name: {@code net.rx} is the field {@code rx} in {@code net},
 * or the field {@code net.rx}. A number is a position in a list, from 0. Immutable once made; thread safe.
 */
public final class PathTree {
    private static final int[] NO_SLOTS = new int[0];

    private final Map<String, PathTree> children = new HashMap<>();
    private int[] slots = NO_SLOTS;

    private PathTree() {}

    /**
     * Makes the tree of some paths.
     *
     * @param paths {@code [slots]}, path of each slot; an empty path leads nowhere
     */
    public static PathTree of(List<String> paths) {
        Map<String, PathTree> byPrefix = new HashMap<>();
        PathTree root = new PathTree();
        for (int slot = 0; slot < paths.size(); slot++) {
            if (!paths.get(slot).isEmpty()) {
                root.add(paths.get(slot), slot, byPrefix);
            }
        }
        return root;
    }

    /** Adds a path with each way to take its dots as part of a name. A node belongs to one prefix of paths. */
    private void add(String path, int slot, Map<String, PathTree> byPrefix) {
        List<PathTree> nodes = new ArrayList<>(List.of(this));
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int end = path.indexOf('.'); true; end = path.indexOf('.', end + 1)) {
            String prefix = end < 0 ? path : path.substring(0, end);
            PathTree node = byPrefix.computeIfAbsent(prefix, key -> new PathTree());
            for (int i = 0; i < nodes.size(); i++) {
                nodes.get(i).children.put(prefix.substring(starts.get(i)), node);
            }
            if (end < 0) {
                node.slots = Arrays.copyOf(node.slots, node.slots.length + 1);
                node.slots[node.slots.length - 1] = slot;
                return;
            }
            nodes.add(node);
            starts.add(end + 1);
        }
    }

    /** Returns the node of a name; null if no path leads there. */
    public @Nullable PathTree child(String name) {
        return children.get(name);
    }

    /** Returns the names of the next fields, with their nodes. Not a copy: do not write to it. */
    public Map<String, PathTree> children() {
        return children;
    }

    /** Returns the slots whose paths end here. Not a copy: do not write to it. */
    public int[] slots() {
        return slots;
    }

    /** Whether paths lead further. */
    public boolean isInner() {
        return !children.isEmpty();
    }
}
