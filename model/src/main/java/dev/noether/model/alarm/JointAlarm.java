package dev.noether.model.alarm;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Joins the alarm score of a row with the other views of it. A view whose value is rarer than the alarm score, at the
 * view's part of the budget, replaces the score by the one that is as rare. So a view adds alarms of its own and leaves
 * the order of the other rows as it is; the calibration of the joint score accounts for the alarms that it adds.
 *
 * <p>Immutable; thread safe. Joining allocates nothing.
 */
public final class JointAlarm {
    /** No other views: the alarm score stays as it is. */
    public static final JointAlarm NONE = new JointAlarm(null, Map.of());

    private final @Nullable ViewTail row;
    private final Map<AlarmView, ViewTail> views;
    private final @Nullable ViewTail[] tails = new ViewTail[AlarmView.values().length];

    private JointAlarm(@Nullable ViewTail row, Map<AlarmView, ViewTail> views) {
        this.row = row;
        Map<AlarmView, ViewTail> copy = new EnumMap<>(AlarmView.class);
        copy.putAll(views);
        this.views = Collections.unmodifiableMap(copy);
        views.forEach((view, tail) -> tails[view.ordinal()] = tail);
    }

    /**
     * Makes a joint score.
     *
     * @param row tail of the alarm score without the other views
     * @param views tails of the other views
     */
    public static JointAlarm of(ViewTail row, Map<AlarmView, ViewTail> views) {
        return new JointAlarm(requireNonNull(row, "row"), views);
    }

    /** The tail of the alarm score without the other views; null without other views. */
    public @Nullable ViewTail row() {
        return row;
    }

    /** The tails of the other views. */
    public Map<AlarmView, ViewTail> views() {
        return views;
    }

    /**
     * The joint alarm score.
     *
     * @param alarmScore alarm score of the row without the other views
     * @param values value of each view, by the ordinal of {@link AlarmView}; NaN if the row has none
     * @return at least {@code alarmScore}
     */
    public double score(double alarmScore, double[] values) {
        ViewTail own = row;
        if (own == null) {
            return alarmScore;
        }
        double rarest = 0;
        for (int i = 0; i < tails.length; i++) {
            ViewTail tail = tails[i];
            if (tail != null) {
                rarest = Math.max(rarest, tail.surprise(values[i]));
            }
        }
        return rarest > own.surprise(alarmScore) ? Math.max(alarmScore, own.value(rarest)) : alarmScore;
    }

    /**
     * Whether a view is what raises the alarm score of a row: it is rarer than the score and than all other views.
     *
     * @param alarmScore alarm score of the row without the other views
     * @param values value of each view, by the ordinal of {@link AlarmView}; NaN if the row has none
     */
    public boolean isRaisedBy(AlarmView view, double alarmScore, double[] values) {
        ViewTail own = row;
        ViewTail tail = tails[view.ordinal()];
        if (own == null || tail == null) {
            return false;
        }
        double surprise = tail.surprise(values[view.ordinal()]);
        boolean isRarest = surprise > own.surprise(alarmScore);
        for (int i = 0; i < tails.length && isRarest; i++) {
            ViewTail other = tails[i];
            isRarest = other == null || !(other.surprise(values[i]) > surprise);
        }
        return isRarest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JointAlarm that && Objects.equals(row, that.row) && views.equals(that.views);
    }

    @Override
    public int hashCode() {
        return views.hashCode();
    }
}
