package dev.noether.model.engine;

import dev.noether.model.autoencoder.AffineLayer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine of a device that may fail, with an engine of the CPU that takes its place then, for good. The call that
 * failed is repeated on the CPU, so the caller sees the result and no error. One log line says so, and {@link #fallback}
 * has the reason.
 *
 * <p>Wrong arguments are the caller's error and are thrown as such. A failure of the CPU is thrown too.
 */
final class GuardedEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(GuardedEngine.class);

    private final Supplier<Engine> cpu;
    private @Nullable Engine device;
    private @Nullable Engine substitute;
    /** Read by the threads of metrics too. */
    private volatile Optional<String> fallback = Optional.empty();

    private float[] formerProduct = {};

    private GuardedEngine(@Nullable Engine device, Supplier<Engine> cpu) {
        this.device = device;
        this.cpu = cpu;
    }

    /** Guards an engine that has computed correctly so far. */
    static GuardedEngine of(Engine device, Supplier<Engine> cpu) {
        return new GuardedEngine(device, cpu);
    }

    /** An engine whose device could not be used from the start. */
    static GuardedEngine withoutDevice(Supplier<Engine> cpu, String reason) {
        GuardedEngine engine = new GuardedEngine(null, cpu);
        engine.fallBack(reason);
        return engine;
    }

    @Override
    public String name() {
        return device == null ? substitute().name() : device.name();
    }

    @Override
    public Optional<String> fallback() {
        return fallback;
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
        MatrixArguments.requireProduct(rows, columns, inner, left, right, product);
        if (device != null) {
            int size = rows * columns;
            remember(keep, product, size);
            try {
                device.multiply(transposeLeft, transposeRight, rows, columns, inner, scale, left, right, keep, product);
                return;
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                fallBack(e.toString());
                if (keep != 0) {
                    System.arraycopy(formerProduct, 0, product, 0, size);
                }
            }
        }
        substitute().multiply(transposeLeft, transposeRight, rows, columns, inner, scale, left, right, keep, product);
    }

    /** A device that fails may have written a part of the product. */
    private void remember(float keep, float[] product, int size) {
        if (keep != 0) {
            if (formerProduct.length < size) {
                formerProduct = new float[size];
            }
            System.arraycopy(product, 0, formerProduct, 0, size);
        }
    }

    @Override
    public Reconstruction chain(List<AffineLayer> layers, int capacity) {
        MatrixArguments.requirePositive("capacity", capacity);
        if (device != null) {
            try {
                return new GuardedReconstruction(this, List.copyOf(layers), device.chain(layers, capacity));
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                fallBack(e.toString());
            }
        }
        return substitute().chain(layers, capacity);
    }

    /** Whether the device is still in use. */
    boolean usesDevice() {
        return device != null;
    }

    /** The engine of the CPU, after the device has failed. */
    Engine substitute() {
        if (substitute == null) {
            throw new IllegalStateException("the device has not failed");
        }
        return substitute;
    }

    /** Gives the device up. */
    void fallBack(String reason) {
        Engine failed = device;
        Engine engine = cpu.get();
        fallback = Optional.of(reason);
        substitute = engine;
        device = null;
        LOG.warn("The GPU cannot be used; the engine {} on the CPU takes its place. Reason: {}", engine.name(), reason);
        if (failed != null) {
            closeQuietly(failed);
        }
    }

    /** Frees what a device holds; one that has failed may fail in this too. */
    static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception | LinkageError e) {
            LOG.debug("A device that had failed could not free its memory.", e);
        }
    }

    @Override
    public void close() {
        if (device != null) {
            device.close();
        }
        if (substitute != null) {
            substitute.close();
        }
    }
}
