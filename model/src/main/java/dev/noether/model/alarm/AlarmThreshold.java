package dev.noether.model.alarm;

/**
 * Decides which scores of an entity raise an alarm, such that alarms come at a promised rate. The threshold adapts to
 * each entity.
 *
 * <p>Three numbers adapt to the entity by stochastic approximation (Robbins and Monro 1951). Each step depends only on
 * whether a level was exceeded, not by how much, so every score has the same influence:
 *
 * <ul>
 *   <li>the <em>location</em>, which one window in ten exceeds: it moves one step down with each window below it, and
 *       nine steps up with each window above it;
 *   <li>the <em>scale</em>, such that one score in 400 is rare as in the calibration; it stays between
 *       {@link AdaptationRates#leastScale} and twice the calibrated scale;
 *   <li>the <em>correction</em> of the rate, which adapts to the verdicts (adaptive conformal inference: Gibbs and
 *       Candès 2021) and stays within a factor of 4.
 * </ul>
 *
 * <p><b>Bursts.</b> High scores come in bursts, and large bursts are incidents. The numbers adapt to the first high
 * score of a burst, and not to its other high scores or to the ten windows after it. Adapting to all high scores
 * suppressed alarms for days after an incident; adapting to none exceeded the promised rate up to 300 times. See
 * docs/decisions/0010-alarm-budget.md.
 *
 * <p><b>After an alarm.</b> The numbers adapt to a clear alarm, whose p-value is {@value #CLEAR} in logarithms below the
 * rate, {@link AdaptationRates#patience} windows after its burst, so that the threshold is not higher for a second incident soon
 * after a first one. Alarms closer to the threshold are mostly false, and are learned at once. All alarms of that time are learned at its end,
 * also if alarms go on. See docs/decisions/0060-after-an-alarm.md.
 *
 * <p><b>Unlabelled incidents.</b> The promised rate is that of normal windows, but rare scores also come from incidents
 * without a label. Of the bursts above the rare level, a third (SMD) to a half (ASD) begin in an incident, both in the
 * history for calibration and in the live stream. So the tail of normal scores above the rare level is taken to be
 * narrower than that of all scores, by a factor of {@value #NORMAL_PART} in the excess. Beyond the score that the
 * history exceeds once there are neither normal scores nor incidents to compare, so the excess counts in full there.
 *
 * <p>Models of formats before 5 judge by the first rule ({@link TailCalibration#rule}): they learn each alarm at once, and
 * discount all of the excess.
 *
 * <p>Immutable and thread safe; the states are not. Judging allocates nothing.
 */
public final class AlarmThreshold {
    private static final int BURST_STEP = 10;
    private static final int MOST_BURST_LEVEL = 4 * BURST_STEP;
    private static final double WIDEST_SCALE = 2;

    /**
     * Excess of normal scores above the rare level ÷ excess of all scores. All series keep the rate from 0.7 to 0.85.
     */
    private static final double NORMAL_PART = 0.75;

    /** An alarm is clear if its surprise exceeds that of the rate by this much: it is rarer by a factor of 20. */
    private static final double CLEAR = 3;

    private static final double WIDEST_CORRECTION = 1.4;
    private static final double LARGEST_CORRECTION_STEP = 0.5;

    private final TailCalibration calibration;
    private final ParetoTail tail;
    private final double surpriseOfAlarm;
    private final double surpriseOfTail = -Math.log(TailCalibration.TAIL_SHARE);
    private final double rareExcess;
    private final double seenExcess;
    private final double clearSurprise;
    private final int patience;
    private final double leastScale;
    private final double locationDown;
    private final double locationUp;
    private final double scaleDown;
    private final double scaleUp;
    private final double correctionDown;
    private final double correctionUp;

    /**
     * Makes a threshold.
     *
     * @param calibration calibration of the model that scores
     * @param rate alarms promised per window, in (0, 0.1]; {@link TailCalibration#decide} checks whether it can be kept
     * @param adaptation adaptation rates
     * @throws IllegalArgumentException if the rate is out of range
     */
    public AlarmThreshold(TailCalibration calibration, double rate, AdaptationRates adaptation) {
        if (!(rate > 0 && rate <= TailCalibration.TAIL_SHARE)) {
            throw new IllegalArgumentException(
                    "`rate` must be in (0, " + TailCalibration.TAIL_SHARE + "] (got " + rate + ")");
        }
        this.calibration = calibration;
        tail = calibration.tail();
        surpriseOfAlarm = -Math.log(rate);
        rareExcess = tail.quantile(Math.log(TailCalibration.TAIL_SHARE / TailCalibration.RARE_SHARE));
        double seen = Math.log(TailCalibration.TAIL_SHARE * calibration.effectiveSize());
        seenExcess = calibration.rule() == TailCalibration.FIRST_RULE
                ? Double.POSITIVE_INFINITY
                : Math.max(rareExcess, tail.quantile(Math.max(0, seen)));
        clearSurprise =
                calibration.rule() == TailCalibration.FIRST_RULE ? Double.POSITIVE_INFINITY : surpriseOfAlarm + CLEAR;
        patience = adaptation.patience();
        leastScale = adaptation.leastScale();
        locationDown = adaptation.locationRate();
        locationUp = adaptation.locationRate() * (1 / TailCalibration.TAIL_SHARE - 1);
        scaleDown = Math.exp(-adaptation.scaleRate());
        scaleUp = Math.exp(adaptation.scaleRate() * (1 / TailCalibration.RARE_SHARE - 1));
        correctionUp = adaptation.correctionRate() * Math.sqrt(rate);
        correctionDown = Math.min(LARGEST_CORRECTION_STEP, adaptation.correctionRate() * (1 - rate) / Math.sqrt(rate));
    }

    /** The state of a new entity: that of the calibration. */
    public AlarmState start() {
        return new AlarmState((float) calibration.location(), (float) calibration.scale(), 0, 0, 0);
    }

    /**
     * The share of the entity's normal windows whose score is at least as high, in [0, 1].
     */
    public double pValue(AlarmState state, float score) {
        return Math.exp(-surprise(state, score));
    }

    /** Minus the logarithm of the p-value, at least 0. It still increases where p-values underflow to 0. */
    public double surprise(AlarmState state, float score) {
        double standardised = ((double) score - state.location) / state.scale;
        double normal = standardised > 0
                ? surpriseOfTail + tail.surprise(withIncidents(standardised))
                : calibration.surprise(standardised);
        return Math.max(0, normal + state.correction);
    }

    /** The present threshold of an entity: scores above it raise an alarm. */
    public double threshold(AlarmState state) {
        double beyond = surpriseOfAlarm - surpriseOfTail - state.correction;
        return state.location + state.scale * withoutIncidents(tail.quantile(Math.max(0, beyond)));
    }

    private double withoutIncidents(double excess) {
        if (excess <= rareExcess) {
            return excess;
        }
        double discounted = NORMAL_PART * (Math.min(excess, seenExcess) - rareExcess);
        return rareExcess + discounted + Math.max(0, excess - seenExcess);
    }

    private double withIncidents(double excess) {
        if (excess <= rareExcess) {
            return excess;
        }
        double seen = NORMAL_PART * (seenExcess - rareExcess);
        double beyond = excess - rareExcess;
        return beyond <= seen ? rareExcess + beyond / NORMAL_PART : seenExcess + beyond - seen;
    }

    /**
     * Decides whether a score raises an alarm, then adapts the state to it. Every verdict of the detector comes from
     * this method, which compares in double precision.
     *
     * @param state state of the score's entity; changed
     * @param score alarm score of the next window. NaN raises no alarm and leaves the state unchanged
     * @return whether the score is above the threshold before it was adapted
     */
    public boolean judge(AlarmState state, double score) {
        // The threshold is never below the location. Nine in ten windows are, and need no further computation.
        boolean alarm = score > state.location && score > threshold(state);
        if (!Double.isNaN(score)) {
            boolean clear = alarm && surprise(state, (float) score) > clearSurprise;
            learn(state, (float) score, alarm, clear);
        }
        return alarm;
    }

    private void learn(AlarmState state, float score, boolean alarm, boolean clear) {
        boolean rare = score > state.location + state.scale * rareExcess;
        state.burstLevel =
                rare ? Math.min(state.burstLevel + BURST_STEP, MOST_BURST_LEVEL) : Math.max(state.burstLevel - 1, 0);
        if (state.burstLevel <= BURST_STEP) {
            state.pausedWindows = 0;
        } else if (state.pausedWindows < patience) {
            state.pausedWindows++;
            return;
        }
        learnWaiting(state);
        if (clear && rare && state.pausedWindows == 0 && state.alarmsToLearn < AlarmState.MOST_TO_LEARN) {
            state.windowsToLearn = state.alarmsToLearn == 0 ? patience : state.windowsToLearn;
            state.alarmsToLearn++;
            return;
        }
        state.location += (float) (state.scale * (score > state.location ? locationUp : -locationDown));
        adapt(state, rare ? scaleUp : scaleDown, alarm ? -correctionDown : correctionUp);
    }

    /** Learns from the alarms that have waited for long enough. */
    private void learnWaiting(AlarmState state) {
        if (state.alarmsToLearn == 0 || --state.windowsToLearn > 0) {
            return;
        }
        for (; state.alarmsToLearn > 0; state.alarmsToLearn--) {
            state.location += (float) (state.scale * locationUp);
            adapt(state, scaleUp, -correctionDown);
        }
        state.windowsToLearn = 0;
    }

    private void adapt(AlarmState state, double factor, double step) {
        double calibrated = calibration.scale();
        state.scale =
                (float) Math.max(calibrated * leastScale, Math.min(calibrated * WIDEST_SCALE, state.scale * factor));
        double correction = state.correction + step;
        state.correction = (float) Math.max(-WIDEST_CORRECTION, Math.min(WIDEST_CORRECTION, correction));
    }
}
