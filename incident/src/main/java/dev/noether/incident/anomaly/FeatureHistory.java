package dev.noether.incident.anomaly;

import dev.noether.incident.evidence.FeatureEvidence;
import dev.noether.incident.report.CauseBytes;
import dev.noether.schemas.Cause;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The features' values during one incident. For each feature it holds the moment of the largest deviation and
 * the last {@value #ROWS} anomalous rows. Features are ranked by their largest deviation, because this named the true
 * causes more often in measurements than sums, smoothed values or shares of the score. {@link ShapeRecognizer} reads
 * the rows.
 *
 * <p>Exists only while an incident is open. Not thread safe.
 */
final class FeatureHistory {
    /** Number of anomalous rows that are stored for each feature. */
    static final int ROWS = 8;

    private static final float[] NO_VALUES = {};

    private final Map<String, Integer> indices = new HashMap<>();
    private final List<Feature> features = new ArrayList<>();

    /** One feature; its last rows in a ring. */
    private static final class Feature {
        Cause worst;
        float worstRank;
        final float[] observed = new float[ROWS];
        final float[] expected = new float[ROWS];

        int rowCount;
        /** The longest run of equal values if the feature is stuck; otherwise 0. */
        int repeats;

        Feature(Cause worst, float worstRank) {
            this.worst = worst;
            this.worstRank = worstRank;
        }

        /** Returns the values of a ring, oldest first. */
        float[] ordered(float[] ring) {
            int count = Math.min(rowCount, ROWS);
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = ring[(rowCount - count + i) % ROWS];
            }
            return values;
        }
    }

    /** Adds an anomalous row. */
    void add(List<FeatureEvidence> row) {
        for (FeatureEvidence evidence : row) {
            Feature feature = findOrAdd(evidence);
            if (evidence.rank() > feature.worstRank) {
                feature.worstRank = evidence.rank();
                feature.worst = cause(evidence);
            }
            feature.observed[feature.rowCount % ROWS] = evidence.observed();
            feature.expected[feature.rowCount % ROWS] = evidence.expected();
            feature.rowCount++;
            feature.repeats = Math.max(feature.repeats, evidence.repeats());
        }
    }

    private Feature findOrAdd(FeatureEvidence evidence) {
        Feature known = find(evidence.feature());
        if (known != null) {
            return known;
        }
        indices.put(evidence.feature(), features.size());
        Feature feature = new Feature(cause(evidence), evidence.rank());
        features.add(feature);
        return feature;
    }

    private @Nullable Feature find(String name) {
        Integer index = indices.get(name);
        return index == null ? null : features.get(index);
    }

    private static Cause cause(FeatureEvidence evidence) {
        return new Cause(
                evidence.feature(),
                evidence.deviation(),
                evidence.observed(),
                evidence.expected(),
                evidence.usualLow(),
                evidence.usualHigh());
    }

    /** Returns the longest run of equal values of a stuck feature; 0 for any other feature. */
    int repeats(String name) {
        Feature feature = find(name);
        return feature == null ? 0 : feature.repeats;
    }

    /** Returns the leading features: stuck features first, then by deviation, largest first. */
    List<Cause> leading(int maxCount) {
        return features.stream()
                .sorted(Comparator.comparing((Feature feature) -> feature.repeats == 0)
                        .thenComparingDouble(feature -> -feature.worstRank)
                        .thenComparing(feature -> feature.worst.feature()))
                .limit(maxCount)
                .map(feature -> feature.worst)
                .toList();
    }

    /** Returns the leading features, all of them, as if a row had been added. */
    List<Cause> leadingWith(List<FeatureEvidence> row) {
        FeatureHistory merged = new FeatureHistory();
        for (Feature feature : features) {
            Feature copy = new Feature(feature.worst, feature.worstRank);
            copy.repeats = feature.repeats;
            merged.indices.put(feature.worst.feature(), merged.features.size());
            merged.features.add(copy);
        }
        merged.add(row);
        return merged.leading(Integer.MAX_VALUE);
    }

    /** Returns the number by which a feature is ranked; 0 for an unknown feature. */
    float rank(String name) {
        Feature feature = find(name);
        return feature == null ? 0 : feature.worstRank;
    }

    /** Returns the observed values of a feature in the last anomalous rows, oldest first. */
    float[] observed(String name) {
        Feature feature = find(name);
        return feature == null ? NO_VALUES : feature.ordered(feature.observed);
    }

    /** Returns the expected values of a feature in the last anomalous rows, oldest first. */
    float[] expected(String name) {
        Feature feature = find(name);
        return feature == null ? NO_VALUES : feature.ordered(feature.expected);
    }

    void write(DataOutput target) throws IOException {
        target.writeInt(features.size());
        for (Feature feature : features) {
            CauseBytes.write(feature.worst, target);
            target.writeFloat(feature.worstRank);
            target.writeInt(feature.rowCount);
            target.writeInt(feature.repeats);
            for (int i = 0; i < Math.min(feature.rowCount, ROWS); i++) {
                target.writeFloat(feature.observed[i]);
                target.writeFloat(feature.expected[i]);
            }
        }
    }

    /**
     * Reads the bytes that {@link #write} wrote.
     *
     * @param hasRepeats whether the bytes hold the runs of stuck features; the first state format does not
     */
    static FeatureHistory read(DataInput source, boolean hasRepeats) throws IOException {
        FeatureHistory history = new FeatureHistory();
        int count = source.readInt();
        for (int j = 0; j < count; j++) {
            Cause worst = CauseBytes.read(source);
            Feature feature = new Feature(worst, source.readFloat());
            feature.rowCount = source.readInt();
            feature.repeats = hasRepeats ? source.readInt() : 0;
            for (int i = 0; i < Math.min(feature.rowCount, ROWS); i++) {
                feature.observed[i] = source.readFloat();
                feature.expected[i] = source.readFloat();
            }
            history.indices.put(worst.feature(), j);
            history.features.add(feature);
        }
        return history;
    }
}
