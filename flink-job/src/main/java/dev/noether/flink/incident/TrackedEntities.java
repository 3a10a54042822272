package dev.noether.flink.incident;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.clock.JobClock;
import dev.noether.flink.entity.EntityLimit;
import dev.noether.incident.tracker.DeadlineWheel;
import dev.noether.incident.tracker.EntityTrack;
import dev.noether.incident.tracker.IncidentTracker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;

/**
 * The entities of a subtask: their keyed state, their next checks and their limit.
 *
 * <p>The next checks are in a {@link DeadlineWheel} in memory. Flink's timers would cost several times as much as all
 * other work of the operator. {@link #restore} fills the wheel from the state after a start. An entity is in the wheel
 * once; it is added again when its check is due, not with each score.
 *
 * <p>Not thread safe. {@link #findOrAdd} and {@link #store} allocate only for a new entity.
 */
final class TrackedEntities {
    private final KeyedStateBackend<String> backend;
    private final ValueState<EntityTrack> tracks;
    private final IncidentTracker tracker;
    private final EventTimeLimits times;
    private final EntityLimit<EntityTrack> limit;
    private final DeadlineWheel<String> wheel = new DeadlineWheel<>();
    /** Whether the backend returns the stored objects themselves, so that changes need no update. */
    private final boolean isStateLive;

    /**
     * Makes the entities of a subtask.
     *
     * @param backend state backend of the operator
     * @param tracks state of the current key
     * @param tracker tracker of the entities
     * @param maxEntities maximum number of entities of the subtask
     * @param times the event times that are possible
     */
    TrackedEntities(
            KeyedStateBackend<String> backend,
            ValueState<EntityTrack> tracks,
            IncidentTracker tracker,
            int maxEntities,
            EventTimeLimits times) {
        this.times = times;
        this.backend = backend;
        this.tracks = tracks;
        this.tracker = tracker;
        this.limit = new EntityLimit<>(backend, descriptor(), this::lastSeen, maxEntities);
        this.isStateLive = backend instanceof HeapKeyedStateBackend;
    }

    /** Returns whether an event time is impossible by now. */
    boolean isImpossible(long time) {
        return time > latest();
    }

    private long latest() {
        return times.latestAt(JobClock.SYSTEM.millis());
    }

    /** An entity with an impossible time must not keep its state for ever: it goes first. */
    private long lastSeen(EntityTrack track) {
        return isImpossible(track.newest()) ? Long.MIN_VALUE : track.newest();
    }

    static ValueStateDescriptor<EntityTrack> descriptor() {
        return new ValueStateDescriptor<>("track", EntityTrackSerializer.INSTANCE);
    }

    /** Fills the wheel and the tracker from the state of a checkpoint; visits each entity. */
    void restore(BiConsumer<String, EntityTrack> visitor) throws Exception {
        long latest = latest();
        forEach((entity, track) -> {
            add(track, entity);
            if (track.newest() > latest) {
                // Nobody knows when the entity reported last, so its time begins now.
                tracker.setBack(track, entity, latest - times.maxAhead());
            }
            tracker.restored(track, entity);
            visitor.accept(entity, track);
            tracker.clearCheck(track);
            tracker.scheduleCheck(track, Long.MIN_VALUE);
            wheel.add(track.nextCheck(), entity);
        });
    }

    /** Returns the state of the current key, which is this entity; adds the entity if it is new. */
    EntityTrack findOrAdd(String entity) throws IOException {
        EntityTrack track = tracks.value();
        if (track == null) {
            track = new EntityTrack();
            add(track, entity);
            tracks.update(track);
        }
        return track;
    }

    private void add(EntityTrack track, String entity) {
        tracker.add(track, entity);
        limit.added();
    }

    /** Stores the state of the current key after a score and schedules its next check. */
    void store(EntityTrack track, String entity) throws IOException {
        if (tracker.scheduleCheck(track, Long.MIN_VALUE)) {
            wheel.add(track.nextCheck(), entity);
        }
        if (!isStateLive) {
            tracks.update(track);
        }
    }

    /**
     * Removes the entities without recent scores if there are too many. The current key is another one afterwards.
     *
     * @return number of entities removed
     */
    long evictExcess() throws Exception {
        if (!limit.isExceeded()) {
            return 0;
        }
        long evicted = limit.makeRoom((entity, track) -> tracker.evict(track, entity));
        // The deadlines of evicted entities stay in the wheel, perhaps for days, until they outnumber the others.
        if (wheel.size() > 2L * limit.most()) {
            wheel.clear();
            forEach((entity, track) -> wheel.add(track.nextCheck(), entity));
        }
        return evicted;
    }

    /** Checks all entities that are due at an event time. */
    void checkDue(long now) {
        tracker.advance(now);
        wheel.advance(now, (due, entity) -> check(due, entity, now));
    }

    private void check(long due, String entity, long now) {
        backend.setCurrentKey(entity);
        try {
            EntityTrack track = tracks.value();
            if (track == null || track.nextCheck() != due) {
                return;
            }
            tracker.clearCheck(track);
            tracker.check(track, entity, now);
            if (tracker.removeIfForgotten(track, entity, now)) {
                tracks.clear();
                limit.removed();
                return;
            }
            tracker.scheduleCheck(track, now);
            wheel.add(track.nextCheck(), entity);
            if (!isStateLive) {
                tracks.update(track);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the state of entity " + entity + " cannot be read or written", e);
        }
    }

    /** Visits the state of each entity and stores its changes. */
    private void forEach(BiConsumer<String, EntityTrack> visitor) throws Exception {
        backend.<VoidNamespace, ValueState<EntityTrack>, EntityTrack>applyToAllKeys(
                VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, descriptor(), (entity, state) -> {
                    EntityTrack track = state.value();
                    visitor.accept(entity, track);
                    state.update(track);
                });
    }

    /** Returns the number of deadlines in the wheel. */
    int deadlines() {
        return wheel.size();
    }
}
