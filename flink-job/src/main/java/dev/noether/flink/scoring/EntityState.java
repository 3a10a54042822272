package dev.noether.flink.scoring;

import dev.noether.flink.release.ModelKey;
import dev.noether.flink.release.ModelsInForce.Loaded;
import dev.noether.model.alarm.AlarmState;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.feature.CounterReadings;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.repeat.RepeatRuns;
import dev.noether.model.schedule.ScheduleState;
import dev.noether.model.shape.ShapeState;
import dev.noether.schemas.Score;
import org.jspecify.annotations.Nullable;

/**
 * The state of one entity: its newest rows, its runs of equal values, and the baseline and alarm state of the model
 * that scored it last. Keyed state; not thread safe.
 */
public final class EntityState {
    private final WindowBuffer window;
    private final RepeatRuns repeats;
    /** Consecutive rows without a value, by feature; empty if the newest row has all. Shared with the challenger. */
    private final MissingRuns missing = new MissingRuns();

    /** Last readings of the counters; null if the window has the values of all features as they are. */
    private @Nullable CounterReadings readings;

    private @Nullable EntityBaseline baseline;
    private @Nullable AlarmState alarms;
    private long modelVersion;
    /** {@link ModelKey#hash()} of that model. */
    private long modelHash;
    /** Version of the model that {@link #shape} belongs to. */
    private long shapeVersion;
    /** {@link ModelKey#hash()} of that model. */
    private long shapeHash;
    /** The shape view's state; null if no model with a shape view has judged the entity. */
    private @Nullable ShapeState shape;
    /** What the model's schedule took off the newest row; null if nothing, which is nearly always so. */
    private @Nullable ScheduleState schedule;
    /** The state for a challenger in shadow, with the same window and runs; null nearly always. */
    private @Nullable EntityState challenger;
    /** Belongs to the model and is only read; not part of the stored state. */
    private @Nullable EntityBaseline start;

    /** Makes the state of an entity that no model has scored. */
    public EntityState(WindowBuffer window) {
        this(window, new RepeatRuns(), null, null, Score.NO_MODEL);
    }

    /**
     * Makes a state.
     *
     * @param window newest rows
     * @param repeats runs of equal values
     * @param baseline baseline of the model that scored last; null if there is none
     * @param alarms state of that model's alarm threshold; null if there is none
     * @param modelVersion version of that model; {@link Score#NO_MODEL} if there is none
     */
    public EntityState(
            WindowBuffer window,
            RepeatRuns repeats,
            @Nullable EntityBaseline baseline,
            @Nullable AlarmState alarms,
            long modelVersion) {
        this.window = window;
        this.repeats = repeats;
        this.baseline = baseline;
        this.alarms = alarms;
        this.modelVersion = modelVersion;
        this.modelHash = ModelKey.UNKNOWN_HASH;
        this.shapeVersion = Score.NO_MODEL;
        this.shapeHash = ModelKey.UNKNOWN_HASH;
    }

    /**
     * Sets the hash of the model that the state belongs to.
     *
     * @param hash {@link ModelKey#hash()} of the model that scored last
     */
    void setModelHash(long hash) {
        modelHash = hash;
    }

    /**
     * Sets the shape view's state.
     *
     * @param state state of the shape view; null if there is none
     * @param version version of the model that it belongs to
     * @param hash {@link ModelKey#hash()} of that model
     */
    void setShape(@Nullable ShapeState state, long version, long hash) {
        shape = state;
        shapeVersion = version;
        shapeHash = hash;
    }

    /** Returns the newest rows. */
    public WindowBuffer window() {
        return window;
    }

    /** Returns the runs of equal values. */
    public RepeatRuns repeats() {
        return repeats;
    }

    /** Returns the last readings of the counters; null if the window has all values as they are. */
    @Nullable
    CounterReadings readings() {
        return readings;
    }

    /** Sets the last readings of the counters. */
    void setReadings(@Nullable CounterReadings newReadings) {
        readings = newReadings;
    }

    /** Returns the runs of missing values. */
    MissingRuns missing() {
        return missing;
    }

    /** Returns the baseline of the model that scored last; null if there is none. */
    public @Nullable EntityBaseline baseline() {
        return baseline;
    }

    /** Returns the version of the model that scored last. */
    public long modelVersion() {
        return modelVersion;
    }

    /** Returns {@link ModelKey#hash()} of the model that scored last. */
    long modelHash() {
        return modelHash;
    }

    /** Whether this is the model that scored last. */
    boolean isOf(Loaded model) {
        return model.key().isOf(modelVersion, modelHash);
    }

    /** Returns the alarm state of the model that scored last; null if there is none. */
    public @Nullable AlarmState alarms() {
        return alarms;
    }

    /**
     * Returns a state whose baseline, alarm state and model change independently of this one. Both share the window and
     * the runs of equal values.
     */
    EntityState copyToJudge() {
        EntityState copy = new EntityState(
                window,
                repeats,
                baseline == null ? null : baseline.copy(),
                alarms == null ? null : alarms.copy(),
                modelVersion);
        copy.setModelHash(modelHash);
        copy.setShape(shape, shapeVersion, shapeHash);
        copy.schedule = schedule == null ? null : schedule.copy();
        copy.start = start;
        return copy;
    }

    /** Returns the state of the schedule; null if there is none. */
    @Nullable
    ScheduleState schedule() {
        return schedule;
    }

    /** Sets the state of the schedule. */
    void setSchedule(@Nullable ScheduleState state) {
        schedule = state;
    }

    /** Returns the state of the schedule for an entity that has one. */
    ScheduleState scheduleOf() {
        ScheduleState current = schedule;
        if (current == null) {
            current = new ScheduleState();
            schedule = current;
        }
        return current;
    }

    /** Returns the state for the challenger in shadow; null if there is none. */
    @Nullable
    EntityState challenger() {
        return challenger;
    }

    /** Sets the state for the challenger in shadow, made by {@link #newChallenger}; null if there is none. */
    void setChallenger(@Nullable EntityState state) {
        challenger = state;
    }

    /** Returns an empty state that shares the window and the runs of equal values. */
    EntityState newChallenger() {
        return new EntityState(window, repeats, null, null, Score.NO_MODEL);
    }

    /**
     * Returns the state for a challenger in shadow. If there is none, or one of another challenger, it begins as it
     * would if the challenger took over now.
     */
    EntityState challengerFor(String entity, Loaded model) {
        EntityState own = challenger;
        if (own == null || !own.isOf(model)) {
            own = newChallenger();
            own.baselineFor(entity, model);
            if (model.scorer().hasShape()) {
                own.setShape(
                        model.scorer().startShape(entity, shape),
                        model.key().version(),
                        model.key().hash());
            }
            challenger = own;
        }
        return own;
    }

    /** Returns the state of the shape view; null if no model with a shape view has judged the entity. */
    @Nullable
    ShapeState shape() {
        return shape;
    }

    /** Returns the version of the model that {@link #shape} belongs to. */
    long shapeVersion() {
        return shapeVersion;
    }

    /** Returns {@link ModelKey#hash()} of that model. */
    long shapeHash() {
        return shapeHash;
    }

    /**
     * Returns the shape view's state for a model that has a shape view. If it belongs to another model, it is a new one
     * with the same values.
     */
    ShapeState shapeFor(String entity, Loaded model) {
        ShapeState current = shapeOutside(entity, model);
        setShape(current, model.key().version(), model.key().hash());
        return current;
    }

    /** Returns the same as {@link #shapeFor} to judge a row outside the signal: this state does not change. */
    ShapeState shapeOutside(String entity, Loaded model) {
        ShapeState current = shape;
        return current != null
                        && model.key().isOf(shapeVersion, shapeHash)
                        && model.scorer().fitsShape(current)
                ? current
                : model.scorer().startShape(entity, current);
    }

    /** Forgets the shape view's state: its values would not be followed by the next ones. */
    void dropShape() {
        setShape(null, Score.NO_MODEL, ModelKey.UNKNOWN_HASH);
    }

    /** Returns the baseline for a model. If another model scored last, it begins with the model's own baseline. */
    EntityBaseline baselineFor(String entity, Loaded model) {
        EntityBaseline current = baseline;
        if (current == null || !isOf(model)) {
            EntityBaseline first = startingBaseline(entity, model);
            current = first.copy();
            start = first;
            baseline = current;
            // An alarm state belongs to the scores of one model.
            alarms = null;
            modelVersion = model.key().version();
        }
        modelHash = model.key().hash();
        return current;
    }

    /** Returns the baseline from which {@link #baselineFor} began. It belongs to the model; do not change it. */
    EntityBaseline startFor(String entity, Loaded model) {
        baselineFor(entity, model);
        EntityBaseline current = start;
        if (current == null) {
            current = startingBaseline(entity, model);
            start = current;
        }
        return current;
    }

    /** Returns the alarm state for a model. If another model scored last, it is a new one. */
    AlarmState alarmsFor(String entity, Loaded model) {
        baselineFor(entity, model);
        AlarmState current = alarms;
        if (current == null) {
            current = model.threshold().start();
            alarms = current;
        }
        return current;
    }

    private static EntityBaseline startingBaseline(String entity, Loaded model) {
        return model.scorer().model().startingBaseline(entity);
    }
}
