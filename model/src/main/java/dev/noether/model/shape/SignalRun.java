package dev.noether.model.shape;

/**
 * Consecutive values of one entity.
 *
 * @param entity index of the entity in the history
 * @param firstRow index of the first value among all rows of the entity
 * @param values values in the unit of the feature, finite
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SignalRun(int entity, int firstRow, float[] values) {

    /** The values, scaled by the level of the entity. */
    float[] scaled(SignalLevel level) {
        float[] scaled = new float[values.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = level.toModel(values[i]);
        }
        return scaled;
    }
}
