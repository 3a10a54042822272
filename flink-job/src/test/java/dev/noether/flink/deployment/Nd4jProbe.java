package dev.noether.flink.deployment;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Multiplies two matrices with ND4J, in a process that has its jars and nothing else of ours. */
public final class Nd4jProbe {
    private Nd4jProbe() {}

    public static void main(String[] arguments) {
        INDArray left = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}});
        INDArray right = Nd4j.createFromArray(new float[][] {{5, 6}, {7, 8}});
        System.out.println("product=" + left.mmul(right).getFloat(0, 0));
    }
}
