package dev.noether.model.engine;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device that computes what the reference engine computes, until it fails or unless it is wrong. */
final class TestingDevice implements Engine {
    private final ReferenceEngine right = new ReferenceEngine();
    private int runs = Integer.MAX_VALUE;
    private @Nullable RuntimeException failure;
    private boolean isWrong;
    private boolean isClosed;

    /** Fails in a run of a reconstruction, after some that work; the output of the run that fails is garbage. */
    TestingDevice failingIn(int run, RuntimeException failure) {
        this.runs = run;
        this.failure = failure;
        return this;
    }

    TestingDevice computingWrongly() {
        isWrong = true;
        return this;
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public String name() {
        return "testing";
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
        if (runs == 0 && failure != null) {
            product[0] = Float.NaN;
            throw failure;
        }
        this.right.multiply(transposeLeft, transposeRight, rows, columns, inner, scale, left, right, keep, product);
    }

    @Override
    public Reconstruction chain(List<AffineLayer> layers, int capacity) {
        Reconstruction reconstruction = right.chain(isWrong ? layers.subList(0, layers.size() - 1) : layers, capacity);
        return new Reconstruction() {
            @Override
            public void run(float[] input, int rows, float[] output) {
                if (runs == 0 && failure != null) {
                    output[0] = Float.NaN;
                    throw failure;
                }
                runs--;
                reconstruction.run(input, rows, output);
            }

            @Override
            public int outputWidth() {
                return reconstruction.outputWidth();
            }

            @Override
            public int capacity() {
                return capacity;
            }

            @Override
            public void close() {
                reconstruction.close();
                if (runs == 0 && failure != null) {
                    throw failure;
                }
            }
        };
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
