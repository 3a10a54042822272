package dev.noether.model.gradient;

/**
 * Adam (Kingma and Ba 2015) with a linear warm-up of the learning rate and decoupled weight decay (Loshchilov and
 * Hutter 2019). For each step, call {@link #beginStep} once and then {@link #update} once for each array. Not
 * thread-safe.
 */
public final class Adam {
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double STABILISER = 1e-8;

    private final double learningRate;
    private final int warmUpSteps;
    private final double weightDecay;
    private long step;
    private float stepSize;
    private float stabiliser;
    private float decayFactor = 1;

    /**
     * An optimiser before its first step.
     *
     * @param learningRate the learning rate after the warm-up
     * @param warmUpSteps number of steps over which the learning rate rises linearly; 0 for none
     * @param weightDecay share of the weights that decays per step, relative to the learning rate
     */
    public Adam(double learningRate, int warmUpSteps, double weightDecay) {
        this.learningRate = learningRate;
        this.warmUpSteps = warmUpSteps;
        this.weightDecay = weightDecay;
    }

    /** The running moments of the gradient of one array of parameters. */
    public static final class Moments {
        private final float[] first;
        private final float[] second;

        /** Zero moments for an array of the given length. */
        public Moments(int length) {
            this.first = new float[length];
            this.second = new float[length];
        }

        /**
         * Whether no square of a gradient overflowed. A parameter with an infinite second moment would never change
         * again.
         */
        public boolean allFinite() {
            for (float square : second) {
                if (!Float.isFinite(square)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Begins a step; to be called once before its updates. */
    public void beginStep() {
        beginStep(1);
    }

    /**
     * Begins a step with the learning rate multiplied by a factor, for a schedule.
     *
     * @param factor factor of the learning rate in this step, at least 0
     */
    public void beginStep(double factor) {
        step++;
        double rate = factor * learningRate * Math.min(1, step / (warmUpSteps + 1.0));
        double firstCorrection = 1 - Math.pow(FIRST_DECAY, (double) step);
        double secondCorrection = Math.sqrt(1 - Math.pow(SECOND_DECAY, (double) step));
        // The bias corrections of both moments, outside of the loop over the elements.
        stepSize = (float) (rate * secondCorrection / firstCorrection);
        stabiliser = (float) (STABILISER * secondCorrection);
        decayFactor = (float) (1 - rate * weightDecay);
    }

    /** Updates weights, with weight decay. */
    public void updateWeights(float[] weights, float[] gradient, Moments moments) {
        update(weights, gradient, moments.first, moments.second, decayFactor, stepSize, stabiliser);
    }

    /** Updates parameters without weight decay. */
    public void update(float[] parameters, float[] gradient, Moments moments) {
        update(parameters, gradient, moments.first, moments.second, 1, stepSize, stabiliser);
    }

    /**
     * Static, over arrays of equal length: the JIT compiler turns this loop into vector instructions, including the
     * root.
     */
    private static void update(
            float[] parameters,
            float[] gradient,
            float[] first,
            float[] second,
            float decayFactor,
            float stepSize,
            float stabiliser) {
        float firstDecay = (float) FIRST_DECAY;
        float firstShare = (float) (1 - FIRST_DECAY);
        float secondDecay = (float) SECOND_DECAY;
        float secondShare = (float) (1 - SECOND_DECAY);
        for (int index = 0; index < parameters.length; index++) {
            float slope = gradient[index];
            float mean = firstDecay * first[index] + firstShare * slope;
            float square = secondDecay * second[index] + secondShare * slope * slope;
            first[index] = mean;
            second[index] = square;
            parameters[index] =
                    decayFactor * parameters[index] - stepSize * mean / ((float) Math.sqrt(square) + stabiliser);
        }
    }
}
