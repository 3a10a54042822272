package dev.noether.flink.scoring;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entities with rows in the current micro-batch, and their states. A hash table with open addressing, which is
 * cleared without allocation. Not thread safe.
 */
final class ActiveEntities {
    private final @Nullable String[] entities;
    private final @Nullable EntityState[] states;
    private final int[] slots;
    private final int mask;
    private int size;

    /**
     * Makes an empty table.
     *
     * @param capacity number of entities at most
     */
    ActiveEntities(int capacity) {
        int length = Integer.highestOneBit(Math.max(4, capacity * 4 - 1));
        entities = new String[length];
        states = new EntityState[length];
        slots = new int[capacity];
        mask = length - 1;
    }

    @Nullable
    EntityState get(String entity) {
        return states[slotOf(entity)];
    }

    /** Sets the state of an entity. */
    void put(String entity, EntityState state) {
        int slot = slotOf(entity);
        if (entities[slot] == null) {
            slots[size++] = slot;
        }
        entities[slot] = entity;
        states[slot] = state;
    }

    int size() {
        return size;
    }

    String entity(int index) {
        String entity = entities[slots[index]];
        if (entity == null) {
            throw new IndexOutOfBoundsException("no active entity " + index + "; there are " + size);
        }
        return entity;
    }

    EntityState state(int index) {
        EntityState state = states[slots[index]];
        if (state == null) {
            throw new IndexOutOfBoundsException("no active entity " + index + "; there are " + size);
        }
        return state;
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            entities[slots[i]] = null;
            states[slots[i]] = null;
        }
        Arrays.fill(slots, 0, size, 0);
        size = 0;
    }

    private int slotOf(String entity) {
        int hash = entity.hashCode();
        int slot = (hash ^ hash >>> 16) & mask;
        while (true) {
            String entry = entities[slot];
            if (entry == null || entry.equals(entity)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
    }
}
