package dev.noether.model.scoring;

import dev.noether.model.calibration.RunningScale;
import dev.noether.model.count.CountLaw;
import dev.noether.model.count.CountLaws;
import java.util.List;

/** The surprise of the rare counts in a row. Stateless; allocates nothing after construction. */
final class CountView {
    /** Upper bound of a surprise, so that scores stay finite. */
    private static final double MOST_SURPRISE = 1e9;

    private final List<CountLaw> laws;
    private final double counts;

    CountView(CountLaws counts) {
        this.laws = counts.laws();
        this.counts = Math.log(Math.max(1, counts.size()));
    }

    /**
     * Minus the logarithm of the chance that any count of a row is as surprising, by the laws; 0 if none is.
     *
     * @param raw baseline of the raw values, which has not learned the row yet
     */
    double surprise(JudgedRow row, RunningScale raw) {
        double largest = 0;
        for (int i = 0; i < laws.size(); i++) {
            CountLaw law = laws.get(i);
            int feature = law.feature();
            float value = row.observedScaled[feature];
            if (!row.isMissing(feature) && !law.isUsual(value)) {
                largest = Math.max(largest, law.surpriseOfAny(raw.mean(feature)) + law.surpriseOfSize(value));
            }
        }
        return Math.max(0, Math.min(MOST_SURPRISE, largest) - counts);
    }
}
