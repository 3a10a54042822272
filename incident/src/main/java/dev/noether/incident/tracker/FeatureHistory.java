package dev.noether.incident.tracker;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the features did during one incident: for each the moment of its largest squared deviation, by which features are
 * ranked (measured to name the true causes more often than sums, smoothed values or the score's own shares), and the last
 * {@value #ROWS} anomalous rows, from which the shape of the break is read.
 *
 * <p>Exists only while an incident is open. Not thread safe.
 */
final class FeatureHistory {
    /** Anomalous rows that are kept. */
    static final int ROWS = 8;

    private final Map<String, Integer> indices = new HashMap<>();
    private final List<Feature> features = new ArrayList<>();

    /** What is kept of one feature; its rows in a ring. */
    private static final class Feature {
        LeadingFeature worst;
        float worstRank;
        final float[] observed = new float[ROWS];
        final float[] expected = new float[ROWS];

        int seen;
        /** Most rows in a row with one value, where it stood still. */
        int repeats;

        Feature(LeadingFeature worst, float worstRank) {
            this.worst = worst;
            this.worstRank = worstRank;
        }
    }

    /** Takes in an anomalous row. */
    void add(List<FeatureEvidence> evidence) {
        for (FeatureEvidence one : evidence) {
            Feature feature = feature(one);
            if (one.rank() > feature.worstRank) {
                feature.worstRank = one.rank();
                feature.worst = leading(one);
            }
            feature.observed[feature.seen % ROWS] = one.observed();
            feature.expected[feature.seen % ROWS] = one.expected();
            feature.seen++;
            feature.repeats = Math.max(feature.repeats, one.repeats());
        }
    }

    private Feature feature(FeatureEvidence evidence) {
        Integer index = indices.get(evidence.feature());
        if (index != null) {
            return features.get(index);
        }
        indices.put(evidence.feature(), features.size());
        Feature feature = new Feature(leading(evidence), evidence.rank());
        features.add(feature);
        return feature;
    }

    private static LeadingFeature leading(FeatureEvidence one) {
        return new LeadingFeature(
                one.feature(), one.deviation(), one.observed(), one.expected(), one.usualLow(), one.usualHigh());
    }

    /** In how many rows in a row a feature had one value, where that was more than it should; 0 where it moves. */
    int repeats(String feature) {
        Integer index = indices.get(feature);
        return index == null ? 0 : features.get(index).repeats;
    }

    /** Those that no longer move, and then the features that deviated most, the first one most; at most so many. */
    List<LeadingFeature> leading(int atMost) {
        return features.stream()
                .sorted(Comparator.comparing((Feature feature) -> feature.repeats == 0)
                        .thenComparingDouble(feature -> -feature.worstRank)
                        .thenComparing(feature -> feature.worst.feature()))
                .limit(atMost)
                .map(feature -> feature.worst)
                .toList();
    }

    /** What features are ranked by, of one of them; 0 where it is not known. */
    float rank(String feature) {
        Integer index = indices.get(feature);
        return index == null ? 0 : features.get(index).worstRank;
    }

    /** The observed values of a feature in the last anomalous rows, the oldest first. */
    float[] observed(String feature) {
        return ring(feature, true);
    }

    /** The expected values of a feature in the last anomalous rows, the oldest first. */
    float[] expected(String feature) {
        return ring(feature, false);
    }

    private float[] ring(String name, boolean observed) {
        Integer index = indices.get(name);
        if (index == null) {
            return new float[0];
        }
        Feature feature = features.get(index);
        int count = Math.min(feature.seen, ROWS);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int slot = (feature.seen - count + i) % ROWS;
            values[i] = observed ? feature.observed[slot] : feature.expected[slot];
        }
        return values;
    }

    void write(DataOutput target) throws IOException {
        target.writeInt(features.size());
        for (Feature feature : features) {
            ReportBytes.writeLeading(feature.worst, target);
            target.writeFloat(feature.worstRank);
            target.writeInt(feature.seen);
            target.writeInt(feature.repeats);
            for (int i = 0; i < Math.min(feature.seen, ROWS); i++) {
                target.writeFloat(feature.observed[i]);
                target.writeFloat(feature.expected[i]);
            }
        }
    }

    /** Reads what {@link #write} wrote; the first format of {@link EntityTrack} did not know who stands still. */
    static FeatureHistory read(DataInput source, int format) throws IOException {
        FeatureHistory history = new FeatureHistory();
        int count = source.readInt();
        for (int j = 0; j < count; j++) {
            LeadingFeature worst = ReportBytes.readLeading(source);
            Feature feature = new Feature(worst, source.readFloat());
            feature.seen = source.readInt();
            feature.repeats = format > 1 ? source.readInt() : 0;
            for (int i = 0; i < Math.min(feature.seen, ROWS); i++) {
                feature.observed[i] = source.readFloat();
                feature.expected[i] = source.readFloat();
            }
            history.indices.put(worst.feature(), j);
            history.features.add(feature);
        }
        return history;
    }
}
