package dev.noether.flink.check;

import dev.noether.flink.config.NearestKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The names of a detector's features beside the names that the records report. Immutable.
 *
 * @param unreported features of the detector that no record has a value of
 * @param unlisted names with a value in some record that are no features of the detector, by name
 */
public record FeatureNames(List<String> unreported, List<String> unlisted) {
    private static final int MAX_LISTED = 10;

    static FeatureNames of(List<String> listed, Map<String, FeatureSample> features) {
        List<String> unreported = new ArrayList<>();
        for (String name : listed) {
            FeatureSample sample = features.get(name);
            if (sample == null || sample.count() == 0) {
                unreported.add(name);
            }
        }
        TreeSet<String> unlisted = new TreeSet<>();
        features.forEach((name, sample) -> {
            if (sample.count() > 0) {
                unlisted.add(name);
            }
        });
        listed.forEach(unlisted::remove);
        return new FeatureNames(List.copyOf(unreported), List.copyOf(unlisted));
    }

    /** Describes an unreported feature and the most similar name that the records report instead. */
    public String describe(String feature) {
        String nearest = unlisted.stream()
                .min(Comparator.comparingInt((String name) -> NearestKey.editDistance(feature, name)))
                .orElse(null);
        if (nearest == null) {
            return "the feature `" + feature + "` has no value in any record, and the records have no other names";
        }
        boolean isSimilar = NearestKey.editDistance(feature, nearest) <= Math.max(2, feature.length() / 3);
        return "the feature `" + feature + "` has no value in any record; "
                + (isSimilar ? "did you mean `" + nearest + "`?" : "the records also have " + list(unlisted));
    }

    /** Lists some names in one line. */
    static String list(Collection<String> names) {
        String some = String.join(", ", names.stream().limit(MAX_LISTED).toList());
        return names.size() > MAX_LISTED ? some + " and " + (names.size() - MAX_LISTED) + " more" : some;
    }
}
