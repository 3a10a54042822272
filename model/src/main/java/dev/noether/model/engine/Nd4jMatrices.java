package dev.noether.model.engine;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Column-major matrices of ND4J, and copies to and from them.
 *
 * <p>A row-major {@code [rows, width]} array has the same values in the same order as a column-major
 * {@code [width, rows]} matrix, and ND4J multiplies column-major matrices without a copy. All matrices of the engine
 * are therefore transposed.
 */
final class Nd4jMatrices {
    private static final char COLUMN_MAJOR = 'f';

    private Nd4jMatrices() {}

    /** A matrix with undefined values. */
    static INDArray create(long rows, long columns) {
        // Detached: a workspace that is open on this thread must not reclaim the memory.
        return Nd4j.createUninitializedDetached(DataType.FLOAT, COLUMN_MAJOR, rows, columns);
    }

    /**
     * Copies values into a matrix. It writes the host memory and tags it as current; the CUDA backend then copies it to
     * the device before its next use. On the CPU there is host memory only.
     *
     * @param count number of values, from the first one on
     */
    static void copyIn(float[] values, int count, INDArray matrix) {
        hostMemory(matrix).put(values, 0, count);
        Nd4j.getAffinityManager().tagLocation(matrix, AffinityManager.Location.HOST);
    }

    /** Copies the first {@code count} values of a matrix out, after all pending operations. */
    static void copyOut(INDArray matrix, int count, float[] values) {
        Nd4j.getExecutioner().commit();
        Nd4j.getAffinityManager().ensureLocation(matrix, AffinityManager.Location.HOST);
        hostMemory(matrix).get(values, 0, count);
    }

    private static FloatPointer hostMemory(INDArray matrix) {
        return (FloatPointer) matrix.data().pointer();
    }
}
