package dev.noether.lab.bench;

import dev.noether.model.autoencoder.Autoencoder;
import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.engine.Reconstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Compares an engine with another one on the network of a default detector, batch by batch: the largest difference of
 * their reconstructions, and the rows that each reconstructs in a second. Batches take turns, so that other load of the
 * machine is the same for both.
 */
final class EngineBenchmark {
    private static final long SEED = 11;
    private static final AutoencoderShape SHAPE = new AutoencoderShape(152, List.of(64), 10, List.of(64));
    /** So many rows take both engines past their first, slow runs. */
    private static final int WARM_UP_ROWS = 20_000;

    private final Engine engine;
    private final Engine base;
    private final int rounds;
    private final Autoencoder network = Autoencoder.initialised(SHAPE, new SplittableRandom(SEED));

    /** A comparison of an engine with the base, which decides what is right. */
    EngineBenchmark(Engine engine, Engine base, int rounds) {
        this.engine = engine;
        this.base = base;
        this.rounds = rounds;
    }

    /** Compares batches of each size. */
    List<EngineSpeed> run(List<Integer> batchSizes, int rows) {
        List<EngineSpeed> speeds = new ArrayList<>();
        for (int size : batchSizes) {
            speeds.add(compare(size, Math.max(1, rows / size)));
        }
        return speeds;
    }

    private EngineSpeed compare(int size, int batches) {
        float[] input = input(size);
        float[] found = new float[input.length];
        float[] expected = new float[input.length];
        try (Reconstruction ours = engine.reconstruction(network, size);
                Reconstruction theirs = base.reconstruction(network, size)) {
            int warmUp = Math.max(1, WARM_UP_ROWS / size);
            nanoseconds(ours, input, size, found, warmUp);
            nanoseconds(theirs, input, size, expected, warmUp);
            double difference = largestDifference(found, expected);
            long best = Long.MAX_VALUE;
            long bestOfBase = Long.MAX_VALUE;
            for (int round = 0; round < rounds; round++) {
                best = Math.min(best, nanoseconds(ours, input, size, found, batches));
                bestOfBase = Math.min(bestOfBase, nanoseconds(theirs, input, size, expected, batches));
            }
            double rows = 1e9 * size * batches;
            return new EngineSpeed(size, difference, rows / best, rows / bestOfBase);
        }
    }

    private static long nanoseconds(
            Reconstruction reconstruction, float[] input, int rows, float[] output, int batches) {
        long start = System.nanoTime();
        for (int batch = 0; batch < batches; batch++) {
            reconstruction.run(input, rows, output);
        }
        return Math.max(1, System.nanoTime() - start);
    }

    private static double largestDifference(float[] found, float[] expected) {
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            double difference = Math.abs((double) found[i] - expected[i]);
            if (!(difference <= largest)) {
                largest = difference;
            }
        }
        return largest;
    }

    private static float[] input(int rows) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] input = new float[Math.multiplyExact(rows, SHAPE.inputWidth())];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextGaussian();
        }
        return input;
    }
}
