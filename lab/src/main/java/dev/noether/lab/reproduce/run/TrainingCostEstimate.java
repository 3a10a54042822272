package dev.noether.lab.reproduce.run;

import dev.noether.lab.reproduce.protocol.ComparedMethod;
import dev.noether.lab.reproduce.protocol.Protocol;
import dev.noether.lab.reproduce.set.BenchmarkSet;

/** Roughly what a training takes on one core, for the time left; ratios matter, not seconds. */
record TrainingCostEstimate(Protocol protocol) {
    private static final double PER_STEP = 5e-5;
    private static final double PER_PRODUCT = 1.5e-10;
    private static final double PER_PARAMETER = 2e-9;

    double seconds(BenchmarkSet set, ComparedMethod method) {
        double rows = set.train().count();
        double length = set.train().length();
        double fit = (rows * length * length / 2 + 10 * length * length * length) * 1e-9;
        double parameters = protocol.shape(set.train().length()).parameterCount();
        double steps = protocol.epochs() * Math.ceil((1 - Protocol.VALIDATION_SHARE) * rows / protocol.batch());
        double step = PER_STEP + 3 * PER_PRODUCT * protocol.batch() * parameters + PER_PARAMETER * parameters;
        return switch (method) {
            case PCA10 -> fit / protocol.runs();
            case PCA10_AUGMENTED -> 10 * fit;
            case DEFAULT, DEFAULT_NONE, DEFAULT_SHIFT, DEFAULT_WARP -> own(set, method);
            case AE, DENOISING, WEIGHT_DECAY, NOISE -> steps * step;
            case CONTRACTIVE -> 6 * steps * step;
            case LIE1, LIE1_ZERO -> 2 * steps * step;
            case LIE2 -> 8 * steps * step;
        };
    }

    /**
     * By the size of the default model's network and what the choice of its symmetry takes, in epochs of 1,280 rows at
     * least.
     */
    private static double own(BenchmarkSet set, ComparedMethod method) {
        double length = set.train().length();
        double parameters = 2 * 256 * (length + 256 + 10);
        double rows = Math.max(1280, set.train().count()) * (set.series() ? 1 : 0.5);
        double epochs = switch (method) {
            case DEFAULT_NONE -> 160;
            case DEFAULT_SHIFT, DEFAULT_WARP -> 350;
            default -> 500;
        };
        return epochs * rows * (3 * 2 * PER_PRODUCT / 2 + PER_PARAMETER / 8) * parameters;
    }
}
