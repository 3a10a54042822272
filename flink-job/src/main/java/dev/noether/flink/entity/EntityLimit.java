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
 * Keeps the entities of one subtask below a limit: where there are more, those are forgotten whose newest row is the oldest
 * in event time. An entity that comes back is a new one.
 *
 * <p>Nothing is kept per entity and nothing done per row but counting the new ones: the states themselves say when each was
 * seen. Looking them all through makes room for a {@value #SHARE}th of the limit at once, so that each new entity beyond the
 * limit costs as much as reading {@value #SHARE} states, however many there are. So there are never more entities than the limit
 * and one micro-batch.
 *
 * <p>What goes depends on the states alone: it works on any state backend, and after a restore or a change of parallelism.
 * Not thread safe.
 *
 * @param <S> what is remembered of an entity
 */
public final class EntityLimit<S> {
    /** Of the limit, what goes at once; of a limit below it, one entity. */
    public static final int SHARE = 32;

    private final KeyedStateBackend<String> backend;
    private final ValueStateDescriptor<S> descriptor;
    private final ToLongFunction<S> newest;
    private final int most;
    private long entities;

    /**
     * Limits the entities of a subtask that has none yet.
     *
     * @param backend holds their states
     * @param descriptor of the states, registered with the backend
     * @param newest event time of what a state saw last
     * @param most entities, at least 1
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

    /** Counts the entities that a checkpoint brought. */
    public void restored() {
        try (Stream<String> keys = backend.getKeys(descriptor.getName(), VoidNamespace.INSTANCE)) {
            entities = keys.count();
        }
    }

    /** Of a limit for the job, what falls on each of its subtasks, rounded up. */
    public static int ofSubtask(int most, int subtasks) {
        return 1 + (most - 1) / subtasks;
    }

    /** Tells of an entity without a state, which will get one. */
    public void added() {
        entities++;
    }

    /** Tells of an entity that was forgotten for another reason. */
    public void removed() {
        entities--;
    }

    /** Entities that have a state, or will have one with the next micro-batch. */
    public long entities() {
        return entities;
    }

    /** The limit. */
    public int most() {
        return most;
    }

    /** Whether there are more. */
    public boolean isExceeded() {
        return entities > most;
    }

    /**
     * Forgets the least recently seen, down to a {@value #SHARE}th below the limit. All states must be written back; the
     * backend's current key is another one afterwards.
     *
     * @param farewell sees each before it goes
     * @return how many
     */
    public long makeRoom(BiConsumer<String, S> farewell) {
        LeastRecent least = new LeastRecent((int) (entities - most + most / SHARE));
        forEach((entity, state) -> least.offer(entity, newest.applyAsLong(state.value())));
        for (String entity : least.entities()) {
            forget(entity, farewell);
        }
        entities -= least.size();
        return least.size();
    }

    private void forget(String entity, BiConsumer<String, S> farewell) {
        try {
            backend.setCurrentKey(entity);
            ValueState<S> state =
                    backend.getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor);
            farewell.accept(entity, state.value());
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
