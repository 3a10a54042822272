package dev.noether.model.scoring;

import dev.noether.model.alarm.TailCalibration;
import dev.noether.model.calibration.RunningScale;
import dev.noether.model.count.CountLaw;
import dev.noether.model.count.CountLaws;
import java.util.List;

/**
 * The surprise of the rare counts in a row.
 *
 * <p>Single errors are a second mode of the alarm scores, far above all others. If that mode is rarer than the quantile
 * that the calibration reads, it raises an alarm with each error. So a count that is as rare, and of common size, adds
 * twice its surprise to the sum of squares, in place of its squared standardised residual: the square of a normal
 * variable with that surprise is about as large. A count that is larger than nearly all others of its kind keeps its
 * residual. Not thread safe; allocates nothing after construction.
 */
final class CountView {
    /** A count is of common size if one in twenty others is as large: the logarithm of 20. */
    private static final double COMMON_SIZE = 3;

    /** Upper bound of a surprise, so that sums stay finite. */
    private static final double MOST_SURPRISE = 1e9;

    private final List<CountLaw> laws;
    private final float[] squares;
    private final boolean[] isHidden;
    private final float[] kept;
    private double sum;
    private double largest;

    CountView(CountLaws counts) {
        this.laws = counts.laws();
        this.squares = new float[laws.size()];
        this.isHidden = new boolean[laws.size()];
        this.kept = new float[laws.size()];
    }

    /** Judges the counts of a row; {@code raw} has not learned it yet. */
    void judge(JudgedRow row, RunningScale raw) {
        sum = 0;
        largest = 0;
        for (int i = 0; i < squares.length; i++) {
            CountLaw law = laws.get(i);
            int feature = law.feature();
            float value = row.observedScaled[feature];
            isHidden[i] = false;
            if (!row.isMissing(feature) && !law.isUsual(value)) {
                double size = law.surpriseOfSize(value);
                double surprise = Math.min(MOST_SURPRISE, law.surpriseOfAny(raw.mean(feature)) + size);
                largest = Math.max(largest, surprise);
                isHidden[i] = size < COMMON_SIZE && law.rate() < TailCalibration.RARE_SHARE;
                squares[i] = (float) (2 * surprise);
                sum += isHidden[i] ? squares[i] : 0;
            }
        }
    }

    /** Replaces the residuals of counts of common size by the means of a scale, until {@link #restore}. */
    void hide(float[] residuals, RunningScale scale) {
        for (int i = 0; i < squares.length; i++) {
            if (isHidden[i]) {
                int feature = laws.get(i).feature();
                kept[i] = residuals[feature];
                residuals[feature] = scale.mean(feature);
            }
        }
    }

    /** Restores the residuals. */
    void restore(float[] residuals) {
        for (int i = 0; i < squares.length; i++) {
            if (isHidden[i]) {
                residuals[laws.get(i).feature()] = kept[i];
            }
        }
    }

    /** Sum of squares that the counts of common size add. */
    double sum() {
        return sum;
    }

    /** Minus the logarithm of the chance that any count is as surprising, by the laws; 0 if none is. */
    double surprise() {
        return Math.max(0, largest - Math.log(Math.max(1, squares.length)));
    }

    /** Writes the squares of the counts of common size, for the contributions. */
    void copyTo(float[] viewSquares, int views) {
        for (int i = 0; i < squares.length; i++) {
            if (isHidden[i]) {
                viewSquares[laws.get(i).feature()] = views * squares[i];
            }
        }
    }
}
