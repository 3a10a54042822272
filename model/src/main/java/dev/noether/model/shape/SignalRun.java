package dev.noether.model.shape;

/**
 * Consecutive values of one entity.
 *
 * @param entity index of the entity in the history
 * @param firstRow index of the first value among all rows of the entity
 * @param values values in the unit of the feature, finite
 * @param usual the values with those far outside the usual range replaced; the same array if there are none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SignalRun(int entity, int firstRow, float[] values, float[] usual) {
    /** Makes a run in which all values are usual. */
    public SignalRun(int entity, int firstRow, float[] values) {
        this(entity, firstRow, values, values);
    }

    /** The values, scaled by the level of the entity. */
    float[] scaled(SignalLevel level) {
        return scaled(values, level);
    }

    /** The usual values, scaled by the level of the entity. */
    float[] scaledUsual(SignalLevel level) {
        return scaled(usual, level);
    }

    private static float[] scaled(float[] values, SignalLevel level) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = level.toModel(values[i]);
        }
        return scaled;
    }
}
