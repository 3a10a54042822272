package dev.noether.model.gradient;

/**
 * Adam (Kingma and Ba 2015) with a linear warm-up of the learning rate and decoupled weight decay (Loshchilov and Hutter
 * 2019). One {@link #beginStep}, then one {@link #update} for each array. Not thread-safe.
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
    private float kept = 1;

    /**
     * Starts before the first step.
     *
     * @param warmUpSteps number of steps over which the learning rate rises linearly; 0 for none
     * @param weightDecay per step, times the learning rate
     */
    public Adam(double learningRate, int warmUpSteps, double weightDecay) {
        this.learningRate = learningRate;
        this.warmUpSteps = warmUpSteps;
        this.weightDecay = weightDecay;
    }

    /** The running moments of one array of parameters. */
    public static final class Moments {
        private final float[] first;
        private final float[] second;

        /** Zero moments of so many parameters. */
        public Moments(int length) {
            this.first = new float[length];
            this.second = new float[length];
        }

        /** Whether no square of a gradient overflowed: an infinite one would hold its parameter still for ever. */
        public boolean allFinite() {
            for (float square : second) {
                if (!Float.isFinite(square)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Once for each step, before its updates. */
    public void beginStep() {
        beginStep(1);
    }

    /**
     * The same with the learning rate of this step multiplied by a factor: a schedule.
     *
     * @param factor at least 0
     */
    public void beginStep(double factor) {
        step++;
        double rate = factor * learningRate * Math.min(1, step / (warmUpSteps + 1.0));
        double firstCorrection = 1 - Math.pow(FIRST_DECAY, (double) step);
        double secondCorrection = Math.sqrt(1 - Math.pow(SECOND_DECAY, (double) step));
        // The corrections of both moments, moved out of the loop over the elements.
        stepSize = (float) (rate * secondCorrection / firstCorrection);
        stabiliser = (float) (STABILISER * secondCorrection);
        kept = (float) (1 - rate * weightDecay);
    }

    /** Moves weights, which decay. */
    public void updateWeights(float[] weights, float[] gradient, Moments moments) {
        update(weights, gradient, moments.first, moments.second, kept, stepSize, stabiliser);
    }

    /** Moves parameters that do not decay. */
    public void update(float[] parameters, float[] gradient, Moments moments) {
        update(parameters, gradient, moments.first, moments.second, 1, stepSize, stabiliser);
    }

    /** Static, over plain arrays of one length: C2 turns this loop into vector instructions, with the root. */
    private static void update(
            float[] parameters,
            float[] gradient,
            float[] first,
            float[] second,
            float kept,
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
            parameters[index] = kept * parameters[index] - stepSize * mean / ((float) Math.sqrt(square) + stabiliser);
        }
    }
}
