package dev.noether.incident.rule;

import biweekly.util.ByDay;
import biweekly.util.Frequency;
import biweekly.util.Recurrence;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The check of a repetition rule (RRULE or EXRULE): its parts must be in the ranges of RFC 5545, and its work must be
 * bounded. The library that computes occurrences checks neither. Stateless.
 */
final class RepetitionCheck {
    /** More often than hourly, an event has no use as maintenance, and its occurrences would fill the memory. */
    private static final int MAX_PER_DAY = 24;

    private static final int MAX_INTERVAL = 10_000;
    private static final int MAX_ITEMS = 400;
    private static final int MONTHS = 12;
    private static final int DAYS_OF_MONTH = 31;
    private static final int DAYS_OF_YEAR = 366;
    private static final int WEEKS = 53;
    private static final int LAST_HOUR = 23;
    private static final int LAST_MINUTE = 59;
    /** A leap second. */
    private static final int LAST_SECOND = 60;

    private final Recurrence rule;
    private final Consumer<String> problems;

    private RepetitionCheck(Recurrence rule, Consumer<String> problems) {
        this.rule = rule;
        this.problems = problems;
    }

    /** Reports each problem of a rule. */
    static void check(@Nullable Recurrence rule, Consumer<String> problems) {
        if (rule != null) {
            new RepetitionCheck(rule, problems).checkAll();
        }
    }

    /** The largest number of occurrences on one day. */
    static int perDay(Recurrence rule) {
        long hours = rule.getFrequency() == Frequency.HOURLY ? MAX_PER_DAY : atLeastOne(rule.getByHour());
        long perDay = hours * atLeastOne(rule.getByMinute()) * atLeastOne(rule.getBySecond());
        return (int) Math.min(Integer.MAX_VALUE, perDay);
    }

    private void checkAll() {
        if (rule.getFrequency() == Frequency.SECONDLY || rule.getFrequency() == Frequency.MINUTELY) {
            problems.accept("FREQ must be HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY (got " + rule.getFrequency()
                    + "); write one longer event");
            return;
        }
        if (rule.getInterval() != null) {
            range("INTERVAL", List.of(rule.getInterval()), 1, MAX_INTERVAL);
        }
        if (rule.getCount() != null) {
            range("COUNT", List.of(rule.getCount()), 1, Integer.MAX_VALUE);
        }
        range("BYMONTH", rule.getByMonth(), 1, MONTHS);
        range("BYHOUR", rule.getByHour(), 0, LAST_HOUR);
        range("BYMINUTE", rule.getByMinute(), 0, LAST_MINUTE);
        range("BYSECOND", rule.getBySecond(), 0, LAST_SECOND);
        fromEitherEnd("BYMONTHDAY", rule.getByMonthDay(), DAYS_OF_MONTH);
        fromEitherEnd("BYYEARDAY", rule.getByYearDay(), DAYS_OF_YEAR);
        fromEitherEnd("BYWEEKNO", rule.getByWeekNo(), WEEKS);
        fromEitherEnd("BYSETPOS", rule.getBySetPos(), DAYS_OF_YEAR);
        fromEitherEnd(
                "the number in BYDAY",
                rule.getByDay().stream()
                        .map(ByDay::getNum)
                        .filter(number -> number != null)
                        .toList(),
                WEEKS);
        size("BYDAY", rule.getByDay().size());
        rule.getXRules().keySet().forEach(part -> problems.accept("the part " + part + " is not known"));
        int perDay = perDay(rule);
        if (perDay > MAX_PER_DAY) {
            problems.accept("an event must start at most " + MAX_PER_DAY + " times a day (got " + perDay
                    + " from FREQ, BYHOUR, BYMINUTE and BYSECOND); write one longer event");
        }
    }

    private void range(String part, List<Integer> values, int least, int most) {
        size(part, values.size());
        values.stream()
                .filter(value -> value < least || value > most)
                .findFirst()
                .ifPresent(value ->
                        problems.accept(part + " must be from " + least + " to " + most + " (got " + value + ")"));
    }

    private void fromEitherEnd(String part, List<Integer> values, int most) {
        size(part, values.size());
        values.stream()
                .filter(value -> value == 0 || value < -most || value > most)
                .findFirst()
                .ifPresent(value -> problems.accept(
                        part + " must be from 1 to " + most + " or from -" + most + " to -1 (got " + value + ")"));
    }

    private void size(String part, int items) {
        if (items > MAX_ITEMS) {
            problems.accept(part + " must have at most " + MAX_ITEMS + " values (got " + items + ")");
        }
    }

    private static long atLeastOne(List<Integer> values) {
        return Math.max(1, values.size());
    }
}
