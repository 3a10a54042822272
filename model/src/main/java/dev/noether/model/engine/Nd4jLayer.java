package dev.noether.model.engine;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The constants of a layer in ND4J.
 *
 * @param weights weights with the biases as the last column
 * @param shortcutWeights weights of the shortcut that ends at this layer; {@code weights} itself if there is none
 * @param shortcutSource index of the layer whose input the shortcut reads; this layer's if there is none
 * @param rectified whether a ReLU follows
 */
record Nd4jLayer(INDArray weights, INDArray shortcutWeights, int shortcutSource, boolean rectified) {
    /** Whether a shortcut ends at this layer. */
    boolean hasShortcut() {
        return shortcutWeights != weights;
    }
}
