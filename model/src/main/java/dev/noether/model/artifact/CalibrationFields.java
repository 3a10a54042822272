package dev.noether.model.artifact;

import dev.noether.model.alarm.TailCalibration;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/** Writes and reads the calibration of alarm scores in the record of an artifact. */
final class CalibrationFields {
    /** More scores than a training of that time could hold out. */
    private static final int MOST_SCORES_OF_FORMAT_1 = 1 << 22;

    private CalibrationFields() {}

    static void put(GenericRecord record, TailCalibration calibration) {
        record.put("calibrationSize", calibration.size());
        record.put("calibrationEffectiveSize", calibration.effectiveSize());
        record.put("calibrationDistinct", calibration.distinct());
        record.put("calibrationLocation", calibration.location());
        record.put("calibrationScale", calibration.scale());
        record.put("calibrationShape", calibration.shape());
        FloatBytes.put(record, "calibrationBody", calibration.body());
        record.put("calibrationRule", calibration.rule());
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
                FloatBytes.get(record, "calibrationBody"),
                (Integer) record.get("calibrationRule"));
    }

    /**
     * Format 1 has selected scores with the number of scores at or above each; a score represents those up to the next.
     */
    private static TailCalibration ofFormat1(GenericRecord record) {
        float[] selected = FloatBytes.get(record, "calibrationScores");
        List<?> atLeast = (List<?>) record.get("calibrationAtLeast");
        int size = (Integer) record.get("calibrationSize");
        if (selected.length == 0 || selected.length != atLeast.size() || size < selected.length) {
            throw new IllegalArgumentException("the calibration must hold as many counts as scores, at least one (got "
                    + atLeast.size() + " and " + selected.length + " of " + size + ")");
        }
        if (size > MOST_SCORES_OF_FORMAT_1) {
            throw new IllegalArgumentException("a calibration of format 1 has at most " + MOST_SCORES_OF_FORMAT_1
                    + " held-out scores (got " + size + ")");
        }
        float[] scores = new float[size];
        int to = size;
        for (int i = 0; i < selected.length; i++) {
            int above = (Integer) atLeast.get(i);
            if (above < 1 || above > to) {
                throw new IllegalArgumentException(
                        "the calibration's counts must be in [1, " + to + "] and not ascend (got " + above + ")");
            }
            Arrays.fill(scores, size - above, size, selected[i]);
            to = above;
        }
        // No score lies below the lowest selected one.
        Arrays.fill(scores, 0, size - (Integer) atLeast.get(0), selected[0]);
        return TailCalibration.of(List.of(scores)).withRule(TailCalibration.FIRST_RULE);
    }
}
