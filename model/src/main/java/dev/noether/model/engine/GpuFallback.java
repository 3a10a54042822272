package dev.noether.model.engine;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the engine of a GPU if it computes what the reference engine computes, and an engine of the CPU otherwise. A
 * library for GPUs may be without kernels for a newer device, a driver may be too old, the memory may be full: the first
 * operation fails, and without this check the job would restart for ever. A device whose compute capability the library
 * has no code for is not even tried, because such a failure may end the process.
 */
final class GpuFallback {
    private static final Logger LOG = LoggerFactory.getLogger(GpuFallback.class);
    private static final int ROWS = 5;
    private static final int WIDTH = 12;
    private static final double TOLERANCE = 1e-4;

    private GpuFallback() {}

    /**
     * Opens an engine.
     *
     * @param device describes the GPU
     * @param gpu opens the engine of the GPU
     * @param cpu opens the engine of the CPU
     * @throws IllegalArgumentException if {@code gpu} has no device of the asked index
     */
    static Engine open(Supplier<GpuDevice> device, Supplier<Engine> gpu, Supplier<Engine> cpu) {
        Engine engine = null;
        String described = "";
        try {
            GpuDevice found = device.get();
            described = found + ": ";
            Optional<String> obstacle = found.obstacle();
            if (obstacle.isPresent()) {
                return GuardedEngine.withoutDevice(cpu, described + obstacle.get());
            }
            engine = gpu.get();
            ProductCheck.require(engine, "the GPU cannot be used");
            requireReconstruction(engine);
            LOG.info("The engine {} computes on {}.", engine.name(), found);
            return GuardedEngine.of(engine, cpu);
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
            if (engine == null && e instanceof IllegalArgumentException) {
                throw e;
            }
            if (engine != null) {
                GuardedEngine.closeQuietly(engine);
            }
            return GuardedEngine.withoutDevice(cpu, described + e);
        }
    }

    /** Products come from another library than the other operations, so that both are checked. */
    private static void requireReconstruction(Engine engine) {
        SplittableRandom random = new SplittableRandom(7);
        Autoencoder network = Autoencoder.initialised(new AutoencoderShape(WIDTH, List.of(8), 3, List.of(8)), random);
        float[] input = new float[ROWS * WIDTH];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextGaussian();
        }
        float[] expected = run(new ReferenceEngine(), network, input);
        float[] found = run(engine, network, input);
        for (int i = 0; i < found.length; i++) {
            if (!(Math.abs(found[i] - expected[i]) <= TOLERANCE)) {
                throw new IllegalStateException(
                        "the engine `" + engine.name() + "` reconstructs " + found[i] + " in place of " + expected[i]);
            }
        }
    }

    private static float[] run(Engine engine, Autoencoder network, float[] input) {
        float[] output = new float[input.length];
        try (Reconstruction reconstruction = engine.reconstruction(network, ROWS)) {
            reconstruction.run(input, ROWS, output);
        }
        return output;
    }
}
