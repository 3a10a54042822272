package dev.noether.model.engine;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The forward pass for a fixed number of rows. ND4J needs an array object for each size of a matrix. With one pass for
 * each power of two a partial batch allocates nothing; in return, rows that nobody reads are computed too.
 */
final class Nd4jPass {
    private final Nd4jLayer[] layers;
    private final INDArray[] inputs;
    private final INDArray[] outputs;
    private final RectifiedLinear[] rectifications;

    Nd4jPass(Nd4jLayer[] layers, INDArray[] activations, int rows) {
        this.layers = layers;
        this.inputs = new INDArray[layers.length];
        this.outputs = new INDArray[layers.length];
        this.rectifications = new RectifiedLinear[layers.length];
        for (int layer = 0; layer < layers.length; layer++) {
            inputs[layer] = layer == 0 ? firstColumns(activations[0], rows) : outputs[layer - 1];
            outputs[layer] = firstColumns(activations[layer + 1], rows);
            rectifications[layer] = new RectifiedLinear(outputs[layer], outputs[layer], 0);
        }
    }

    private static INDArray firstColumns(INDArray matrix, int count) {
        return count == matrix.columns() ? matrix : matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(0, count));
    }

    /** Computes all layers. */
    void run() {
        for (int index = 0; index < layers.length; index++) {
            Nd4jLayer layer = layers[index];
            Nd4j.gemm(layer.weights(), inputs[index], outputs[index], false, false, 1, 0);
            if (layer.hasShortcut()) {
                INDArray source = inputs[layer.shortcutSource()];
                Nd4j.gemm(layer.shortcutWeights(), source, outputs[index], false, false, 1, 1);
            }
            if (layer.rectified()) {
                Nd4j.getExecutioner().exec(rectifications[index]);
            }
        }
    }
}
