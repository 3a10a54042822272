package dev.noether.cli.reproduce;

/** Roughly what a training takes on one core, for the time left; ratios matter, not seconds. */
record CostEstimate(Protocol protocol) {
    private static final double PER_STEP = 5e-5;
    private static final double PER_PRODUCT = 1.5e-10;
    private static final double PER_PARAMETER = 2e-9;

    double seconds(BenchmarkSet set, Competitor competitor) {
        double rows = set.train().count();
        double length = set.train().length();
        double fit = (rows * length * length / 2 + 10 * length * length * length) * 1e-9;
        double parameters = protocol.shape(set.train().length()).parameterCount();
        double steps = protocol.epochs() * Math.ceil((1 - Protocol.VALIDATION_SHARE) * rows / protocol.batch());
        double step = PER_STEP + 3 * PER_PRODUCT * protocol.batch() * parameters + PER_PARAMETER * parameters;
        return switch (competitor) {
            case PCA10 -> fit / protocol.runs();
            case PCA10_AUGMENTED -> 10 * fit;
            case DEFAULT -> 20 * steps * step;
            case AE, DENOISING, WEIGHT_DECAY, NOISE -> steps * step;
            case CONTRACTIVE -> 6 * steps * step;
            case LIE1, LIE1_ZERO -> 2 * steps * step;
            case LIE2 -> 8 * steps * step;
        };
    }
}
