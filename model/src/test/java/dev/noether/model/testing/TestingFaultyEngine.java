package dev.noether.model.testing;

import dev.noether.model.autoencoder.AffineLayer;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import java.util.List;

/** Another engine, whose product number {@code faultyCall}, and every {@code period}-th after it, comes out infinite. */
public final class TestingFaultyEngine implements Engine {
    private final Engine engine;
    private final long faultyCall;
    private final long period;
    private long calls;

    /** Counts products from 1. */
    public TestingFaultyEngine(Engine engine, long faultyCall, long period) {
        this.engine = engine;
        this.faultyCall = faultyCall;
        this.period = period;
    }

    @Override
    public String name() {
        return "faulty";
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
        engine.multiply(transposeLeft, transposeRight, rows, columns, inner, scale, left, right, keep, product);
        calls++;
        if (calls >= faultyCall && (calls - faultyCall) % period == 0) {
            product[0] = Float.POSITIVE_INFINITY;
        }
    }

    @Override
    public Reconstruction chain(List<AffineLayer> layers, int capacity) {
        return engine.chain(layers, capacity);
    }
}
