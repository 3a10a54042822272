package dev.noether.flink.emit;

import dev.noether.flink.config.DetectorConfig;
import dev.noether.flink.ingest.ObservationLimits;
import dev.noether.flink.ingest.RejectedRecordWriter;
import dev.noether.incident.rule.MaintenanceCalendar;
import dev.noether.schemas.IncidentGroup;
import dev.noether.schemas.output.JsonText;
import dev.noether.schemas.output.OutputFormat;
import java.nio.charset.StandardCharsets;

/**
 * The largest sizes that the records of a detector can have, in bytes, with their key and Kafka's batch around them.
 * The topics must accept them and the sinks must send them: a record that is refused would be refused again after each
 * restart.
 */
public final class RecordSizes {
    /** The batch around a record, the record's header, and all fields of fixed size. */
    private static final int FIXED = 2_048;

    /** A Java character takes at most three bytes in UTF-8; the two characters of a surrogate pair take four. */
    private static final int BYTES_OF_CHARACTER = 3;

    /** The numbers of a feature among the contributions and among the stuck features, and the lengths of its names. */
    private static final int NUMBERS_OF_FEATURE = 64;

    /** The same as JSON: 13 numbers of at most 24 characters, and the names of the properties. */
    private static final int NUMBERS_OF_FEATURE_AS_JSON = 512;

    /** What a character takes as JSON at most, bytes: a control character is escaped. */
    private static final int BYTES_OF_ESCAPE = 6;

    /** A score names a feature as a contribution, as imputed and as stuck. */
    private static final int NAMES_IN_SCORE = 3;

    /** An incident names eight causes and a shape; its sentence repeats at most eight names, its suppression one. */
    private static final int NAMES_IN_INCIDENT = 18;

    /** Numbers and machine of a training, in a release. */
    private static final int PROVENANCE = 1 << 16;

    /** A person's name, and a person's note. */
    private static final int PERSON = 1 << 14;

    private RecordSizes() {}

    /** Largest size of a score: each feature contributes, is imputed and stuck, one is that of the shape, and the names are long. */
    public static int score(DetectorConfig config) {
        long names = 0;
        for (String name : config.features().names()) {
            names += NAMES_IN_SCORE * bytes(name, config) + numbers(config);
        }
        return bounded(FIXED
                + utf8(config.detector())
                + 2L * entity(config)
                + names
                + longestFeature(config)
                + reason(config));
    }

    /** Largest size of an incident: a group with as many members as are listed, or one of the longest entity. */
    public static int incident(DetectorConfig config) {
        long names = NAMES_IN_INCIDENT * (longestFeature(config) + numbers(config));
        return bounded(FIXED
                + utf8(config.detector())
                + 2L * entity(config)
                + names
                + reason(config)
                + IncidentGroup.MAX_MEMBER_BYTES
                + 5L * IncidentGroup.MAX_MEMBERS);
    }

    /** Largest size of feedback: an incident of one entity, and what a person writes. */
    public static int feedback(DetectorConfig config) {
        long names = NAMES_IN_INCIDENT * (longestFeature(config) + numbers(config));
        return bounded(FIXED + utf8(config.detector()) + 2L * entity(config) + names + 2L * PERSON);
    }

    /**
     * Largest size of a rejected record: the first bytes of the original and the reason. As JSON, fewer bytes of the
     * original are kept if they would take more.
     */
    public static int rejected(DetectorConfig config) {
        return bounded((long) config.output().rejectedMaxBytes() + RejectedRecordWriter.OVERHEAD_BYTES);
    }

    /** Largest size of a release, which contains the configuration that the model was trained with. */
    public static int release(DetectorConfig config) {
        return bounded(FIXED + PROVENANCE + 2L * utf8(config.toYaml()));
    }

    private static long entity(DetectorConfig config) {
        return (long) (isJson(config) ? BYTES_OF_ESCAPE : BYTES_OF_CHARACTER) * ObservationLimits.LONGEST_ENTITY;
    }

    /** Largest size of the reason for a suppression. */
    private static long reason(DetectorConfig config) {
        return Math.max(
                longestFeature(config),
                (long) (isJson(config) ? BYTES_OF_ESCAPE : BYTES_OF_CHARACTER) * MaintenanceCalendar.LONGEST_SUMMARY);
    }

    private static long longestFeature(DetectorConfig config) {
        long longest = 0;
        for (String name : config.features().names()) {
            longest = Math.max(longest, bytes(name, config));
        }
        return longest;
    }

    private static boolean isJson(DetectorConfig config) {
        return config.output().format() == OutputFormat.JSON;
    }

    private static int numbers(DetectorConfig config) {
        return isJson(config) ? NUMBERS_OF_FEATURE_AS_JSON : NUMBERS_OF_FEATURE;
    }

    private static long bytes(String text, DetectorConfig config) {
        return isJson(config) ? JsonText.bytes(text) : utf8(text);
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int bounded(long bytes) {
        return (int) Math.min(bytes, Integer.MAX_VALUE / 4);
    }
}
