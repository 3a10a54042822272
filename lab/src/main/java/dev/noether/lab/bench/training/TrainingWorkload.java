package dev.noether.lab.bench.training;

import dev.noether.model.autoencoder.AutoencoderShape;
import dev.noether.model.engine.Engine;
import dev.noether.model.method.TrainingMethod;
import dev.noether.model.training.AutoencoderTrainer;
import dev.noether.model.training.TrainedAutoencoder;
import dev.noether.model.training.TrainingOptions;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The repeated training of a network with a method.
 *
 * @param network widths of the layers
 * @param batch number of windows of a step
 * @param method name of the method
 * @param training training method
 */
record TrainingWorkload(AutoencoderShape network, int batch, String method, TrainingMethod training) {
    /** Number of steps of an epoch; large enough that the cost of the start of an epoch is negligible. */
    private static final int STEPS = 200;

    /** Number of directions in which the windows vary. */
    private static final int DIRECTIONS = 6;

    private static final int VALIDATION = 16;

    /** Trains for about a given time and returns the number of optimiser steps per second. */
    double stepsPerSecond(Engine engine, float[] windows, double seconds) {
        double best = 0;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int epochs = 1;
        do {
            long start = System.nanoTime();
            TrainedAutoencoder trained = trainer(engine, epochs)
                    .train(network, windows, count(), windows, VALIDATION, (epoch, of, train, validation) -> {});
            double took = (System.nanoTime() - start) / 1e9;
            best = trained.report().steps() / took;
            // The next training takes half of the remaining time.
            double perEpoch = took / trained.report().epochs().size();
            double remainingSeconds = (end - System.nanoTime()) / 1e9;
            epochs = (int) Math.max(1, Math.min(1000, remainingSeconds / 2 / perEpoch));
        } while (System.nanoTime() < end);
        return best;
    }

    /** Returns windows of low rank with noise, {@code [count, width]}. */
    float[] windows() {
        RandomGenerator random = new SplittableRandom(1);
        int width = network.inputWidth();
        float[] directions = new float[DIRECTIONS * width];
        for (int index = 0; index < directions.length; index++) {
            directions[index] = (float) random.nextGaussian();
        }
        float[] windows = new float[count() * width];
        for (int row = 0; row < count(); row++) {
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                float amount = (float) (random.nextGaussian() / Math.sqrt(DIRECTIONS));
                for (int column = 0; column < width; column++) {
                    windows[row * width + column] += amount * directions[direction * width + column];
                }
            }
            for (int column = 0; column < width; column++) {
                windows[row * width + column] += (float) (random.nextGaussian() / 10);
            }
        }
        return windows;
    }

    private int count() {
        return STEPS * batch;
    }

    private AutoencoderTrainer trainer(Engine engine, int epochs) {
        return new AutoencoderTrainer(
                engine,
                TrainingOptions.defaults()
                        .withEpochs(epochs)
                        .withPatience(epochs)
                        .withBatchSize(batch)
                        .withMethod(training));
    }
}
