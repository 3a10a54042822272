package dev.noether.model.engine;

import java.util.SplittableRandom;

/**
 * Compares an engine's matrix products with those of {@link ReferenceEngine}, at the shapes of small networks. A BLAS
 * chooses its kernels by the processor or by a setting; wrong kernels may compute wrong products without an error.
 * Takes a few milliseconds.
 */
final class ProductCheck {
    private static final int[][] SHAPES = {{1, 64, 38}, {3, 10, 64}, {17, 64, 10}, {64, 38, 64}, {33, 7, 5}};
    private static final double TOLERANCE = 1e-5;

    private final SplittableRandom random = new SplittableRandom(7);
    private final Engine engine;
    private final Engine reference = new ReferenceEngine();

    private ProductCheck(Engine engine) {
        this.engine = engine;
    }

    /**
     * Checks an engine.
     *
     * @param remedy the remedy, for the error message
     * @throws IllegalStateException if a product is wrong
     */
    static void require(Engine engine, String remedy) {
        ProductCheck check = new ProductCheck(engine);
        for (int[] shape : SHAPES) {
            for (int way = 0; way < 8; way++) {
                if (!check.isRight((way & 1) != 0, (way & 2) != 0, way >> 2, shape[0], shape[1], shape[2])) {
                    throw new IllegalStateException("the engine `" + engine.name() + "` computes a wrong product of "
                            + shape[0] + " × " + shape[2] + " and " + shape[2] + " × " + shape[1] + "; " + remedy);
                }
            }
        }
    }

    private boolean isRight(
            boolean transposeLeft, boolean transposeRight, float keep, int rows, int columns, int inner) {
        float[] left = numbers(rows * inner);
        float[] right = numbers(inner * columns);
        float[] product = numbers(rows * columns);
        float[] expected = product.clone();
        engine.multiply(transposeLeft, transposeRight, rows, columns, inner, 1, left, right, keep, product);
        reference.multiply(transposeLeft, transposeRight, rows, columns, inner, 1, left, right, keep, expected);
        for (int i = 0; i < product.length; i++) {
            if (!(Math.abs(product[i] - expected[i]) <= TOLERANCE * inner)) {
                return false;
            }
        }
        return true;
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }
}
