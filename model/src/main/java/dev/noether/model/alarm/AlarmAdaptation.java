package dev.noether.model.alarm;

/**
 * How fast a threshold follows its entity, and what a burst of high scores may teach. The defaults were the same for all
 * series and lie on a plateau: all steps halved or doubled keep the pooled budgets within a factor of 2, and of 3.3 at 1e-4.
 *
 * @param locationRate step of the location, in scales, for a window that does not exceed it; in [0, 0.1]
 * @param scaleRate relative step of the scale for a window that is not rare; in [0, 0.1]
 * @param correctionRate step of the correction; in [0, 0.1]
 * @param patience a burst teaches nothing from its second high score on; one that lasts longer than this many windows is how
 *     the entity is now, and teaches again; at least 1
 */
public record AlarmAdaptation(double locationRate, double scaleRate, double correctionRate, int patience) {
    /** As measured. */
    public static final AlarmAdaptation DEFAULT = new AlarmAdaptation(7e-4, 5e-4, 4e-3, 300);

    /** The threshold stays where the calibration put it. */
    public static final AlarmAdaptation NONE = new AlarmAdaptation(0, 0, 0, 1);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public AlarmAdaptation {
        check("locationRate", locationRate);
        check("scaleRate", scaleRate);
        check("correctionRate", correctionRate);
        if (patience < 1) {
            throw new IllegalArgumentException("`patience` must be at least 1 (got " + patience + ")");
        }
    }

    private static void check(String name, double rate) {
        if (!(rate >= 0 && rate <= 0.1)) {
            throw new IllegalArgumentException("`" + name + "` must be in [0, 0.1] (got " + rate + ")");
        }
    }
}
