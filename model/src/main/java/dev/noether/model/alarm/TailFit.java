package dev.noether.model.alarm;

import java.util.List;

/** Fits a {@link TailCalibration} to held-out scores: location, tail shape, tail scale and body. */
final class TailFit {
    private static final int BODY_POINTS = 33;

    private TailFit() {}

    /**
     * Fits.
     *
     * @param heldOut finite scores of each entity in the order of time, at least one score in all
     */
    static TailCalibration fit(List<float[]> heldOut) {
        SortedScores scores = SortedScores.of(heldOut);
        double location = scores.reachedBy(TailCalibration.TAIL_SHARE);
        double independent = ExtremalIndex.of(heldOut, scores);
        ParetoFit fit = ParetoFit.of(scores.exceedances(location), TailScale.USUAL_SHAPE, TailScale.SHAPE_WEIGHT);
        double shape = TailScale.predictiveShape(scores, fit.shape(), independent);
        int distinct = scores.distinctAbove(location);
        double scale =
                TailScale.of(heldOut, scores, new ParetoTail(shape), distinct >= TailCalibration.FEWEST_DISTINCT);
        if (scores.size() * TailCalibration.TAIL_SHARE < 1) {
            // Too few scores to reach the tail: the highest has the conformal p-value 1 / (size + 1), and the tail
            // begins above it.
            location = scores.highest() + scale * Math.log(1 / (TailCalibration.TAIL_SHARE * (scores.size() + 1)));
        }
        float[] body = new float[BODY_POINTS];
        for (int i = 0; i < BODY_POINTS; i++) {
            double share = 1 - (1 - TailCalibration.TAIL_SHARE) * i / (BODY_POINTS - 1);
            body[i] = (float) Math.max(-1e30, Math.min(0, (scores.reachedBy(share) - location) / scale));
        }
        return new TailCalibration(scores.size(), scores.size() * independent, distinct, location, scale, shape, body);
    }
}
