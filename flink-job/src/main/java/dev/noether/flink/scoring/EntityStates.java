package dev.noether.flink.scoring;

import dev.noether.flink.entity.EntityLimit;
import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.jspecify.annotations.Nullable;

/**
 * Access to the states of the entities during a micro-batch: a state is read from the backend once, changed in place,
 * and written back after the micro-batch.
 *
 * <p>Flink's heap backend returns the object that it stores, so a change in place needs no writing back. It copies an
 * object before it returns it while a checkpoint still needs the old one; but no checkpoint begins within a
 * micro-batch, so each entity has one object there. For other backends {@link ActiveEntities} holds the states. Not
 * thread safe.
 */
final class EntityStates {
    private final ScoringOptions options;
    private final KeyedStateBackend<String> backend;
    private final ValueState<EntityState> backendState;
    private final EntityLimit<EntityState> limit;
    /** Null if the backend returns the objects that it stores. */
    private final @Nullable ActiveEntities active;

    /**
     * Makes the access.
     *
     * @param options options of the detector, with the shape of the windows
     * @param backend backend with the states of the entities
     * @param backendState state of the backend's current key
     * @param limit limit of the entities, which counts new ones
     */
    EntityStates(
            ScoringOptions options,
            KeyedStateBackend<String> backend,
            ValueState<EntityState> backendState,
            EntityLimit<EntityState> limit) {
        this.options = options;
        this.backend = backend;
        this.backendState = backendState;
        this.limit = limit;
        this.active = backend instanceof HeapKeyedStateBackend
                ? null
                : new ActiveEntities(options.microBatch().size());
    }

    /**
     * Returns the state of an entity. It is a new one if the entity has none, or if the stored one has another window
     * length or other features: that is from another configuration, and the entity warms up again.
     *
     * @param entity current key of the backend
     */
    EntityState stateOf(String entity) throws IOException {
        if (active == null) {
            EntityState stored = backendState.value();
            if (stored != null && options.fits(stored)) {
                return stored;
            }
            EntityState created = newState(stored);
            backendState.update(created);
            return created;
        }
        EntityState current = active.get(entity);
        if (current == null) {
            EntityState stored = backendState.value();
            current = stored != null && options.fits(stored) ? stored : newState(stored);
            active.put(entity, current);
        }
        return current;
    }

    /** Writes changed states to the backend, if it does not have them yet. Its current key is undefined afterwards. */
    void writeBack() throws IOException {
        if (active == null) {
            return;
        }
        for (int i = 0; i < active.size(); i++) {
            backend.setCurrentKey(active.entity(i));
            backendState.update(active.state(i));
        }
        active.clear();
    }

    private EntityState newState(@Nullable EntityState replaced) {
        if (replaced == null) {
            limit.added();
        }
        return new EntityState(options.newWindow());
    }
}
