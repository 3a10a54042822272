package dev.noether.incident.outbreak;

import static dev.noether.incident.report.ReadableQuantity.duration;

import dev.noether.schemas.Cause;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Describes an outbreak in one sentence: how many entities, since when, which features. */
final class OutbreakSentences {
    private static final int MAX_FEATURES = 3;

    private OutbreakSentences() {}

    /**
     * Describes an outbreak.
     *
     * @param entities number of entities
     * @param start event time of the first incident, milliseconds
     * @param lastOnset event time at which the last incident opened, milliseconds
     * @param causes the leading features
     */
    static String describe(int entities, long start, long lastOnset, List<Cause> causes) {
        String features = causes.stream()
                .limit(MAX_FEATURES)
                .map(Cause::feature)
                .collect(Collectors.joining(", ", "; most affected: ", ""));
        return entities + " entities have incidents that began within " + duration(Math.max(1, lastOnset - start))
                + ", the first at " + Instant.ofEpochMilli(start) + (causes.isEmpty() ? "" : features)
                + "; look for a common cause";
    }
}
