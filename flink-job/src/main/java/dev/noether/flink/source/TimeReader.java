package dev.noether.flink.source;

import dev.noether.flink.clock.EventTimeLimits;
import dev.noether.flink.mapping.TimeField;
import dev.noether.flink.mapping.TimeForm;
import dev.noether.flink.source.field.FieldValues;
import dev.noether.flink.source.field.IsoTime;
import dev.noether.flink.source.field.NumberText;
import dev.noether.schemas.MalformedRecordException;
import dev.noether.schemas.RejectionReason;
import java.util.List;

/**
 * Reads the time of an observation from the fields of its record, and says of a wrong one which unit would be right.
 * Immutable; thread safe.
 *
 * @param field where the time is
 * @param slot slot of the time
 */
public record TimeReader(TimeField field, int slot) {
    private static final List<TimeForm> UNITS =
            List.of(TimeForm.SECONDS, TimeForm.MILLISECONDS, TimeForm.MICROSECONDS, TimeForm.NANOSECONDS);

    /**
     * Returns the time, milliseconds since 1970 UTC, whether it is possible or not.
     *
     * @param kafkaTime timestamp of the record in Kafka; negative if it has none
     * @throws MalformedRecordException if there is no time
     */
    public long read(FieldValues values, long kafkaTime) throws MalformedRecordException {
        if (!values.isPresent(slot) && field.path().isEmpty()) {
            if (kafkaTime < 0) {
                throw impossible("the record has no timestamp in Kafka; name a field with the time in `source.time`");
            }
            return kafkaTime;
        }
        TimeForm form = form(values);
        return switch (values.kind(slot)) {
            case INTEGER -> ofNumber(values, form, form.toMillis(values.integer(slot)));
            case DECIMAL -> ofNumber(values, form, form.toMillis(values.number(slot)));
            case TEXT -> ofText(values, form);
            case ABSENT ->
                throw impossible(
                        "the record has no field `" + field.path() + "`, which holds the time (`source.time`)");
            default -> throw noTime(values, form);
        };
    }

    /**
     * Checks that a time is possible.
     *
     * @param time what {@link #read} returned
     * @param kafkaTime timestamp of the record in Kafka; negative if it has none
     * @param clock the job's clock
     */
    public void check(FieldValues values, long time, EventTimeLimits limits, long kafkaTime, long clock)
            throws MalformedRecordException {
        if (limits.allow(time, kafkaTime, clock)) {
            return;
        }
        double number = values.number(slot);
        if (!Double.isNaN(number)) {
            TimeForm used = form(values);
            for (TimeForm unit : UNITS) {
                if (unit != used && limits.allow(unit.toMillis(number), kafkaTime, clock)) {
                    throw impossible(shown(values) + ", too far in the "
                            + (time < limits.earliest() ? "past" : "future") + " as " + used.words()
                            + ": set `source.time.unit: " + unit.label() + "`");
                }
            }
        }
        String problem = String.valueOf(limits.problem(time, kafkaTime, clock));
        throw impossible(values.isPresent(slot) ? shown(values) + ": " + problem : problem);
    }

    private TimeForm form(FieldValues values) {
        TimeForm form = field.form() == TimeForm.AUTO ? values.form(slot) : field.form();
        boolean isNumber = !Double.isNaN(values.number(slot));
        return form == TimeForm.AUTO && isNumber ? TimeForm.MILLISECONDS : form;
    }

    private long ofNumber(FieldValues values, TimeForm form, long millis) throws MalformedRecordException {
        if (!form.isUnit() || Double.isNaN(values.number(slot))) {
            throw noTime(values, form);
        }
        return millis;
    }

    private long ofText(FieldValues values, TimeForm form) throws MalformedRecordException {
        String text = values.text(slot);
        if (!form.isUnit()) {
            long time = IsoTime.parse(text);
            if (time == IsoTime.NONE) {
                throw noTime(values, TimeForm.ISO);
            }
            return time;
        }
        long integer = NumberText.parseInteger(text, Long.MIN_VALUE);
        return integer == Long.MIN_VALUE
                ? ofNumber(values, form, form.toMillis(values.number(slot)))
                : form.toMillis(integer);
    }

    private MalformedRecordException noTime(FieldValues values, TimeForm form) {
        boolean isOtherText = form.isUnit()
                && values.kind(slot) == FieldValues.Kind.TEXT
                && IsoTime.parse(values.text(slot)) != IsoTime.NONE;
        String expected = form.isUnit() ? "a number of " + form.words() : "a time in ISO 8601";
        String correction = isOtherText
                ? ": set `source.time.unit: iso`"
                : form == TimeForm.ISO && !Double.isNaN(values.number(slot))
                        ? ": set `source.time.unit` to its unit: s, ms, us or ns"
                        : " (`source.time`)";
        return impossible(shown(values) + ", expected " + expected + correction);
    }

    private String shown(FieldValues values) {
        String name = field.path().isEmpty() ? "the time of the line" : "the field `" + field.path() + "`";
        return name + " is " + values.shown(slot);
    }

    private static MalformedRecordException impossible(String problem) {
        return new MalformedRecordException(RejectionReason.IMPOSSIBLE_TIME, problem);
    }
}
