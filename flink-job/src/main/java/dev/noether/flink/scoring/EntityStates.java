package dev.noether.flink.scoring;

import dev.noether.flink.entity.EntityLimit;
import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.jspecify.annotations.Nullable;

/**
 * The states of the entities while a micro-batch is put together: each is had from the backend, changed in place, and is back
 * there when the batch has been scored.
 *
 * <p>Flink's heap backend hands out the objects that it keeps: a change in place needs no writing back, and asking it again
 * for the same entity costs no more than looking it up in a table of one's own. It copies one before it hands it out while a
 * checkpoint still needs the old; no checkpoint begins while a batch is pending, so within a batch an entity has one object. For any other backend
 * the states of the batch are held in {@link ActiveEntities}. Not thread safe.
 */
final class EntityStates {
    private final ScoringOptions options;
    private final KeyedStateBackend<String> backend;
    private final ValueState<EntityState> kept;
    private final EntityLimit<EntityState> limit;
    /** Null where the backend hands out what it keeps. */
    private final @Nullable ActiveEntities active;

    /**
     * Makes an empty batch.
     *
     * @param options say what a state must look like
     * @param backend holds the states
     * @param kept the state of its current key
     * @param limit is told of new entities
     */
    EntityStates(
            ScoringOptions options,
            KeyedStateBackend<String> backend,
            ValueState<EntityState> kept,
            EntityLimit<EntityState> limit) {
        this.options = options;
        this.backend = backend;
        this.kept = kept;
        this.limit = limit;
        this.active = backend instanceof HeapKeyedStateBackend ? null : new ActiveEntities(options.batchSize());
    }

    /**
     * The state of an entity, a new one where it has none yet, or one of another window or other features: that belongs to a
     * former configuration, and the entity warms up anew.
     *
     * @param entity the backend's current key
     */
    EntityState of(String entity) throws IOException {
        if (active == null) {
            EntityState state = kept.value();
            if (state != null && options.fits(state)) {
                return state;
            }
            EntityState made = begin(state);
            kept.update(made);
            return made;
        }
        EntityState held = active.get(entity);
        if (held == null) {
            EntityState state = kept.value();
            held = state != null && options.fits(state) ? state : begin(state);
            active.put(entity, held);
        }
        return held;
    }

    /** Ends the batch: what the backend does not have yet is written; its current key is then another one. */
    void writeBack() throws IOException {
        if (active == null) {
            return;
        }
        for (int i = 0; i < active.size(); i++) {
            backend.setCurrentKey(active.entity(i));
            kept.update(active.state(i));
        }
        active.clear();
    }

    private EntityState begin(@Nullable EntityState former) {
        if (former == null) {
            limit.added();
        }
        return new EntityState(options.newWindow());
    }
}
