package dev.noether.model.artifact;

import dev.noether.model.calibration.EntityBaseline;
import dev.noether.model.calibration.RunningScale;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Writes and reads the starting baselines in the record of an artifact. */
final class BaselineFields {
    private BaselineFields() {}

    /** Writes the common baseline of all entities. */
    static void putCommon(GenericRecord record, EntityBaseline baseline) {
        putScale(record, "residualMean", "residualVariance", baseline.view(0));
        putScale(record, "forecastResidualMean", "forecastResidualVariance", forecastScale(baseline));
        putScale(record, "rawMean", "rawVariance", baseline.raw());
    }

    static EntityBaseline getCommon(GenericRecord record) {
        return baseline(
                record,
                scale(record, "residualMean", "residualVariance"),
                "forecastResidualMean",
                "forecastResidualVariance",
                0);
    }

    static void putEntities(GenericRecord record, SortedMap<String, EntityBaseline> baselines) {
        Schema schema = record.getSchema().getField("entityBaselines").schema().getElementType();
        record.put(
                "entityBaselines",
                baselines.entrySet().stream().map(entry -> named(schema, entry)).toList());
    }

    static SortedMap<String, EntityBaseline> getEntities(GenericRecord record) {
        SortedMap<String, EntityBaseline> entities = new TreeMap<>();
        for (Object item : (List<?>) record.get("entityBaselines")) {
            GenericRecord named = (GenericRecord) item;
            entities.put(
                    named.get("entity").toString(),
                    baseline(named, scale(named, "mean", "variance"), "forecastMean", "forecastVariance", (Integer)
                            named.get("rows")));
        }
        return entities;
    }

    private static GenericRecord named(Schema schema, Map.Entry<String, EntityBaseline> entry) {
        EntityBaseline baseline = entry.getValue();
        GenericRecord record = new GenericData.Record(schema);
        record.put("entity", entry.getKey());
        putScale(record, "mean", "variance", baseline.view(0));
        putScale(record, "forecastMean", "forecastVariance", forecastScale(baseline));
        putScale(record, "rawMean", "rawVariance", baseline.raw());
        record.put("rows", baseline.rows());
        return record;
    }

    private static EntityBaseline baseline(
            GenericRecord record, RunningScale residual, String forecastMean, String forecastVariance, int rows) {
        List<RunningScale> views = FloatBytes.isEmpty(record, forecastMean)
                ? List.of(residual)
                : List.of(residual, scale(record, forecastMean, forecastVariance));
        return new EntityBaseline(views, raw(record, residual.features()), rows, 1);
    }

    /** Format 1 has no scale of raw values; scaled values have mean 0 and variance 1 in training. */
    private static RunningScale raw(GenericRecord record, int features) {
        if (!FloatBytes.isEmpty(record, "rawMean")) {
            return scale(record, "rawMean", "rawVariance");
        }
        float[] ones = new float[features];
        Arrays.fill(ones, 1);
        return new RunningScale(new float[features], ones);
    }

    private static @Nullable RunningScale forecastScale(EntityBaseline baseline) {
        return baseline.views() > 1 ? baseline.view(1) : null;
    }

    private static void putScale(GenericRecord record, String mean, String variance, @Nullable RunningScale scale) {
        float[] means = new float[scale == null ? 0 : scale.features()];
        float[] variances = new float[means.length];
        if (scale != null) {
            scale.copyTo(means, variances);
        }
        FloatBytes.put(record, mean, means);
        FloatBytes.put(record, variance, variances);
    }

    private static RunningScale scale(GenericRecord record, String mean, String variance) {
        return new RunningScale(FloatBytes.get(record, mean), FloatBytes.get(record, variance));
    }
}
