package dev.noether.model.calibration;

/**
 * Parameters of the score: adaptation rates of an entity's scales, and weights that combine residuals and memory.
 *
 * <p>Let a<sub>v</sub> and s<sub>v</sub> be the sums of squared standardised residuals of view v on the adaptive and on
 * the starting scale, V the number of views, and w a starting weight. Then
 *
 * <pre>{@code
 * ℓ(w) = 1/V Σ_v [(1 − w) ln(1 + a_v) + w ln(1 + s_v)]
 * E    = running mean of e^ℓ(startingWeight) at memoryRate,     M = ln E
 * alarm score = ℓ(alarmStartingWeight)
 * score       = ℓ(startingWeight) + memoryWeight · min(M, memoryCeiling) + excessWeight · max(M − memoryCeiling, 0)
 * }</pre>
 *
 * <p>The mean of logarithms is high only if all views deviate. The memory dominates the order of most rows, the current
 * row the order of the highest scores.
 *
 * @param adaptationRate weight of one row in the scales of the residuals, in (0, 1)
 * @param causeRate weight of one row in the scale of the raw values, in (0, 1)
 * @param varianceFloor added to each variance of a residual, in the square of the model's unit, above 0
 * @param alarmStartingWeight weight of the starting scale in the alarm score, in [0, 1]
 * @param startingWeight weight of the starting scale in the score, in [0, 1]
 * @param memoryRate weight of one row in the memory, in (0, 1]
 * @param memoryWeight weight of the memory below its ceiling, at least 0
 * @param excessWeight weight of the memory above its ceiling, at least 0
 * @param memoryCeiling highest memory that is common for normal rows, at least 0
 */
public record ScoreRule(
        float adaptationRate,
        float causeRate,
        float varianceFloor,
        float alarmStartingWeight,
        float startingWeight,
        float memoryRate,
        float memoryWeight,
        float excessWeight,
        float memoryCeiling) {
    /** The best rule on SMD, ASD and SKAB; training sets the ceiling for each model. */
    public static final ScoreRule DEFAULT = new ScoreRule(1f / 3500, 1f / 10_000, 0.01f, 0, 0.3f, 0.07f, 10, 0.5f, 0);

    /** The rule of models of artifact format 1, which has no memory. */
    public static final ScoreRule FORMAT_1 = new ScoreRule(1f / 5000, 1f / 10_000, 1e-4f, 0.5f, 0.5f, 1, 0, 0, 0);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of range or NaN
     */
    public ScoreRule {
        requireRate("adaptationRate", adaptationRate);
        requireRate("causeRate", causeRate);
        if (!(varianceFloor > 0 && varianceFloor < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`varianceFloor` must be finite and above 0 (got " + varianceFloor + ")");
        }
        requireWeight("alarmStartingWeight", alarmStartingWeight, 1);
        requireWeight("startingWeight", startingWeight, 1);
        if (!(memoryRate > 0 && memoryRate <= 1)) {
            throw new IllegalArgumentException("`memoryRate` must be in (0, 1] (got " + memoryRate + ")");
        }
        requireWeight("memoryWeight", memoryWeight, Float.MAX_VALUE);
        requireWeight("excessWeight", excessWeight, Float.MAX_VALUE);
        requireWeight("memoryCeiling", memoryCeiling, Float.MAX_VALUE);
    }

    /** The same rule with another adaptation rate. */
    public ScoreRule withAdaptationRate(float rate) {
        return new ScoreRule(
                rate,
                causeRate,
                varianceFloor,
                alarmStartingWeight,
                startingWeight,
                memoryRate,
                memoryWeight,
                excessWeight,
                memoryCeiling);
    }

    /** The same rule with another memory ceiling. */
    public ScoreRule withMemoryCeiling(float ceiling) {
        return new ScoreRule(
                adaptationRate,
                causeRate,
                varianceFloor,
                alarmStartingWeight,
                startingWeight,
                memoryRate,
                memoryWeight,
                excessWeight,
                ceiling);
    }

    /**
     * Computes the score of a row.
     *
     * @param logarithm ℓ(startingWeight) of the row
     * @param memory memory M of the entity, including the row
     */
    public double score(double logarithm, double memory) {
        return logarithm
                + memoryWeight * Math.min(memory, memoryCeiling)
                + excessWeight * Math.max(memory - memoryCeiling, 0);
    }

    private static void requireRate(String name, float rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("`" + name + "` must be in (0, 1) (got " + rate + ")");
        }
    }

    private static void requireWeight(String name, float weight, float most) {
        if (!(weight >= 0 && weight <= most)) {
            throw new IllegalArgumentException("`" + name + "` must be in [0, " + most + "] (got " + weight + ")");
        }
    }
}
