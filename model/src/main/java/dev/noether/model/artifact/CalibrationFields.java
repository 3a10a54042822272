package dev.noether.model.artifact;

import dev.noether.model.alarm.TailCalibration;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** The calibration in the fields of an artifact's record. */
final class CalibrationFields {
    private CalibrationFields() {}

    static void put(GenericRecord record, TailCalibration calibration) {
        record.put("calibrationSize", calibration.size());
        record.put("calibrationEffectiveSize", calibration.effectiveSize());
        record.put("calibrationDistinct", calibration.distinct());
        record.put("calibrationLocation", calibration.location());
        record.put("calibrationScale", calibration.scale());
        record.put("calibrationShape", calibration.shape());
        FloatBytes.put(record, "calibrationBody", calibration.body());
        FloatBytes.put(record, "calibrationScores", new float[0]);
        record.put("calibrationAtLeast", List.of());
    }

    static TailCalibration get(GenericRecord record) {
        double effectiveSize = (Double) record.get("calibrationEffectiveSize");
        if (effectiveSize == 0) {
            return ofFormat1(record);
        }
        return new TailCalibration(
                (Integer) record.get("calibrationSize"),
                effectiveSize,
                (Integer) record.get("calibrationDistinct"),
                (Double) record.get("calibrationLocation"),
                (Double) record.get("calibrationScale"),
                (Double) record.get("calibrationShape"),
                FloatBytes.get(record, "calibrationBody"));
    }

    /** Format 1 kept order statistics, and how many scores were at least as high: each stands for those up to the next. */
    private static TailCalibration ofFormat1(GenericRecord record) {
        float[] kept = FloatBytes.get(record, "calibrationScores");
        List<?> atLeast = (List<?>) record.get("calibrationAtLeast");
        int size = (Integer) record.get("calibrationSize");
        if (kept.length == 0 || kept.length != atLeast.size() || size < kept.length) {
            throw new IllegalArgumentException("the calibration must hold as many counts as scores, at least one (got "
                    + atLeast.size() + " and " + kept.length + " of " + size + ")");
        }
        float[] scores = new float[size];
        int to = size;
        for (int i = 0; i < kept.length; i++) {
            int above = (Integer) atLeast.get(i);
            if (above < 1 || above > to) {
                throw new IllegalArgumentException(
                        "the calibration's counts must be in [1, " + to + "] and not ascend (got " + above + ")");
            }
            Arrays.fill(scores, size - above, size, kept[i]);
            to = above;
        }
        // Below the lowest kept one there is nothing where it was kept exactly.
        Arrays.fill(scores, 0, size - (Integer) atLeast.get(0), kept[0]);
        return TailCalibration.of(List.of(scores));
    }
}
