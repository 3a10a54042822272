package dev.noether.flink.scoring;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.feature.CounterReadings;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.repeat.RepeatRuns;
import dev.noether.model.schedule.ScheduleState;
import dev.noether.model.shape.ShapeState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an {@link EntityState}: the format version, then plain numbers. Reads all formats from the first one on.
 * The sizes are in {@code docs/architecture.md}.
 */
final class EntityStateFormat {
    private static final int FORMAT_VERSION = 8;

    /** The first format with the sustained excess of a baseline. It is written only if there is one. */
    private static final int EIGHTH_FORMAT = 8;

    /** The first format with the state of a schedule. It is written only if there is one. */
    private static final int SEVENTH_FORMAT = 7;

    /** The first format with origins. It is written only if there is one. */
    private static final int SIXTH_FORMAT = 6;

    /** The first format with the state for a challenger. It is written only if there is one. */
    private static final int FIFTH_FORMAT = 5;

    /** The first format with the shape view and the hash of the model. */
    private static final int FOURTH_FORMAT = 4;

    /** The first format with runs of equal values and late rows. */
    private static final int THIRD_FORMAT = 3;

    /** This format had one scale of residuals, of another score: its rows are read, the baseline begins anew. */
    private static final int FIRST_FORMAT = 1;

    /** More than any configuration allows for a window. */
    private static final long MOST_VALUES = 1L << 26;

    private EntityStateFormat() {}

    static void write(EntityState state, DataOutput target) throws IOException {
        WindowBuffer window = state.window();
        EntityState challenger = state.challenger();
        int format = format(state, challenger);
        target.writeByte(format);
        writeRows(window, target);
        if (format >= SIXTH_FORMAT) {
            writeOrigin(window.origin(), target);
            short[] missing = state.missing().rows();
            target.writeShort(missing.length);
            for (short rows : missing) {
                target.writeShort(rows);
            }
            writeReadings(state.readings(), target);
        }
        target.writeShort(window.lateRows());
        target.writeLong(window.lateMillis());
        target.writeLong(state.modelVersion());
        writeBaseline(state.baseline(), format, target);
        writeAlarms(state.alarms(), target);
        short[] repeats = state.repeats().repeats();
        target.writeShort(repeats.length);
        for (short repeat : repeats) {
            target.writeShort(repeat);
        }
        target.writeLong(state.modelHash());
        writeShape(state, target);
        writeShapeOrigin(state, format, target);
        writeSchedule(state, format, target);
        if (format >= SIXTH_FORMAT) {
            target.writeBoolean(challenger != null);
        }
        if (challenger != null) {
            target.writeLong(challenger.modelVersion());
            writeBaseline(challenger.baseline(), format, target);
            writeAlarms(challenger.alarms(), target);
            target.writeLong(challenger.modelHash());
            writeShape(challenger, target);
            writeShapeOrigin(challenger, format, target);
            writeSchedule(challenger, format, target);
        }
    }

    /** The earliest format that has all parts of a state. */
    private static int format(EntityState state, @Nullable EntityState challenger) {
        if (isSustained(state) || challenger != null && isSustained(challenger)) {
            return EIGHTH_FORMAT;
        }
        if (hasSchedule(state) || challenger != null && hasSchedule(challenger)) {
            return SEVENTH_FORMAT;
        }
        return hasOrigin(state) ? SIXTH_FORMAT : challenger == null ? FOURTH_FORMAT : FIFTH_FORMAT;
    }

    private static boolean isSustained(EntityState state) {
        EntityBaseline baseline = state.baseline();
        return baseline != null && baseline.sustained() != 0;
    }

    private static boolean hasSchedule(EntityState state) {
        ScheduleState schedule = state.schedule();
        return schedule != null && !schedule.isEmpty();
    }

    private static void writeSchedule(EntityState state, int format, DataOutput target) throws IOException {
        if (format < SEVENTH_FORMAT) {
            return;
        }
        ScheduleState schedule = state.schedule();
        if (schedule == null || schedule.isEmpty()) {
            target.writeBoolean(false);
        } else {
            target.writeBoolean(true);
            schedule.write(target);
        }
    }

    private static void readSchedule(EntityState state, int format, DataInput source) throws IOException {
        if (format >= SEVENTH_FORMAT && source.readBoolean()) {
            state.setSchedule(ScheduleState.read(source));
        }
    }

    private static boolean hasOrigin(EntityState state) {
        EntityState challenger = state.challenger();
        return state.window().origin() != null
                || !state.missing().isNone()
                || state.readings() != null
                || hasShapeOrigin(state.shape())
                || challenger != null && hasShapeOrigin(challenger.shape());
    }

    private static boolean hasShapeOrigin(@Nullable ShapeState shape) {
        return shape != null && shape.origin() != 0;
    }

    private static void writeShapeOrigin(EntityState state, int format, DataOutput target) throws IOException {
        ShapeState shape = state.shape();
        if (format >= SIXTH_FORMAT && shape != null) {
            target.writeDouble(shape.origin());
        }
    }

    private static void readShapeOrigin(EntityState state, int format, DataInput source) throws IOException {
        ShapeState shape = state.shape();
        if (format >= SIXTH_FORMAT && shape != null) {
            shape.setOrigin(readFinite(source));
        }
    }

    /** Few features have an origin: their number, then index and origin of each. */
    private static void writeOrigin(double @Nullable [] origin, DataOutput target) throws IOException {
        int count = 0;
        for (int j = 0; origin != null && j < origin.length; j++) {
            count += origin[j] != 0 ? 1 : 0;
        }
        target.writeInt(count);
        for (int j = 0; origin != null && j < origin.length; j++) {
            if (origin[j] != 0) {
                target.writeInt(j);
                target.writeDouble(origin[j]);
            }
        }
    }

    private static double @Nullable [] readOrigin(DataInput source, int features) throws IOException {
        int count = source.readInt();
        if (count < 0 || count > features) {
            throw new IOException("the state is damaged: " + count + " of " + features + " features have an origin");
        }
        double[] origin = new double[features];
        for (int i = 0; i < count; i++) {
            int feature = source.readInt();
            if (feature < 0 || feature >= features) {
                throw new IOException(
                        "the state is damaged: feature " + feature + " of " + features + " has an origin");
            }
            origin[feature] = readFinite(source);
        }
        return count == 0 ? null : origin;
    }

    private static void writeReadings(@Nullable CounterReadings readings, DataOutput target) throws IOException {
        int count = readings == null ? 0 : readings.counters().length;
        target.writeInt(count);
        for (int i = 0; readings != null && i < count; i++) {
            target.writeInt(readings.counters()[i]);
            target.writeLong(readings.time(i));
            target.writeDouble(readings.value(i));
        }
    }

    private static @Nullable CounterReadings readReadings(DataInput source, int features) throws IOException {
        int count = source.readInt();
        if (count < 0 || count > features) {
            throw new IOException("the state is damaged: " + count + " of " + features + " features are counters");
        }
        int[] counters = new int[count];
        long[] times = new long[count];
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            counters[i] = source.readInt();
            if (counters[i] < 0 || counters[i] >= features) {
                throw new IOException(
                        "the state is damaged: feature " + counters[i] + " of " + features + " is a counter");
            }
            times[i] = source.readLong();
            values[i] = source.readDouble();
        }
        CounterReadings readings = new CounterReadings(counters);
        for (int i = 0; i < count; i++) {
            readings.set(i, times[i], values[i]);
        }
        return count == 0 ? null : readings;
    }

    private static short[] readMissing(DataInput source, int features) throws IOException {
        short[] missing = new short[source.readUnsignedShort()];
        if (missing.length != 0 && missing.length != features) {
            throw new IOException("the state is damaged: it has runs of " + missing.length + " of " + features
                    + " features without a value");
        }
        for (int j = 0; j < missing.length; j++) {
            missing[j] = source.readShort();
        }
        return missing;
    }

    private static double readFinite(DataInput source) throws IOException {
        double value = source.readDouble();
        if (!Double.isFinite(value)) {
            throw new IOException("the state is damaged: an origin is " + value);
        }
        return value;
    }

    private static void writeShape(EntityState state, DataOutput target) throws IOException {
        ShapeState shape = state.shape();
        target.writeBoolean(shape != null);
        if (shape != null) {
            target.writeLong(state.shapeVersion());
            target.writeLong(state.shapeHash());
            shape.write(target);
        }
    }

    /**
     * Reads a state.
     *
     * @throws IOException if the format version is later than this one
     */
    static EntityState read(DataInput source) throws IOException {
        int format = source.readByte();
        if (format < FIRST_FORMAT || format > FORMAT_VERSION) {
            throw new IOException("found state format version " + format + ", supports at most " + FORMAT_VERSION);
        }
        WindowBuffer window = readRows(source);
        int features = window.features();
        short[] missing = {};
        CounterReadings readings = null;
        if (format >= SIXTH_FORMAT) {
            window.restoreOrigin(readOrigin(source, features));
            missing = readMissing(source, features);
            readings = readReadings(source, features);
        }
        if (format >= THIRD_FORMAT) {
            window.setLate(source.readUnsignedShort(), source.readLong());
        }
        long modelVersion = source.readLong();
        boolean hasBaseline = source.readBoolean();
        if (format == FIRST_FORMAT) {
            if (hasBaseline) {
                skipFirstScale(source, features);
            }
            return new EntityState(window);
        }
        EntityBaseline baseline = hasBaseline ? readBaseline(source, format, features) : null;
        AlarmState alarms = source.readBoolean() ? readAlarms(source) : null;
        RepeatRuns repeats = format < THIRD_FORMAT ? new RepeatRuns() : readRepeats(source);
        EntityState state = new EntityState(window, repeats, baseline, alarms, modelVersion);
        state.missing().set(missing);
        state.setReadings(readings);
        if (format >= FOURTH_FORMAT) {
            state.setModelHash(source.readLong());
            readShape(state, source);
            readShapeOrigin(state, format, source);
        }
        readSchedule(state, format, source);
        if (format == FIFTH_FORMAT || format >= SIXTH_FORMAT && source.readBoolean()) {
            state.setChallenger(readChallenger(state, format, source));
        }
        return state;
    }

    private static EntityState readChallenger(EntityState of, int format, DataInput source) throws IOException {
        long modelVersion = source.readLong();
        EntityBaseline baseline =
                source.readBoolean() ? readBaseline(source, format, of.window().features()) : null;
        AlarmState alarms = source.readBoolean() ? readAlarms(source) : null;
        EntityState challenger = new EntityState(of.window(), of.repeats(), baseline, alarms, modelVersion);
        challenger.setModelHash(source.readLong());
        readShape(challenger, source);
        readShapeOrigin(challenger, format, source);
        readSchedule(challenger, format, source);
        return challenger;
    }

    private static void readShape(EntityState state, DataInput source) throws IOException {
        if (source.readBoolean()) {
            long version = source.readLong();
            long hash = source.readLong();
            state.setShape(ShapeState.read(source), version, hash);
        }
    }

    private static void writeRows(WindowBuffer window, DataOutput target) throws IOException {
        target.writeInt(window.windowRows());
        target.writeInt(window.slack());
        target.writeInt(window.features());
        target.writeInt(window.size());
        for (int i = 0; i < window.size(); i++) {
            target.writeLong(window.time(i));
            for (int j = 0; j < window.features(); j++) {
                target.writeFloat(window.value(i, j));
            }
        }
    }

    private static WindowBuffer readRows(DataInput source) throws IOException {
        int windowRows = source.readInt();
        int slack = source.readInt();
        int features = source.readInt();
        int size = source.readInt();
        requireWindow(windowRows, slack, features, size);
        WindowBuffer window = new WindowBuffer(windowRows, slack, features);
        float[] row = new float[features];
        for (int i = 0; i < size; i++) {
            long time = source.readLong();
            for (int j = 0; j < features; j++) {
                row[j] = source.readFloat();
            }
            window.addStored(time, row, 0);
        }
        return window;
    }

    /** Checked before anything is allocated: damaged bytes may name any length. */
    private static void requireWindow(int rows, int slack, int features, int size) throws IOException {
        boolean isWindow = rows >= 1 && slack >= 0 && features >= 1 && size >= 0 && size <= (long) rows + slack;
        if (!isWindow || ((long) rows + slack) > MOST_VALUES / features) {
            throw new IOException("the state is damaged: a window of " + rows + " and " + slack + " rows of " + features
                    + " values holds " + size + " rows");
        }
    }

    private static void writeBaseline(@Nullable EntityBaseline baseline, int format, DataOutput target)
            throws IOException {
        target.writeBoolean(baseline != null);
        if (baseline == null) {
            return;
        }
        target.writeInt(baseline.rows());
        target.writeFloat(baseline.memory());
        if (format >= EIGHTH_FORMAT) {
            target.writeFloat(baseline.sustained());
        }
        target.writeByte(baseline.views());
        for (int view = 0; view < baseline.views(); view++) {
            writeScale(baseline.view(view), target);
        }
        writeScale(baseline.raw(), target);
    }

    private static void writeAlarms(@Nullable AlarmState alarms, DataOutput target) throws IOException {
        target.writeBoolean(alarms != null);
        if (alarms == null) {
            return;
        }
        target.writeFloat(alarms.location());
        target.writeFloat(alarms.scale());
        target.writeFloat(alarms.correction());
        target.writeInt(alarms.counters());
        target.writeInt(alarms.pausedWindows());
    }

    private static EntityBaseline readBaseline(DataInput source, int format, int features) throws IOException {
        int rows = source.readInt();
        float memory = source.readFloat();
        float sustained = format >= EIGHTH_FORMAT ? source.readFloat() : 0;
        int count = source.readByte();
        if (count < 1) {
            throw new IOException("the state is damaged: a baseline has " + count + " views");
        }
        List<RunningScale> views = new ArrayList<>(count);
        for (int view = 0; view < count; view++) {
            views.add(readScale(source, features));
        }
        EntityBaseline baseline = new EntityBaseline(views, readScale(source, features), rows, memory);
        baseline.setSustained(sustained);
        return baseline;
    }

    private static AlarmState readAlarms(DataInput source) throws IOException {
        return AlarmState.restored(
                source.readFloat(), source.readFloat(), source.readFloat(), source.readInt(), source.readInt());
    }

    private static RepeatRuns readRepeats(DataInput source) throws IOException {
        short[] repeats = new short[source.readUnsignedShort()];
        for (int j = 0; j < repeats.length; j++) {
            repeats[j] = source.readShort();
        }
        return RepeatRuns.of(repeats);
    }

    private static void writeScale(RunningScale scale, DataOutput target) throws IOException {
        for (int j = 0; j < scale.features(); j++) {
            target.writeFloat(scale.mean(j));
            target.writeFloat(scale.variance(j));
        }
    }

    private static RunningScale readScale(DataInput source, int features) throws IOException {
        float[] mean = new float[features];
        float[] variance = new float[features];
        for (int j = 0; j < features; j++) {
            mean[j] = source.readFloat();
            variance[j] = source.readFloat();
        }
        return new RunningScale(mean, variance);
    }

    private static void skipFirstScale(DataInput source, int features) throws IOException {
        source.readFully(new byte[2 * features * Float.BYTES]);
    }
}
