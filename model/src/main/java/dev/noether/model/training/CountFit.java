package dev.noether.model.training;

import dev.noether.model.count.CountLaw;
import dev.noether.model.count.CountLaws;
import dev.noether.model.feature.Scaling;
import dev.noether.model.training.EntityHistory.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rare counts of a history and fits their laws. A feature is a rare count if
 *
 * <ul>
 *   <li>its least value is its usual one: at least {@value #USUAL_SHARE} of the rows have it,
 *   <li>some rows have another value, in at least {@value #FEWEST_BURSTS} bursts, and
 *   <li>these values lie whole steps above it. The step is the smallest distance; nothing depends on the unit.
 * </ul>
 */
final class CountFit {
    /** With fewer usual rows the variance describes the feature well. */
    private static final double USUAL_SHARE = 0.75;

    private static final int FEWEST_BURSTS = 3;

    /** Other rows with at most this many usual rows between them are one burst. */
    private static final int QUIET_ROWS = 10;

    /** Largest distance from a whole number of steps, in steps: recorded values are rounded. */
    private static final double ROUNDING = 0.02;

    /** Largest number of steps of a count; rounding hides the lattice of larger ones. */
    private static final double MOST_STEPS = 1 << 16;

    /** Share of the other rows that may lie between two steps. */
    private static final double MOST_BETWEEN = 0.001;

    private CountFit() {}

    /**
     * Fits.
     *
     * @param histories histories by entity, NaN for missing values
     * @param scaling scaling of the model
     */
    static CountLaws fit(List<EntityHistory> histories, Scaling scaling) {
        List<CountLaw> laws = new ArrayList<>();
        for (int feature = 0; feature < scaling.size(); feature++) {
            Values values = new Values(histories, scaling.size(), feature);
            if (values.isRare()) {
                addLaw(laws, values, feature, scaling);
            }
        }
        return new CountLaws(laws);
    }

    private static void addLaw(List<CountLaw> laws, Values values, int feature, Scaling scaling) {
        double[] distances = values.distances();
        double step = step(distances);
        if (!(step > 0)) {
            return;
        }
        float usual = scaling.toModel(feature, (float) (values.usual - scaling.originOf(feature)));
        float scaledStep = (float) (step / scaling.scale()[feature]);
        if (!(scaledStep > 0) || !Float.isFinite(scaledStep) || Math.abs(usual) >= Scaling.LARGEST) {
            return;
        }
        double sum = 0;
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.rint(distances[i] / step);
            sum += distances[i];
        }
        DiscreteTailFit tail = DiscreteTailFit.of(distances, values.bursts);
        // Half a row more: a rate of a few rows is uncertain.
        float rate = (float) ((distances.length + 0.5) / (values.rows + 1.0));
        laws.add(new CountLaw(
                feature, usual, scaledStep, rate, (float) (sum / distances.length), (float) tail.spread(), (float)
                        tail.shape()));
    }

    /** The step of a lattice; 0 if the distances have none. */
    private static double step(double[] distances) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (double distance : distances) {
            least = Math.min(least, distance);
            most = Math.max(most, distance);
        }
        // The least distance may be some steps: three errors where the step is one.
        for (int part = 1; part <= 3; part++) {
            double step = least / part;
            if (most / step <= MOST_STEPS && between(distances, step) <= MOST_BETWEEN * distances.length) {
                return step;
            }
        }
        return 0;
    }

    private static int between(double[] distances, double step) {
        int between = 0;
        for (double distance : distances) {
            double steps = distance / step;
            between += Math.abs(steps - Math.rint(steps)) > ROUNDING ? 1 : 0;
        }
        return between;
    }

    /** The values of one feature over all entities. */
    private static final class Values {
        private final List<EntityHistory> histories;
        private final int features;
        private final int feature;
        private double usual = Double.POSITIVE_INFINITY;
        private int rows;
        private int others;
        private int bursts;

        Values(List<EntityHistory> histories, int features, int feature) {
            this.histories = histories;
            this.features = features;
            this.feature = feature;
            for (EntityHistory history : histories) {
                for (Run run : history.runs()) {
                    for (int i = 0; i < run.count(); i++) {
                        usual = Math.min(usual, value(run, i));
                    }
                }
            }
        }

        private double value(Run run, int row) {
            double value = run.rows()[row * features + feature];
            return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
        }

        boolean isRare() {
            if (!Double.isFinite(usual)) {
                return false;
            }
            for (EntityHistory history : histories) {
                for (Run run : history.runs()) {
                    count(run);
                }
            }
            return bursts >= FEWEST_BURSTS && others <= (1 - USUAL_SHARE) * rows;
        }

        private void count(Run run) {
            int quiet = QUIET_ROWS + 1;
            for (int i = 0; i < run.count(); i++) {
                double value = value(run, i);
                if (value == Double.POSITIVE_INFINITY) {
                    continue;
                }
                rows++;
                boolean isOther = value != usual;
                others += isOther ? 1 : 0;
                bursts += isOther && quiet > QUIET_ROWS ? 1 : 0;
                quiet = isOther ? 0 : quiet + 1;
            }
        }

        /** The distances of the other values from the usual one. */
        double[] distances() {
            double[] distances = new double[others];
            int count = 0;
            for (EntityHistory history : histories) {
                for (Run run : history.runs()) {
                    for (int i = 0; i < run.count(); i++) {
                        double value = value(run, i);
                        if (value != usual && value != Double.POSITIVE_INFINITY) {
                            distances[count++] = value - usual;
                        }
                    }
                }
            }
            return distances;
        }
    }
}
