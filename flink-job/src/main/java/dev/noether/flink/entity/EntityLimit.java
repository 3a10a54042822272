package dev.noether.flink.entity;

import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;

/**
 * The limit on the number of entities with state in one subtask. Beyond it, the states of the entities whose newest row
 * has the oldest event time are removed. An entity that comes back is a new one.
 *
 * <p>The limit keeps no data for each entity and only counts new ones; each state holds the time of its newest row. One
 * scan of all states removes a {@value #SHARE}th of the limit, so that each new entity beyond the limit costs about as
 * much as reading {@value #SHARE} states. There are never more entities than the limit and one micro-batch.
 *
 * <p>The choice depends only on the states. So it is the same with any state backend, after a restore, and after a
 * change of parallelism. Not thread safe.
 *
 * @param <S> type of the state of an entity
 */
public final class EntityLimit<S> {
    /** The limit divided by this number is the number of entities removed at once; at least one entity. */
    public static final int SHARE = 32;

    private final KeyedStateBackend<String> backend;
    private final ValueStateDescriptor<S> descriptor;
    private final ToLongFunction<S> newest;
    private final int most;
    private long entities;

    /**
     * Makes the limit of a subtask without entities.
     *
     * @param backend backend with the states
     * @param descriptor descriptor of the states, registered with the backend
     * @param newest function from a state to the event time of its newest row
     * @param most number of entities at most, at least 1
     */
    public EntityLimit(
            KeyedStateBackend<String> backend, ValueStateDescriptor<S> descriptor, ToLongFunction<S> newest, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("`most` must be at least 1 (got " + most + ")");
        }
        this.backend = backend;
        this.descriptor = descriptor;
        this.newest = newest;
        this.most = most;
    }

    /** Counts the entities that were restored from a checkpoint. */
    public void restored() {
        try (Stream<String> keys = backend.getKeys(descriptor.getName(), VoidNamespace.INSTANCE)) {
            entities = keys.count();
        }
    }

    /** Returns the share of one subtask in the limit of a job, rounded up. */
    public static int ofSubtask(int most, int subtasks) {
        return 1 + (most - 1) / subtasks;
    }

    /** Counts an entity that gets its first state. */
    public void added() {
        entities++;
    }

    /** Counts an entity whose state was removed for another reason. */
    public void removed() {
        entities--;
    }

    /** Returns the number of entities that have a state, or get one with the present micro-batch. */
    public long entities() {
        return entities;
    }

    /** Returns the limit. */
    public int most() {
        return most;
    }

    /** Returns whether there are more entities than the limit. */
    public boolean isExceeded() {
        return entities > most;
    }

    /**
     * Removes the states of the least recently seen entities, down to a {@value #SHARE}th below the limit. All states
     * must be in the backend; its current key is undefined afterwards.
     *
     * @param beforeRemoval action for each state before it is removed
     * @return number of removed entities
     */
    public long makeRoom(BiConsumer<String, S> beforeRemoval) {
        LeastRecent least = new LeastRecent((int) (entities - most + most / SHARE));
        forEach((entity, state) -> least.offer(entity, newest.applyAsLong(state.value())));
        for (String entity : least.entities()) {
            remove(entity, beforeRemoval);
        }
        entities -= least.size();
        return least.size();
    }

    private void remove(String entity, BiConsumer<String, S> beforeRemoval) {
        try {
            backend.setCurrentKey(entity);
            ValueState<S> state =
                    backend.getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
            beforeRemoval.accept(entity, state.value());
            state.clear();
        } catch (Exception e) {
            throw new IllegalStateException("the state of entity " + entity + " cannot be cleared", e);
        }
    }

    private void forEach(KeyedStateFunction<String, ValueState<S>> function) {
        try {
            backend.applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor, function);
        } catch (Exception e) {
            throw new IllegalStateException("the states of the entities cannot be read", e);
        }
    }
}
