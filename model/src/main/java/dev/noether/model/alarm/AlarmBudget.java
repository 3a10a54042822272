package dev.noether.model.alarm;

import java.io.Serializable;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The accepted number of false alarms per period, such as {@code 1 per entity per P30D}, or {@code 5 per P1D} for all
 * entities together. An alarm is a window with the verdict anomalous.
 *
 * @param count number of alarms, at least 1
 * @param scope whether the number is for each entity or for all entities together
 * @param period period of the alarms, above zero
 */
public record AlarmBudget(long count, BudgetScope scope, Duration period) implements Serializable {
    /** One alarm for each entity in thirty days. */
    public static final AlarmBudget DEFAULT = new AlarmBudget(1, BudgetScope.EACH_ENTITY, Duration.ofDays(30));

    /** Description of the text that {@link #parse} reads. */
    public static final String FORM =
            "an alarm budget such as `1 per entity per P30D`, or `5 per P1D` for all entities together";

    private static final Pattern TEXT = Pattern.compile("\\s*(\\d{1,18})\\s+per\\s+(entity\\s+per\\s+)?(P\\S*)\\s*");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the count is below 1 or the period is not above zero
     */
    public AlarmBudget {
        if (count < 1) {
            throw new IllegalArgumentException("`count` must be at least 1 (got " + count + ")");
        }
        if (period.isZero() || period.isNegative()) {
            throw new IllegalArgumentException("`period` must be above zero (got " + period + ")");
        }
    }

    /**
     * Parses a budget in the form of {@link #toString}.
     *
     * @param text count, {@code per entity} or not, {@code per} and an ISO-8601 duration of days or less
     * @throws IllegalArgumentException if the text has another form, or the count or the period is 0
     */
    public static AlarmBudget parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("`text` must be " + FORM + " (got " + text + ")");
        }
        BudgetScope scope = matcher.group(2) == null ? BudgetScope.ALL_ENTITIES : BudgetScope.EACH_ENTITY;
        return new AlarmBudget(Long.parseLong(matcher.group(1)), scope, period(matcher.group(3)));
    }

    private static Duration period(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "`period` must be an ISO-8601 duration of days or less, such as P30D or PT12H (got " + text + ")",
                    e);
        }
    }

    /**
     * Converts the budget to alarms per window.
     *
     * @param interval measured time from a window of an entity to its next, above zero
     * @param entities number of entities, at least 1; not used if each entity has its own budget
     * @return alarms per window, above 0. A budget with more alarms than windows results in 1 or more, which
     *     {@link TailCalibration#decide} refuses
     * @throws IllegalArgumentException if the interval is not above zero or there is no entity
     */
    public double ratePerWindow(Duration interval, long entities) {
        if (interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("`interval` must be above zero (got " + interval + ")");
        }
        if (entities < 1) {
            throw new IllegalArgumentException("`entities` must be at least 1 (got " + entities + ")");
        }
        double rate = count * seconds(interval) / seconds(period);
        return scope == BudgetScope.EACH_ENTITY ? rate : rate / entities;
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    @Override
    public String toString() {
        // Duration writes 30 days as PT720H; a budget uses P30D.
        String time = period.equals(Duration.ofDays(period.toDays())) ? "P" + period.toDays() + "D" : period.toString();
        return count + (scope == BudgetScope.EACH_ENTITY ? " per entity per " : " per ") + time;
    }
}
