package dev.noether.model.alarm;

/**
 * Keeps a rate of alarms on one entity after another: a p-value for each score, a verdict, and a threshold that follows.
 *
 * <p>Three numbers follow the entity, each by a stochastic approximation (Robbins and Monro 1951) that asks only whether a
 * level was exceeded, not by how much, so that no score teaches more than any other:
 *
 * <ul>
 *   <li>the <em>location</em>, which one window in ten exceeds: one step down each window, nine up where it is exceeded;
 *   <li>the <em>scale</em>, such that a score is rare as often as the calibration says (one in 400), within half and twice
 *       of the calibrated one;
 *   <li>the <em>correction</em> of the rate itself, by the verdicts (adaptive conformal inference: Gibbs and Candès 2021),
 *       within a factor of 4.
 * </ul>
 *
 * <p><b>What a burst may teach.</b> High scores come in bursts, and the large bursts are incidents. The first high score of
 * a burst teaches, the others and the ten windows behind it do not: neither that high scores are usual nor that they are
 * not. To learn from all made the detector deaf for days behind an incident; to learn from no high score broke the promise
 * up to 300 times; see docs/decisions/0010-alarm-budget.md.
 *
 * <p><b>Incidents are among what is rare.</b> The promise is one about normal windows, but nobody says which of the rare ones
 * are: of the bursts beyond the level of one in 400 a third (SMD) to a half (ASD) begin in an incident, in the histories that
 * calibrate as in the stream that the scale follows, and the higher the more. So beyond that level normal scores fall
 * faster than all scores do, by a factor of {@value #NORMAL_PART} in the excess.
 *
 * <p>Immutable and thread safe; the states are not. Nothing is allocated per window.
 */
public final class AlarmThreshold {
    private static final int HIGH_HEAT = 10;
    private static final int MOST_HEAT = 4 * HIGH_HEAT;
    private static final double WIDEST_SCALE = 2;

    /**
     * How much of an excess over the rare level normal windows have. Between 0.7 and 0.85 all series keep their promises.
     */
    private static final double NORMAL_PART = 0.75;

    private static final double WIDEST_CORRECTION = 1.4;
    private static final double LARGEST_CORRECTION_STEP = 0.5;

    private final TailCalibration calibration;
    private final ParetoTail tail;
    private final double surpriseOfAlarm;
    private final double surpriseOfTail = -Math.log(TailCalibration.TAIL_SHARE);
    private final double rareExcess;
    private final int patience;
    private final double locationDown;
    private final double locationUp;
    private final double scaleDown;
    private final double scaleUp;
    private final double correctionDown;
    private final double correctionUp;

    /**
     * Sets a threshold.
     *
     * @param calibration of the model that scores
     * @param rate alarms promised per window, in (0, 0.1]; {@link TailCalibration#decide} says what it is worth
     * @param adaptation how fast it follows
     * @throws IllegalArgumentException if the rate is out of range
     */
    public AlarmThreshold(TailCalibration calibration, double rate, AlarmAdaptation adaptation) {
        if (!(rate > 0 && rate <= TailCalibration.TAIL_SHARE)) {
            throw new IllegalArgumentException(
                    "`rate` must be in (0, " + TailCalibration.TAIL_SHARE + "] (got " + rate + ")");
        }
        this.calibration = calibration;
        tail = calibration.tail();
        surpriseOfAlarm = -Math.log(rate);
        rareExcess = tail.quantile(Math.log(TailCalibration.TAIL_SHARE / TailCalibration.RARE_SHARE));
        patience = adaptation.patience();
        locationDown = adaptation.locationRate();
        locationUp = adaptation.locationRate() * (1 / TailCalibration.TAIL_SHARE - 1);
        scaleDown = Math.exp(-adaptation.scaleRate());
        scaleUp = Math.exp(adaptation.scaleRate() * (1 / TailCalibration.RARE_SHARE - 1));
        correctionUp = adaptation.correctionRate() * Math.sqrt(rate);
        correctionDown = Math.min(LARGEST_CORRECTION_STEP, adaptation.correctionRate() * (1 - rate) / Math.sqrt(rate));
    }

    /** The state of an entity of which nothing is known: what the calibration says. */
    public AlarmState start() {
        return new AlarmState((float) calibration.location(), (float) calibration.scale(), 0, 0, 0);
    }

    /**
     * The share of this entity's normal windows that score at least as high, in [0, 1]. An alarm is a p-value below the rate.
     */
    public double pValue(AlarmState state, float score) {
        return Math.exp(-surprise(state, score));
    }

    /** Minus the logarithm of the p-value, at least 0; strictly increasing in the tail, where p-values run into 0. */
    public double surprise(AlarmState state, float score) {
        double standing = ((double) score - state.location) / state.scale;
        double normal =
                standing > 0 ? surpriseOfTail + tail.surprise(withIncidents(standing)) : calibration.surprise(standing);
        return Math.max(0, normal + state.correction);
    }

    /** The score above which this entity raises an alarm now. */
    public double threshold(AlarmState state) {
        double beyond = surpriseOfAlarm - surpriseOfTail - state.correction;
        return state.location + state.scale * withoutIncidents(tail.quantile(Math.max(0, beyond)));
    }

    private double withoutIncidents(double excess) {
        return excess <= rareExcess ? excess : rareExcess + NORMAL_PART * (excess - rareExcess);
    }

    private double withIncidents(double excess) {
        return excess <= rareExcess ? excess : rareExcess + (excess - rareExcess) / NORMAL_PART;
    }

    /**
     * Judges a score by what was usual before it, then learns from it.
     *
     * @param state of the score's entity; changed
     * @param score of its next window. NaN raises no alarm and teaches nothing
     * @return whether it raises an alarm
     */
    public boolean judge(AlarmState state, float score) {
        // The threshold never lies below the location, and nine windows in ten do.
        boolean alarm = score > state.location && score > threshold(state);
        if (!Float.isNaN(score)) {
            learn(state, score, alarm);
        }
        return alarm;
    }

    private void learn(AlarmState state, float score, boolean alarm) {
        boolean rare = score > state.location + state.scale * rareExcess;
        state.heat = rare ? Math.min(state.heat + HIGH_HEAT, MOST_HEAT) : Math.max(state.heat - 1, 0);
        if (state.heat <= HIGH_HEAT) {
            state.held = 0;
        } else if (state.held < patience) {
            state.held++;
            return;
        }
        state.location += (float) (state.scale * (score > state.location ? locationUp : -locationDown));
        double scale = state.scale * (rare ? scaleUp : scaleDown);
        double usual = calibration.scale();
        state.scale = (float) Math.max(usual / WIDEST_SCALE, Math.min(usual * WIDEST_SCALE, scale));
        double correction = state.correction + (alarm ? -correctionDown : correctionUp);
        state.correction = (float) Math.max(-WIDEST_CORRECTION, Math.min(WIDEST_CORRECTION, correction));
    }
}
