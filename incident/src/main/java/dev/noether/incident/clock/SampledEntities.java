package dev.noether.incident.clock;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A small set of names with an index for each, 0 to size − 1. When a name is removed, the last name gets its index. Not
 * thread safe; allocates nothing.
 */
final class SampledEntities {
    private final @Nullable String[] names;
    /** Hash table: the index plus 1, or 0 for an empty slot. */
    private final int[] slots;

    private int size;

    /**
     * Makes an empty set.
     *
     * @param capacity largest number of names
     * @param slots size of the hash table, a power of two above the capacity
     */
    SampledEntities(int capacity, int slots) {
        this.names = new String[capacity];
        this.slots = new int[slots];
    }

    int size() {
        return size;
    }

    /** Returns the name at an index below the size. */
    String name(int index) {
        return requireNonNull(names[index]);
    }

    /** Returns the index of a name; -1 if it is not in the set. */
    int find(String name) {
        int slot = firstSlot(name);
        while (slots[slot] != 0) {
            int index = slots[slot] - 1;
            if (name.equals(names[index])) {
                return index;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return -1;
    }

    /** Adds a name that is not in the set, and returns its index. */
    int add(String name) {
        names[size] = name;
        put(name, size);
        return size++;
    }

    private void put(String name, int index) {
        int slot = firstSlot(name);
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = index + 1;
    }

    /** Removes the name at an index. */
    void remove(int index) {
        size--;
        names[index] = names[size];
        names[size] = null;
        Arrays.fill(slots, 0);
        for (int i = 0; i < size; i++) {
            String name = names[i];
            if (name != null) {
                put(name, i);
            }
        }
    }

    void clear() {
        Arrays.fill(names, null);
        Arrays.fill(slots, 0);
        size = 0;
    }

    private int firstSlot(String name) {
        int hash = name.hashCode();
        return (hash ^ hash >>> 16) & slots.length - 1;
    }
}
