package dev.noether.flink.mapping;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Where the time of an observation is in its record.
 *
 * @param path path of the field; empty for the time that the format itself has, or else the record's timestamp in Kafka
 * @param form how the time is written
 */
public record TimeField(String path, TimeForm form) implements Serializable {
    /** The time that the format itself has, or else the record's timestamp. */
    public static final TimeField NONE = new TimeField("", TimeForm.AUTO);

    public TimeField {
        requireNonNull(path, "path");
        requireNonNull(form, "form");
    }
}
