package dev.noether.flink.scoring;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.feature.CounterReadings;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.schedule.ScheduleState;
import dev.noether.model.shape.ShapeState;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Flink's serializer of {@link EntityState}. The bytes are those of {@link EntityStateFormat}. */
public final class EntityStateSerializer extends TypeSerializerSingleton<EntityState> {
    /** The only instance. */
    public static final EntityStateSerializer INSTANCE = new EntityStateSerializer();

    private static final long serialVersionUID = 1L;

    private EntityStateSerializer() {}

    @Override
    public void serialize(EntityState state, DataOutputView target) throws IOException {
        EntityStateFormat.write(state, target);
    }

    @Override
    public EntityState deserialize(DataInputView source) throws IOException {
        return EntityStateFormat.read(source);
    }

    @Override
    public EntityState deserialize(EntityState reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public EntityState copy(EntityState from) {
        WindowBuffer window = from.window();
        WindowBuffer copy = new WindowBuffer(window.windowRows(), window.slack(), window.features());
        copy.setOrigin(window.origin());
        float[] row = new float[window.features()];
        for (int i = 0; i < window.size(); i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = window.value(i, j);
            }
            copy.addStored(window.time(i), row, 0);
        }
        copy.setLate(window.lateRows(), window.lateMillis());
        @Nullable EntityBaseline baseline = from.baseline();
        @Nullable AlarmState alarms = from.alarms();
        @Nullable ShapeState shape = from.shape();
        EntityState state = new EntityState(
                copy,
                from.repeats().copy(),
                baseline == null ? null : baseline.copy(),
                alarms == null ? null : alarms.copy(),
                from.modelVersion());
        state.missing().set(from.missing().rows());
        state.setReadings(CounterReadings.copyOf(from.readings()));
        state.setModelHash(from.modelHash());
        state.setShape(shape == null ? null : shape.copy(), from.shapeVersion(), from.shapeHash());
        state.setSchedule(copyOf(from.schedule()));
        @Nullable EntityState challenger = from.challenger();
        if (challenger != null) {
            state.setChallenger(copyOfChallenger(challenger, state));
        }
        return state;
    }

    private static EntityState copyOfChallenger(EntityState from, EntityState of) {
        @Nullable EntityBaseline baseline = from.baseline();
        @Nullable AlarmState alarms = from.alarms();
        @Nullable ShapeState shape = from.shape();
        EntityState copy = new EntityState(
                of.window(),
                of.repeats(),
                baseline == null ? null : baseline.copy(),
                alarms == null ? null : alarms.copy(),
                from.modelVersion());
        copy.setModelHash(from.modelHash());
        copy.setShape(shape == null ? null : shape.copy(), from.shapeVersion(), from.shapeHash());
        copy.setSchedule(copyOf(from.schedule()));
        return copy;
    }

    private static @Nullable ScheduleState copyOf(@Nullable ScheduleState state) {
        return state == null || state.isEmpty() ? null : state.copy();
    }

    @Override
    public EntityState copy(EntityState from, EntityState reuse) {
        return copy(from);
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public @Nullable EntityState createInstance() {
        return null;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public TypeSerializerSnapshot<EntityState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The serializer's entry in a checkpoint. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<EntityState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
