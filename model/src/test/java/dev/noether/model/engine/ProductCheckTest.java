package dev.noether.model.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProductCheckTest {
    @Test
    void acceptsEnginesThatMultiplyCorrectly() {
        assertThatCode(() -> ProductCheck.require(new ReferenceEngine(), "")).doesNotThrowAnyException();
        try (Engine engine = new OpenBlasEngine()) {
            assertThatCode(() -> ProductCheck.require(engine, "")).doesNotThrowAnyException();
        }
    }

    @Test
    void refusesAnEngineWithOneWrongValueInOneShape() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ProductCheck.require(new TestingWrongEngine(17, 1e-3f), "take another"))
                .withMessage("the engine `wrong` computes a wrong product of 17 × 10 and 10 × 64; take another");
        assertThatIllegalStateException()
                .isThrownBy(() -> ProductCheck.require(new TestingWrongEngine(33, Float.NaN), "take another"))
                .withMessage("the engine `wrong` computes a wrong product of 33 × 5 and 5 × 7; take another");
    }

    /** Computes a wrong last value in products of a certain number of rows, and all other values correctly. */
    private record TestingWrongEngine(int rowsOfWrong, float error) implements Engine {
        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public void multiply(
                boolean transposeLeft,
                boolean transposeRight,
                int rows,
                int columns,
                int inner,
                float scale,
                float[] left,
                float[] right,
                float keep,
                float[] product) {
            new ReferenceEngine()
                    .multiply(transposeLeft, transposeRight, rows, columns, inner, scale, left, right, keep, product);
            if (rows == rowsOfWrong) {
                product[rows * columns - 1] += error;
            }
        }

        @Override
        public Reconstruction chain(List<AffineLayer> layers, int capacity) {
            throw new UnsupportedOperationException("only products are looked at");
        }
    }
}
