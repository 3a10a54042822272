package dev.noether.model.shape;

/**
 * Why a window has a large error: the steps of its best prototype along the generators, and where the reconstruction
 * fails. Overwritten by {@link SymmetryDistances#explain}. Not thread safe; allocates nothing after construction.
 */
public final class ShapeExplanation {
    /** A window has this many parts. */
    public static final int PARTS = 4;

    private final double[] steps;
    private final ShapeMotions motions;
    private final double[] parts = new double[PARTS];
    private double moved;
    private double residual;

    ShapeExplanation(ShapeMotions motions) {
        this.motions = motions;
        this.steps = new double[motions.size()];
    }

    /**
     * Sets everything.
     *
     * @param root R = Σ^(1/2), {@code [motions][motions]}
     * @param rooted u, with the steps R u
     * @param difference what the steps leave
     */
    void set(double[][] root, double[] rooted, float[] difference, double noise) {
        double length = 0;
        for (int b = 0; b < rooted.length; b++) {
            length += rooted[b] * rooted[b];
            double step = 0;
            double variance = 0;
            for (int k = 0; k < rooted.length; k++) {
                step += root[b][k] * rooted[k];
                variance += root[b][k] * root[b][k];
            }
            steps[b] = variance > 0 ? step / Math.sqrt(variance) : 0;
        }
        setResidual(difference, noise, length);
    }

    private void setResidual(float[] difference, double noise, double stepLength) {
        moved = stepLength;
        residual = 0;
        for (int part = 0; part < PARTS; part++) {
            int from = part * difference.length / PARTS;
            int to = (part + 1) * difference.length / PARTS;
            double squares = 0;
            for (int i = from; i < to; i++) {
                squares += (double) difference[i] * difference[i];
            }
            parts[part] = squares / noise;
            residual += parts[part];
        }
    }

    /**
     * The kind of the difference.
     *
     * @param usual usual error of a normal window
     */
    ShapeKind kind(double usual) {
        return moved - steps.length >= residual - usual ? motions.kind(strongest()) : ShapeKind.SHAPE;
    }

    /** The strongest step, in standard deviations of the steps between normal windows; positive is higher or later. */
    double deviations() {
        return motions.sign(strongest()) * steps[strongest()];
    }

    private int strongest() {
        int strongest = 0;
        for (int b = 1; b < steps.length; b++) {
            if (Math.abs(steps[b]) > Math.abs(steps[strongest])) {
                strongest = b;
            }
        }
        return strongest;
    }

    /** The part of the window that is reconstructed worst, in [0, {@value #PARTS}); 0 is the oldest. */
    int worstPart() {
        int worst = 0;
        for (int part = 1; part < PARTS; part++) {
            if (parts[part] > parts[worst]) {
                worst = part;
            }
        }
        return worst;
    }
}
