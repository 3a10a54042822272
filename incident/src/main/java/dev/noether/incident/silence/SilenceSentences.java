package dev.noether.incident.silence;

import static dev.noether.incident.report.ReadableQuantity.duration;

import java.time.Instant;
import java.util.List;

/** Describes silences and stalls in one sentence: what is missing, since when, what to check. */
final class SilenceSentences {
    private static final int MOST_NAMES = 4;

    private SilenceSentences() {}

    static String silent(String entity, long newest, float usualGapMillis) {
        return entity + ": no observations since " + Instant.ofEpochMilli(newest) + ", usually one every "
                + duration(Math.max(1, Math.round(usualGapMillis)))
                + "; check that it is running and can reach the observations topic";
    }

    static String reportsAgain(String entity, long millis) {
        return entity + ": reports again after " + duration(millis) + " without observations";
    }

    static String keptObservations(String entity, long time) {
        return entity + ": reports again, with kept observations from " + Instant.ofEpochMilli(time) + " on";
    }

    static String setBack(String entity, long newest, long time) {
        return entity + ": reports again; its clock was set back from " + Instant.ofEpochMilli(newest) + " to "
                + Instant.ofEpochMilli(time);
    }

    static String noLongerTracked(String entity, long millis) {
        return entity + ": no observations for " + duration(millis) + "; no longer tracked";
    }

    static String stalled(long newest) {
        return "all entities: no observations since " + Instant.ofEpochMilli(newest)
                + "; check the source of the observations topic";
    }

    static String stallOver(long millis) {
        return "all entities: observations arrive again after " + duration(millis);
    }

    static String missing(String feature, long newest) {
        return "all entities: no value of the feature " + feature + " since " + Instant.ofEpochMilli(newest)
                + "; check the source of the observations topic; scores use an assumed value meanwhile";
    }

    static String absent(String entity, List<String> features, long since) {
        return entity + ": no value of " + list(features) + " since " + Instant.ofEpochMilli(since)
                + ", while its other features and other entities are reported; check what collects "
                + (features.size() == 1 ? "it" : "them") + "; scores use assumed values meanwhile";
    }

    static String featuresReturned(String entity, long millis) {
        return entity + ": all its features are reported again, after " + duration(millis);
    }

    static String absentNoLongerTracked(String entity, List<String> features) {
        return entity + ": no value of " + list(features) + "; the entity is no longer tracked";
    }

    private static String list(List<String> features) {
        if (features.size() == 1) {
            return "the feature " + features.get(0);
        }
        int named = Math.min(features.size(), MOST_NAMES);
        String names = String.join(", ", features.subList(0, named));
        return features.size() + " features, " + names + (features.size() > named ? ", …" : "");
    }

    static String featureReturned(String feature, long millis) {
        return "all entities: the feature " + feature + " is reported again after " + duration(millis);
    }
}
