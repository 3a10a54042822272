package dev.noether.flink.scoring;

import dev.noether.model.alarm.AlarmState;
import dev.noether.model.alarm.AlarmThreshold;
import dev.noether.model.artifact.ModelArtifact;
import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.feature.WindowBuffer;
import dev.noether.model.repeat.RepeatRuns;
import dev.noether.schemas.Score;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one entity: its newest rows, and what is usual for it by the model that judged it last. Keyed state; not thread safe.
 */
public final class EntityState {
    private final WindowBuffer window;
    private final RepeatRuns repeats;
    private @Nullable EntityBaseline baseline;
    private long modelVersion;
    private @Nullable EntityBaseline start;
    private @Nullable AlarmState alarms;

    /** Makes the state of an entity that was never judged. */
    public EntityState(WindowBuffer window) {
        this(window, new RepeatRuns(), null, null, Score.NO_MODEL);
    }

    /**
     * Makes a state.
     *
     * @param window the newest rows
     * @param repeats the features that stand still
     * @param baseline of the model that judged last; null where none did
     * @param alarms what that model's threshold remembers; null where none did
     * @param modelVersion that model's version; {@link Score#NO_MODEL} where none did
     */
    public EntityState(
            WindowBuffer window,
            RepeatRuns repeats,
            @Nullable EntityBaseline baseline,
            @Nullable AlarmState alarms,
            long modelVersion) {
        this.alarms = alarms;
        this.window = window;
        this.repeats = repeats;
        this.baseline = baseline;
        this.modelVersion = modelVersion;
    }

    /** The newest rows. */
    public WindowBuffer window() {
        return window;
    }

    /** The features that stand still. */
    public RepeatRuns repeats() {
        return repeats;
    }

    /** The baseline of the model that judged last. */
    public @Nullable EntityBaseline baseline() {
        return baseline;
    }

    /** The version of the model that judged last. */
    public long modelVersion() {
        return modelVersion;
    }

    /** What the threshold of the model that judged last remembers. */
    public @Nullable AlarmState alarms() {
        return alarms;
    }

    /** The same, begun where there is none; to be asked after {@link #baselineFor}. */
    AlarmState alarms(AlarmThreshold threshold) {
        AlarmState current = alarms;
        if (current == null) {
            current = threshold.start();
            alarms = current;
        }
        return current;
    }

    /** A state that may learn and change its model without this one, but for the rows and their runs, which both share. */
    EntityState copyToJudge() {
        EntityState copy = new EntityState(
                window,
                repeats,
                baseline == null ? null : baseline.copy(),
                alarms == null ? null : alarms.copy(),
                modelVersion);
        copy.start = start;
        return copy;
    }

    /** The baseline for a model: the one at hand, or a new one where another model takes over. */
    EntityBaseline baselineFor(String entity, ModelArtifact model, long version) {
        EntityBaseline current = baseline;
        if (current == null || modelVersion != version) {
            start = model.startingBaseline(entity);
            current = start.copy();
            baseline = current;
            // A threshold belongs to the scores of one model.
            alarms = null;
            modelVersion = version;
        }
        return current;
    }

    /** What the baseline for a model started from; the model keeps it, the state only remembers where it is. */
    EntityBaseline startFor(String entity, ModelArtifact model, long version) {
        EntityBaseline known = start;
        if (known == null || modelVersion != version) {
            known = model.startingBaseline(entity);
            start = known;
        }
        return known;
    }
}
